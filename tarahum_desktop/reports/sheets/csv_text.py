"""Comma, semicolon or tab separated text as office programs save it."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from tarahum_desktop.reports.sheets.limits import SheetLimits, SheetRefused

_SEPARATORS: Final = (",", ";", "\t", "؛")
_BYTE_ORDER: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def csv_rows(content: bytes, limits: SheetLimits) -> Iterator[list[str]]:
    """The rows of a CSV, UTF-8 or UTF-16 or the Windows Arabic code page, blank rows included.

    Raises:
        SheetRefused: ``sheet_not_a_sheet`` for what is not text, ``sheet_too_many_rows``, ``sheet_damaged``.
    """
    text = _decoded(content)
    if "\x00" in text:
        raise SheetRefused
    separator = _separator(text)
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)):
            if at >= limits.rows:
                raise SheetRefused("sheet_too_many_rows", limit=limits.rows)
            yield row
    except csv.Error:
        raise SheetRefused("sheet_damaged") from None


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in _BYTE_ORDER if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1256"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused


def _separator(text: str) -> str:
    """The mark that splits the first line into the most cells; a comma when none does."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)
