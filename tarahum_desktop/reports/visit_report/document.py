"""The pages of a visit report."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.drawing import MatrixBars, RatedDomain, SignatureBox, Signatures
from tarahum_desktop.reports.pdf.missing_note import MissingNote
from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.table import Column
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.visit_report.blocks import DASH, Blocks
from tarahum_desktop.reports.visit_report.content import VisitReport


def render_visit_report(content: VisitReport, words: Words, formatter: Formatter) -> bytes:
    """The report as a PDF file: right to left in Arabic, left to right in English.

    The same content gives the same bytes. Characters the faces lack are drawn as empty boxes and listed at
    the end; nothing is dropped.
    """
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    blocks = Blocks(typesetter, words, formatter)
    story = [
        *_opening(blocks, content),
        *_household(blocks, content),
        *_inmate(blocks, content),
        *_assessment(blocks, content),
        *_conclusion(blocks, content),
        MissingNote(
            typesetter,
            lambda codes: words.t("Characters this page could not show, printed as boxes: {codes}").format(
                codes=formatter.code(codes)
            ),
        ),
    ]
    return build_document(typesetter, _frame(content, words, formatter), story)


def _frame(content: VisitReport, words: Words, formatter: Formatter) -> PageFrame:
    printing = content.printing
    return PageFrame(
        title=words.t("Family visit report"),
        subject=content.file_number,
        reference=f"{formatter.code(content.file_number)} · {isolate(content.head_name)}",
        author=content.committee,
        language=words.language,
        made_at=printing.at,
        watermark=words.t("Printed by {user} on {device} at {moment} · confidential").format(
            user=isolate(printing.by),
            device=isolate(printing.device),
            moment=formatter.date_time(printing.at),
        ),
        page_of=lambda page, total: words.t("Page {page} of {total}").format(
            page=formatter.number(page), total=formatter.number(total)
        ),
    )


def _opening(blocks: Blocks, content: VisitReport) -> Iterator[Flowable]:
    words, code, own, visit = blocks.words, blocks.code, blocks.own, content.visit
    yield Paragraph(blocks.typesetter, words.t("Family visit report"), theme.TITLE, space_after=0)
    yield Paragraph(blocks.typesetter, content.committee, theme.BODY.in_colour(theme.MUTED), space_after=8)
    yield blocks.facts(
        [
            (words.t("File number"), code(content.file_number)),
            (words.t("Head of household"), own(content.head_name)),
            (words.t("Kind of visit"), own(visit.kind)),
            (words.t("Date of visit"), blocks.day(visit.day)),
            (words.t("Place"), own(visit.place)),
            (words.t("Outcome"), own(visit.outcome)),
            (
                words.t("Officers"),
                words.p("list separator", ", ").join(isolate(name) for name in visit.officers),
            ),
            (words.t("Respondent"), own(visit.respondent)),
            (words.t("Mobile"), code(visit.respondent_phone)),
            (words.t("Receipt number"), code(content.receipt_number)),
        ]
    )
    if content.amended_at is not None:
        said = words.t(
            "As amended: corrections were approved on {date}. The signed answers are kept unchanged."
        )
        yield blocks.note(said.format(date=blocks.formatter.date(content.amended_at.date())))
    yield blocks.heading(words.t("Consents"))
    yield blocks.listed(
        [Column(words.t("Purpose"), 55), Column(words.t("Answer"), 15), Column(words.t("Date"), 30)],
        [
            (
                blocks.own(one.purpose),
                words.t("Agreed") if one.given else words.t("Not agreed"),
                blocks.day(one.day) or DASH,
            )
            for one in content.consents
        ],
    )


def _household(blocks: Blocks, content: VisitReport) -> Iterator[Flowable]:
    words, number, code, own = blocks.words, blocks.formatter.number, blocks.code, blocks.own
    yield blocks.heading(words.t("Household members"))
    columns = [
        Column(words.t("Name"), 30),
        Column(words.t("Relation"), 13),
        Column(words.t("Age"), 8),
        Column(words.t("Identity number"), 17),
        Column(words.t("Education"), 16),
        Column(words.t("Monthly income"), 18),
    ]
    yield blocks.listed(
        columns,
        [
            (
                own(one.name),
                own(one.relation),
                DASH if one.age is None else number(one.age),
                code(one.national_id) or DASH,
                own(one.education),
                blocks.money(one.income),
            )
            for one in content.members
        ],
    )
    yield KeepTogether(
        [
            blocks.heading(words.t("Income and expenses")),
            blocks.facts(
                [
                    (words.t("Total monthly income"), blocks.money(content.income_total)),
                    (words.t("Total monthly expenses"), blocks.money(content.expense_total)),
                    (words.t("Difference"), blocks.money(content.income_total - content.expense_total)),
                    (words.t("IBAN"), blocks.formatter.iban(content.iban) if content.iban else ""),
                ]
            ),
        ]
    )


def _inmate(blocks: Blocks, content: VisitReport) -> Iterator[Flowable]:
    words, own, inmate = blocks.words, blocks.own, content.inmate
    if inmate is None:
        return
    facts = blocks.facts(
        [
            (words.t("Name"), own(inmate.name)),
            (words.t("Relation"), own(inmate.relation)),
            (words.t("Identity number"), blocks.code(inmate.national_id)),
            (words.t("Legal status"), own(inmate.legal_status)),
            (words.t("Facility"), own(inmate.facility)),
            (words.t("In custody since"), blocks.day(inmate.since)),
            (words.t("Expected release"), blocks.day(inmate.expected_release)),
        ]
    )
    yield KeepTogether([blocks.heading(words.t("The inmate")), facts])


def _assessment(blocks: Blocks, content: VisitReport) -> Iterator[Flowable]:
    words = blocks.words
    not_rated = words.t("Not rated")
    rated = [
        RatedDomain(
            one.label,
            one.score,
            not_rated
            if one.score is None
            else words.p("list separator", ", ").join(
                filter(None, [blocks.formatter.number(one.score), one.meaning])
            ),
        )
        for one in content.matrix
    ]
    title = blocks.heading(words.t("Self-sufficiency matrix"))
    body = (
        MatrixBars(blocks.typesetter, rated)
        if rated
        else blocks.note(words.t("Nothing recorded."), muted=True)
    )
    yield KeepTogether([title, body])
    yield blocks.heading(words.t("Needs and proposed services"))
    yield blocks.listed(
        [Column(words.t("Service"), 45), Column(words.t("For whom"), 35), Column(words.t("Priority"), 20)],
        [(blocks.own(one.service), blocks.own(one.person), one.priority) for one in content.needs],
    )
    if content.risk_flags:
        yield blocks.heading(words.t("Risks to act on"))
        style = theme.STRONG.in_colour(theme.DANGER)
        for flag in content.risk_flags:
            yield Paragraph(blocks.typesetter, f"• {flag}", style, space_after=2)


def _conclusion(blocks: Blocks, content: VisitReport) -> Iterator[Flowable]:
    words = blocks.words
    yield blocks.heading(words.t("Observations"))
    yield blocks.note(content.observations)
    boxes = [SignatureBox(one.signer, one.strokes) for one in content.signatures]
    signed = (
        Signatures(blocks.typesetter, boxes)
        if boxes
        else blocks.note(words.t("Nothing recorded."), muted=True)
    )
    yield KeepTogether(  # a page of signatures alone would not show what was signed
        [
            blocks.heading(words.t("Recommendation")),
            blocks.note(content.recommendation),
            blocks.facts([(words.t("Next visit"), blocks.day(content.next_visit))]),
            blocks.heading(words.t("Signatures")),
            signed,
        ]
    )
