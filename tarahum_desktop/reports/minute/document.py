"""The pages of a minute."""

from collections.abc import Iterator
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.minute.content import CaseDecision, MinutePaper
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.drawing import SignatureBox, Signatures
from tarahum_desktop.reports.pdf.missing_note import MissingNote
from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.table import Column
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.visit_report.blocks import DASH, Blocks

_GLUE: Final = "\N{NO-BREAK SPACE}"
_ROOM: Final = 150.0
"""Points a list needs below its heading, for its head and a row."""


def render_minute(content: MinutePaper, words: Words, formatter: Formatter) -> bytes:
    """The minute as a PDF file, not yet signed; the same content gives the same bytes."""
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    blocks = Blocks(typesetter, words, formatter)
    story = [
        *_opening(blocks, content),
        *_decisions(blocks, content),
        *_closing(blocks, content),
        MissingNote(
            typesetter,
            lambda codes: words.t("Characters this page could not show, printed as boxes: {codes}").format(
                codes=formatter.code(codes)
            ),
        ),
    ]
    return build_document(typesetter, _frame(content, words, formatter), story)


def _frame(content: MinutePaper, words: Words, formatter: Formatter) -> PageFrame:
    return PageFrame(
        title=words.t("Minute of the committee"),
        subject=content.number,
        reference=f"{formatter.code(content.number)} · {isolate(content.level)}",
        author=content.committee,
        language=words.language,
        made_at=content.signed_at,
        watermark=words.t("Signed by {user} on {device} at {moment} · confidential").format(
            user=isolate(content.signed_by),
            device=isolate(content.device),
            moment=formatter.date_time(content.signed_at),
        ),
        page_of=lambda page, total: words.t("Page {page} of {total}").format(
            page=formatter.number(page), total=formatter.number(total)
        ),
    )


def _opening(blocks: Blocks, content: MinutePaper) -> Iterator[Flowable]:
    words, own = blocks.words, blocks.own
    muted = theme.BODY.in_colour(theme.MUTED)
    yield Paragraph(blocks.typesetter, words.t("Minute of the committee"), theme.TITLE, space_after=0)
    yield Paragraph(blocks.typesetter, content.committee, muted, space_after=8)
    yield blocks.facts(
        [
            (words.t("Number of the minute"), blocks.code(content.number)),
            (words.t("Date of the sitting"), blocks.day(content.held_on)),
            (words.t("Level"), own(content.level)),
            (words.t("Place"), own(content.place)),
            (words.t("Chair"), own(content.chair)),
            (words.t("Cases"), blocks.formatter.number(len(content.decisions))),
        ]
    )
    yield blocks.heading(words.t("Attendance"))
    columns = [
        Column(words.t("Name"), 45),
        Column(words.t("Office held"), 35),
        Column(words.t("Attendance"), 20),
    ]
    rows = [
        (own(one.name), own(one.office), words.t("Present") if one.present else words.t("Absent"))
        for one in content.sitters
    ]
    yield blocks.listed(columns, rows)


def _decisions(blocks: Blocks, content: MinutePaper) -> Iterator[Flowable]:
    words = blocks.words
    heading = blocks.heading(words.t("Decisions"))
    heading.keepWithNext = False  # the list is longer than a page and would leave the first one half empty
    yield CondPageBreak(_ROOM)
    yield heading
    columns = [
        Column(words.p("place in a list", "No."), 5),
        Column(words.t("File number"), 14),
        Column(words.t("Beneficiary"), 19),
        Column(words.t("Service and fund"), 18),
        Column(words.t("Amount"), 17),
        Column(words.t("Decision"), 10),
        Column(words.t("Reason and notes"), 20),
    ]
    yield blocks.listed(columns, [_row(blocks, one) for one in content.decisions])
    number = blocks.formatter.number
    totals = [
        (one.verdict, number(one.cases), DASH if one.halalas is None else blocks.money(one.halalas))
        for one in content.totals
    ]
    heads = [
        Column(words.t("Decision"), 40),
        Column(words.t("Cases"), 20),
        Column(words.t("Approved sum"), 40),
    ]
    yield KeepTogether([blocks.heading(words.t("Summary")), blocks.listed(heads, totals)])


def _row(blocks: Blocks, one: CaseDecision) -> tuple[str, ...]:
    amount = blocks.money(one.decided) if one.decided else DASH
    if one.decided is not None and one.decided != one.asked:
        asked = blocks.words.t("{amount} (asked: {asked})")
        amount = asked.format(amount=blocks.money(one.decided), asked=blocks.money(one.asked))
        # The only place to break the line is before the bracket: an amount stays with its currency.
        amount = amount.replace(" ", _GLUE).replace(f"{_GLUE}(", " (", 1)
    between = blocks.words.p("list separator", ", ")
    said = (one.reason, *one.warnings)
    notes = " · ".join(isolate(sentence.rstrip(" .")) for sentence in said if sentence)
    service = between.join(filter(None, (blocks.own(one.service), one.fund)))
    return (
        blocks.formatter.number(one.position), blocks.code(one.file_number) or DASH, blocks.own(one.person),
        service, amount, one.verdict, notes or DASH,
    )  # fmt: skip


def _closing(blocks: Blocks, content: MinutePaper) -> Iterator[Flowable]:
    words = blocks.words
    if content.note:
        yield blocks.heading(words.t("Notes of the sitting"))
        yield blocks.note(content.note)
    present = [one for one in content.sitters if one.present]
    boxes = [SignatureBox(blocks.words.p("list separator", ", ").join(filter(None, (one.name, one.office))), ())
             for one in present]  # fmt: skip
    confirmed = words.t("Confirmed in the program by {name} on {moment}").format(
        name=isolate(content.signed_by), moment=blocks.formatter.date_time(content.signed_at)
    )
    yield KeepTogether(
        [
            blocks.heading(words.t("Signatures of the members")),
            Signatures(blocks.typesetter, boxes) if boxes else blocks.note(DASH),
            blocks.note(confirmed, muted=True),
        ]
    )
