"""The letter that goes to a partner with the person: what is shared, on which ground, and its fingerprint."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.drawing import SignatureBox, Signatures
from tarahum_desktop.reports.pdf.page import build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.table import Column, Table
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.referral.content import ReferralLetter
from tarahum_desktop.reports.referral.frame import grouped, missing_note, paper_frame
from tarahum_desktop.reports.visit_report.blocks import Blocks


def render_referral_letter(letter: ReferralLetter, words: Words, formats: Formatter) -> bytes:
    """The letter as a PDF file; the same content gives the same bytes."""
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    frame = paper_frame(
        words.t("Referral to a partner"), letter.committee, letter.reference, letter.made, words, formats
    )
    story = [*_story(letter, Blocks(typesetter, words, formats)), missing_note(typesetter, words, formats)]
    return build_document(typesetter, frame, story)


def _story(letter: ReferralLetter, blocks: Blocks) -> Iterator[Flowable]:
    words, own, code = blocks.words, blocks.own, blocks.code
    muted = theme.BODY.in_colour(theme.MUTED)
    yield Paragraph(blocks.typesetter, words.t("Referral to a partner"), theme.TITLE, space_after=0)
    yield Paragraph(blocks.typesetter, letter.committee, muted, space_after=8)
    yield blocks.facts(
        [
            (words.t("To"), own(letter.partner)),
            (words.t("Agreement"), code(letter.agreement_number)),
            (words.t("Service"), own(letter.service)),
            (words.t("Date of referral"), blocks.day(letter.referred_on)),
            (words.t("Referred by"), own(letter.referred_by)),
        ]
    )
    yield blocks.heading(words.t("Purpose of the referral"))
    yield blocks.note(letter.purpose)
    yield blocks.heading(words.t("What is shared"))
    yield blocks.listed(
        [Column(words.t("Field"), 35), Column(words.t("Value"), 65)],
        [(name, value) for name, value in letter.shared],
    )
    yield blocks.note(
        words.t(
            "Nothing else is shared. Use it for this purpose alone, pass it to nobody, and destroy it when the purpose is met."
        )
    )
    yield from _grounds(letter, blocks)
    boxes = [
        SignatureBox(words.t("For the committee: name and signature"), ()),
        SignatureBox(words.t("Received for the partner: name, date and signature"), ()),
    ]
    yield KeepTogether([blocks.heading(words.t("Signatures")), Signatures(blocks.typesetter, boxes)])


def _grounds(letter: ReferralLetter, blocks: Blocks) -> Iterator[Flowable]:
    words = blocks.words
    yield blocks.heading(words.t("Ground and proof"))
    yield Table(
        blocks.typesetter,
        [Column("", 35, style=theme.LABEL), Column("", 65)],
        [
            (words.t("Consent of the person, reference"), blocks.code(letter.consent_reference)),
            (words.t("Consent given on"), blocks.day(letter.consent_on)),
            (words.t("Reference of the referral"), blocks.code(letter.reference)),
            (
                words.t("Fingerprint of what is shared (SHA-256)"),
                grouped(letter.sha256, blocks.formatter),
            ),
        ],
        head=False,
    )
