"""What both papers of a referral have around them: the watermark, the page numbers, the fingerprint in short lines."""

from reportlab.platypus import Flowable

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf.missing_note import MissingNote
from tarahum_desktop.reports.pdf.page import PageFrame
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.referral.content import Made

_GROUP = 8


def paper_frame(
    title: str, committee: str, reference: str, made: Made, words: Words, formats: Formatter
) -> PageFrame:
    """The frame; it names nobody who is referred."""
    return PageFrame(
        title=title,
        subject=reference,
        reference=formats.code(reference),
        author=committee,
        language=words.language,
        made_at=made.at,
        watermark=words.t("Printed by {user} on {device} at {moment} · confidential").format(
            user=isolate(made.by), device=isolate(made.device), moment=formats.date_time(made.at)
        ),
        page_of=lambda page, total: words.t("Page {page} of {total}").format(
            page=formats.number(page), total=formats.number(total)
        ),
    )


def grouped(sha256: str, formats: Formatter) -> str:
    """A fingerprint in groups of eight, so that two people can compare it aloud."""
    return formats.code(" ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP)))


def missing_note(typesetter: Typesetter, words: Words, formats: Formatter) -> Flowable:
    """Says which characters could not be printed, if any."""
    told = words.t("Characters this page could not show, printed as boxes: {codes}")
    return MissingNote(typesetter, lambda codes: told.format(codes=formats.code(codes)))
