"""The notice to one partner that a consent was withdrawn; it repeats no value that was shared (Reg. 12)."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.drawing import SignatureBox, Signatures
from tarahum_desktop.reports.pdf.page import build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.referral.content import WithdrawalNotice
from tarahum_desktop.reports.referral.frame import grouped, missing_note, paper_frame
from tarahum_desktop.reports.visit_report.blocks import Blocks


def render_withdrawal_notice(notice: WithdrawalNotice, words: Words, formats: Formatter) -> bytes:
    """The notice as a PDF file; the same content gives the same bytes."""
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    title = words.t("Notice of a withdrawn consent")
    frame = paper_frame(title, notice.committee, notice.reference, notice.made, words, formats)
    story = [*_story(notice, Blocks(typesetter, words, formats)), missing_note(typesetter, words, formats)]
    return build_document(typesetter, frame, story)


def _story(notice: WithdrawalNotice, blocks: Blocks) -> Iterator[Flowable]:
    words, code = blocks.words, blocks.code
    muted = theme.BODY.in_colour(theme.MUTED)
    yield Paragraph(blocks.typesetter, words.t("Notice of a withdrawn consent"), theme.TITLE, space_after=0)
    yield Paragraph(blocks.typesetter, notice.committee, muted, space_after=8)
    yield blocks.facts(
        [
            (words.t("To"), blocks.own(notice.partner)),
            (words.t("Agreement"), code(notice.agreement_number)),
            (words.t("Date of referral"), blocks.day(notice.referred_on)),
            (words.t("Consent withdrawn on"), blocks.day(notice.withdrawn_on)),
            (words.t("What the consent was about"), notice.about),
        ]
    )
    yield blocks.note(
        words.t(
            "The person named in the referral below has withdrawn the consent. Please stop using what was shared, destroy every copy, and have whoever received it from you do the same."
        )
    )
    yield blocks.heading(words.t("What was shared"))
    yield blocks.note(words.p("list separator", ", ").join(notice.fields))
    yield blocks.heading(words.t("Reference of the referral"))
    yield blocks.note(code(notice.reference))
    yield blocks.heading(words.t("Fingerprint of what is shared (SHA-256)"))
    yield blocks.note(grouped(notice.sha256, blocks.formatter))
    boxes = [
        SignatureBox(words.t("For the committee: name and signature"), ()),
        SignatureBox(words.t("Destruction confirmed for the partner: name, date and signature"), ()),
    ]
    yield KeepTogether([blocks.heading(words.t("Signatures")), Signatures(blocks.typesetter, boxes)])
