"""The slip on half a page (A5): what is compared at the other end stands large, and there is a line for each hand.

It names no person of the records and nothing of what they say: only counts, and machines.
"""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.pagesizes import A5
from reportlab.platypus import Flowable

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.drawing import SignatureBox, Signatures
from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.table import Column
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.pouch_slip.content import PouchSlip
from tarahum_desktop.reports.visit_report.blocks import Blocks

_MARGIN: Final = 30.0
_LARGE: Final = theme.TextStyle(17, 26, theme.TITLE.weight, theme.ACCENT)


def render_pouch_slip(slip: PouchSlip, words: Words, formatter: Formatter) -> bytes:
    """The slip as a PDF file of one page; the same content gives the same bytes."""
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    frame = PageFrame(
        title=words.t("Pouch slip"),
        subject=str(slip.number),
        reference=formatter.number(slip.number),
        author=slip.committee,
        language=words.language,
        made_at=slip.made_at,
        watermark=words.t("Printed by {user} on {moment}").format(
            user=isolate(slip.printed_by), moment=formatter.date_time(slip.printed_at)
        ),
        page_of=lambda _page, _total: words.t("This paper goes with the stick."),
        size=A5,
        margin=_MARGIN,
    )
    return build_document(typesetter, frame, list(_story(slip, Blocks(typesetter, words, formatter))))


def _story(slip: PouchSlip, blocks: Blocks) -> Iterator[Flowable]:
    words, formatter, setter = blocks.words, blocks.formatter, blocks.typesetter

    def line(text: str, style: theme.TextStyle, after: float) -> Flowable:
        return Paragraph(setter, text, style, space_after=after)

    yield line(words.t("Pouch slip"), theme.TITLE, 0)
    yield line(slip.committee, theme.BODY.in_colour(theme.MUTED), 6)
    yield line(words.t("Pouch number"), theme.LABEL, 0)
    yield line(formatter.number(slip.number), _LARGE, 4)
    yield line(words.t("Fingerprint: compare these digits with the screen"), theme.LABEL, 0)
    yield line(formatter.code(slip.fingerprint), _LARGE, 6)
    yield blocks.facts(
        [
            (words.t("From"), isolate(slip.sender)),
            (words.t("To"), isolate(slip.receiver)),
            (words.t("Written on"), formatter.date_time(slip.made_at)),
            (words.t("Good until"), formatter.date(slip.expires_at.date())),
        ]
    )
    yield blocks.heading(words.t("What is inside"))
    columns = [
        Column(words.t("Part"), 50),
        Column(words.t("Changes"), 25, align="end"),
        Column(words.t("Whole records"), 25, align="end"),
    ]
    number = formatter.number
    rows = [(blocks.own(one.name), number(one.changes), number(one.rows)) for one in slip.scopes]
    yield blocks.listed(columns, rows)
    counts = words.t("Files {files} · receipts {receipts}")
    yield line(counts.format(files=number(slip.files), receipts=number(slip.receipts)), theme.BODY, 8)
    boxes = [SignatureBox(words.t("Handed over by"), ()), SignatureBox(words.t("Received by"), ())]
    yield Signatures(setter, boxes)
