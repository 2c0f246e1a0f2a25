"""Writes a register back as XLSX: its own cells as text, then what is wrong with each row.

The added columns stand behind the register's own, so that the same sheet can be mended and read again. No cell becomes a
formula, whatever it begins with.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

_WIDE: Final = 60
_OWN: Final = 18
_NARROW: Final = 14


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One row: its number in the file, its cells, what becomes of it, errors and warnings in words, columns at fault."""

    number: int
    cells: tuple[str, ...]
    fate: str
    errors: str
    warnings: str
    marks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The sheet; ``added`` heads the four columns of result, errors, warnings and row number."""

    title: str
    headings: tuple[str, ...]
    added: tuple[str, ...]
    rows: tuple[ErrorRow, ...]
    right_to_left: bool = True


def error_workbook(page: ErrorPage) -> bytes:
    """The XLSX."""
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(made, options)
    sheet = book.add_worksheet(page.title[:31])
    if page.right_to_left:
        sheet.right_to_left()
    styles = _Styles(book)
    own = len(page.headings)
    sheet.set_column(0, own - 1, _OWN)
    sheet.set_column(own, own, _NARROW)
    sheet.set_column(own + 1, own + 2, _WIDE)
    sheet.set_column(own + 3, own + 3, _NARROW)
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, (*page.headings, *page.added), [styles.head] * (own + len(page.added)))
    for at, row in enumerate(page.rows, start=1):
        texts = (
            *row.cells[:own],
            *("",) * (own - len(row.cells)),
            row.fate,
            row.errors,
            row.warnings,
            str(row.number),
        )
        faulty = styles.bad if row.errors else styles.doubt
        cells = [faulty if column in row.marks else styles.text for column in range(own)]
        said = [styles.bad if row.errors else styles.said, styles.bad if row.errors else styles.said]
        _write(sheet, at, texts, [*cells, *said, styles.doubt if row.warnings else styles.said, styles.said])
    if page.rows:
        sheet.autofilter(0, 0, len(page.rows), own + len(page.added) - 1)
    book.close()
    return made.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        plain = {"valign": "top", "font_name": "Arial", "font_size": 11, "num_format": "@"}
        self.text = book.add_format(plain)
        self.said = book.add_format({**plain, "text_wrap": True})
        self.head = book.add_format({**plain, "bold": True, "bg_color": "#E7F3ED", "text_wrap": True})
        self.bad = book.add_format({**plain, "text_wrap": True, "bg_color": "#FDECEA"})
        self.doubt = book.add_format({**plain, "text_wrap": True, "bg_color": "#FFF8E5"})


def _write(sheet: Any, row: int, texts: Sequence[str], styles: Sequence[Any]) -> None:
    for at, (text, style) in enumerate(zip(texts, styles, strict=True)):
        if text:
            sheet.write_string(row, at, text, style)
        else:
            sheet.write_blank(row, at, None, style)
