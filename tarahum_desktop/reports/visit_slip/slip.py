"""A receipt slip on a quarter page (A6): the number, the day in both calendars, who came, when somebody comes again.

It names no member of the family, no number of a document and nothing of what was said: it may be found by anybody.
"""

from collections.abc import Iterator

from reportlab.lib.pagesizes import A6
from reportlab.platypus import Flowable

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.visit_slip.content import VisitSlip

_MARGIN = 22.0
_NUMBER = theme.TextStyle(17, 26, theme.TITLE.weight, theme.ACCENT)


def render_visit_slip(slip: VisitSlip, words: Words, formatter: Formatter) -> bytes:
    """The slip as a PDF file of one small page; the same content gives the same bytes."""
    typesetter = Typesetter(right_to_left=words.direction == "rtl")
    frame = PageFrame(
        title=words.t("Visit receipt"),
        subject=slip.receipt_number,
        reference=formatter.code(slip.receipt_number),
        author=slip.committee,
        language=words.language,
        made_at=slip.printed_at,
        watermark=words.t("Printed on {moment}").format(moment=formatter.date_time(slip.printed_at)),
        page_of=lambda _page, _total: words.t("Please keep this slip."),
        size=A6,
        margin=_MARGIN,
    )
    return build_document(typesetter, frame, list(_story(slip, typesetter, words, formatter)))


def _story(slip: VisitSlip, typesetter: Typesetter, words: Words, formatter: Formatter) -> Iterator[Flowable]:
    def line(text: str, style: theme.TextStyle, after: float) -> Flowable:
        return Paragraph(typesetter, text, style, space_after=after)

    yield line(slip.committee, theme.STRONG, 6)
    yield line(words.t("Receipt number"), theme.LABEL, 0)
    yield line(formatter.code(slip.receipt_number), _NUMBER, 6)
    facts = [
        (words.t("Date of visit"), formatter.date(slip.visited_on)),
        (words.t("Visited by"), isolate(slip.officer)),
        (words.t("Next visit"), formatter.date(slip.next_visit) if slip.next_visit else ""),
        (words.t("Committee telephone"), formatter.phone(slip.phone) if slip.phone else ""),
    ]
    for name, value in facts:
        if value:
            yield line(name, theme.LABEL, 0)
            yield line(value, theme.STRONG, 5)
    yield line(words.t("Give this number when you ask about your request."), theme.BODY, 0)
