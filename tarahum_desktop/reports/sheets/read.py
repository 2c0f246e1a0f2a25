"""One way in for every sheet from outside: XLSX or CSV as bytes or file, out come rows of text."""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from tarahum_desktop.domain.text import clean
from tarahum_desktop.reports.sheets.csv_text import csv_rows
from tarahum_desktop.reports.sheets.limits import MEGABYTE, STANDARD, SheetLimits, SheetRefused
from tarahum_desktop.reports.sheets.package import guarded_parts, packed
from tarahum_desktop.reports.sheets.survey import Survey, first_sheet, survey, visible_sheets

_ZIP: Final = b"PK"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
_MIDNIGHT: Final = dt.time()
_MOST_SHEETS: Final = 20


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not blank.

    Attributes:
        number: as the sheet program shows it, from 1.
        cells: text of each cell, cleaned; as many as the widest row has.
        formulas: zero-based columns whose value is a formula's last result, not something typed.
    """

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet; ``name`` is empty for CSV."""

    name: str
    rows: tuple[SheetRow, ...]


def read_sheet(source: Path | bytes, limits: SheetLimits = STANDARD) -> Sheet:
    """Read the first visible sheet of an XLSX, or a CSV, as rows of text.

    Numbers come as plain digits without exponent, days as ``2026-11-23``.

    Raises:
        SheetRefused: with the code of what is wrong with the file.
    """
    content = _content(source, limits)
    if content.startswith(_OLE):
        raise SheetRefused("sheet_locked" if _LOCKED_STREAM in content else "sheet_old_format")
    if content.startswith(_ZIP):
        return _read_workbook(content, limits)
    if not content.strip():
        raise SheetRefused("sheet_empty")
    if content.startswith(_OTHERS):
        raise SheetRefused
    return _sheet("", csv_rows(content, limits), Survey(), limits)


def read_workbook(source: Path | bytes, limits: SheetLimits = STANDARD) -> tuple[Sheet, ...]:
    """Read every visible sheet of an XLSX that holds anything; the limits hold for each.

    Raises:
        SheetRefused: as ``read_sheet``, and ``sheet_not_a_sheet`` for a CSV, which has no sheets.
    """
    content = _content(source, limits)
    if content.startswith(_OLE):
        raise SheetRefused("sheet_locked" if _LOCKED_STREAM in content else "sheet_old_format")
    if not content.startswith(_ZIP):
        raise SheetRefused
    parts = guarded_parts(content, limits)
    found = []
    for name, part in visible_sheets(parts)[:_MOST_SHEETS]:
        try:
            found.append(_read_part(parts, name, part, limits))
        except SheetRefused as refused:
            if refused.code != "sheet_empty":
                raise
    return tuple(found)


def _content(source: Path | bytes, limits: SheetLimits) -> bytes:
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                source = file.read(limits.file_bytes + 1)
        except OSError:
            raise SheetRefused("sheet_damaged") from None  # the original names the path
    if len(source) > limits.file_bytes:
        raise SheetRefused("sheet_too_large", limit=limits.file_bytes // MEGABYTE)
    return source


def _read_workbook(content: bytes, limits: SheetLimits) -> Sheet:
    parts = guarded_parts(content, limits)
    return _read_part(parts, *first_sheet(parts), limits)


def _read_part(parts: dict[str, bytes], name: str, part: str, limits: SheetLimits) -> Sheet:
    found = survey(parts[part], limits)
    if found.merged:
        raise SheetRefused("sheet_merged_cells", cells=found.merged[0][:20], count=len(found.merged))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(packed(parts))) as book:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise SheetRefused("sheet_damaged") from None
    return _sheet(name, ([_text(value) for value in row] for row in rows), found, limits)


def _sheet(name: str, rows: Iterable[list[str]], found: Survey, limits: SheetLimits) -> Sheet:
    by_row: dict[int, set[int]] = {}
    for row, column in found.formulas:
        by_row.setdefault(row, set()).add(column)
    made: list[SheetRow] = []
    for at, cells in enumerate(rows):
        if len(cells) > limits.columns:
            raise SheetRefused("sheet_too_many_columns", limit=limits.columns)
        cleaned = tuple(clean(cell[: limits.cell_letters]) for cell in cells)
        formulas = frozenset(by_row.get(at, ()))
        if any(cleaned) or formulas:
            made.append(SheetRow(at + 1, cleaned, formulas))
    if not made:
        raise SheetRefused("sheet_empty")
    width = max(len(row.cells) for row in made)
    return Sheet(name[:100], tuple(_widened(row, width) for row in made))


def _widened(row: SheetRow, width: int) -> SheetRow:
    missing = width - len(row.cells)
    return SheetRow(row.number, (*row.cells, *("",) * missing), row.formulas) if missing else row


def _text(value: object) -> str:
    match value:
        case bool():
            return "1" if value else "0"
        case float():
            return f"{Decimal(repr(value)).normalize():f}"  # an id typed as a number keeps its ten digits
        case dt.datetime():
            return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "minutes")
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
