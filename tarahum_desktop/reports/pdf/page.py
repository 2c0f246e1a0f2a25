"""The frame around every page, and a document that is built into it.

Header: what the paper is and which file it belongs to. Footer: the page of how many, and the watermark line
that says who printed it, on which device and when.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.canvas import ReportCanvas, write
from tarahum_desktop.reports.pdf.theme import Colour, TextStyle
from tarahum_desktop.reports.pdf.typesetter import Typesetter, area

_HEADER, _FOOTER = 28.0, 36.0
_VERSION = (1, 4)  # the first with a document language and a shown title


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the content of each page, already in the reader's words; sizes in points."""

    title: str
    subject: str
    reference: str
    author: str
    language: str
    made_at: datetime
    watermark: str
    page_of: Callable[[int, int], str]
    size: tuple[float, float] = A4
    margin: float = theme.PAGE_MARGIN


def build_document(typesetter: Typesetter, frame: PageFrame, story: Sequence[Flowable]) -> bytes:
    """Lay the story out on pages and return the file. The same story and frame give the same bytes."""
    file = BytesIO()
    width, height = frame.size
    margin = frame.margin
    body = Frame(
        margin,
        margin + _FOOTER,
        width - 2 * margin,
        height - 2 * margin - _HEADER - _FOOTER,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document = BaseDocTemplate(
        file,
        pagesize=frame.size,
        title=frame.title,
        author=frame.author,
        subject=frame.subject,
        creator="Tarahum Desktop",
    )
    for text in (
        frame.title,
        frame.reference,
        frame.watermark,
    ):  # or characters they lack would be met too late
        typesetter.one_line(text, theme.SMALL, width)
    document.addPageTemplates([PageTemplate(frames=[body])])
    document.build(list(story), canvasmaker=partial(_open_canvas, typesetter=typesetter, frame=frame))
    return file.getvalue()


def _open_canvas(file: BytesIO, *, typesetter: Typesetter, frame: PageFrame, **options: Any) -> ReportCanvas:
    options = {
        name: value for name, value in options.items() if name not in {"invariant", "lang", "pdfVersion"}
    }
    finish = partial(_finish_page, typesetter, frame)
    canvas = ReportCanvas(
        file, finish=finish, made_at=frame.made_at, lang=frame.language, pdfVersion=_VERSION, **options
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if typesetter.right_to_left:
        canvas.setViewerPreference("Direction", "R2L")
    typesetter.attach(canvas._doc)  # noqa: SLF001 (the library has no public way to add a font of another kind)
    return canvas


def _finish_page(
    typesetter: Typesetter, frame: PageFrame, canvas: ReportCanvas, number: int, total: int
) -> None:
    width, height = frame.size
    margin = frame.margin
    inner = width - 2 * margin
    top, bottom = height - margin, margin + _FOOTER - 10

    def one(text: str, style: TextStyle, box: tuple[float, float, float], align: str) -> list[str]:
        return typesetter.aligned([typesetter.one_line(text, style, box[2])], style, box, align)

    def rule(y: float, colour: Colour, thick: float) -> str:
        return area(margin, y, inner, thick, colour)

    half = inner / 2
    starts_right = typesetter.right_to_left
    start, end = (margin + half, margin) if starts_right else (margin, margin + half)
    write(
        canvas,
        [
            *one(frame.title, theme.SMALL.in_colour(theme.ACCENT), (start, top, half), "start"),
            *one(frame.reference, theme.SMALL, (end, top, half), "end"),
            rule(top - 16, theme.ACCENT, 1),
            rule(bottom, theme.RULE, 0.5),
            *one(frame.page_of(number, total), theme.SMALL, (margin, bottom - 4, inner), "center"),
            *one(frame.watermark, theme.SMALL, (margin, bottom - 18, inner), "center"),
        ],
    )
