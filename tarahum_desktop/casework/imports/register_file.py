"""A register as chosen: read once under guard, its headings found, its rows as text."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tarahum_desktop.domain.import_columns import fingerprint, heading_row
from tarahum_desktop.reports.sheets.limits import STANDARD, SheetRefused
from tarahum_desktop.reports.sheets.read import SheetRow, read_sheet

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """One sheet of rows.

    Attributes:
        title: the name of the file, without its folder and ending.
        content: the bytes, so that an import cut short can go on without the file.
        headings: words above the columns; empty texts for a sheet without headings.
        rows: the rows below the headings.
    """

    title: str
    content: bytes
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def sha256(self) -> bytes:
        """Of the bytes."""
        return hashlib.sha256(self.content).digest()

    @property
    def fingerprint(self) -> bytes:
        """Of the headings."""
        return fingerprint(self.headings)

    def sample(self, column: int, most: int = 3) -> tuple[str, ...]:
        """The first cells of a column that hold something."""
        filled = (row.cells[column] for row in self.rows[:50] if row.cells[column])
        return tuple(cell for cell, _ in zip(filled, range(most), strict=False))


def open_register(path: Path) -> RegisterFile:
    """Read a file; raises SheetRefused with what is wrong with it."""
    try:
        with path.open("rb") as file:
            content = file.read(STANDARD.file_bytes + 1)
    except OSError:
        raise SheetRefused("sheet_damaged") from None  # the original names the path
    return read_register(content, path.stem)


def read_register(content: bytes, title: str) -> RegisterFile:
    """Read the bytes of a file; raises SheetRefused."""
    sheet = read_sheet(content)
    at = heading_row([row.cells for row in sheet.rows[:30]])
    width = max(len(row.cells) for row in sheet.rows)
    headings = sheet.rows[at].cells if at is not None else ("",) * width
    rows = sheet.rows[at + 1 :] if at is not None else sheet.rows
    if not rows:
        raise SheetRefused("sheet_empty")
    return RegisterFile(title[:LONGEST_TITLE], content, headings, rows)
