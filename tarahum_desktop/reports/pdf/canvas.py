"""The PDF library's canvas, taught three things: no face that is not embedded, raw operators, a late total.

The library gives every page Helvetica without embedding it, so a page could not be archived. And the number
of pages is known only at the end: pages are kept and finished when the last one is.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen import canvas as library

PageFinisher = Callable[["ReportCanvas", int, int], None]
"""Draws what needs the total: called with the canvas, the page's number and the number of pages."""


class ReportCanvas(library.Canvas):  # type: ignore[misc]  # the PDF library carries no types
    """A canvas whose pages are finished once their number is known."""

    def __init__(self, file: BytesIO, *, finish: PageFinisher, made_at: datetime, **options: Any) -> None:
        super().__init__(file, invariant=1, **options)
        self._finish = finish
        self._kept: list[dict[str, Any]] = []
        self._doc._timeStamp = _moment(made_at)  # noqa: SLF001 (the library reads the clock; the same report must give the same file)

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:
        """Keep the page; it is written by :meth:`save`."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Finish and write every page, then the file."""
        kept = self._kept
        for number, page in enumerate(kept, start=1):
            self.__dict__.update(page)
            self._finish(self, number, len(kept))
            library.Canvas.showPage(self)
        library.Canvas.save(self)


def write(canvas: library.Canvas, operators: Iterable[str]) -> None:
    """Add raw operators to the page; the graphics state is as before afterwards."""
    canvas._code.append("q\n" + "\n".join(operators) + "\nQ")  # noqa: SLF001 (the library has no public door for operators)


def _moment(made_at: datetime) -> TimeStamp:
    stamp = TimeStamp(invariant=1)
    offset = made_at.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    stamp.t, stamp.lt = made_at.timestamp(), made_at.timetuple()
    stamp.YMDhms = tuple(made_at.timetuple())[:6]
    stamp.dhh, stamp.dmm = divmod(minutes, 60)
    stamp.tzname = made_at.tzname() or "UTC"
    return stamp
