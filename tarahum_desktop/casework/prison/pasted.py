"""A block copied from a sheet, read into rows of the arrivals grid: text only, nothing in it is ever worked out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.casework.prison.arrival_row import LONGEST_CELL, read_status
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits, clean

MOST_ROWS: Final = 2_000
MOST_CHARACTERS: Final = 2_000_000
_MOST_COLUMNS: Final = 30
_LOOKED_AT: Final = 50
_ID: Final = re.compile(r"[12][0-9]{9}")
_DATE: Final = re.compile(r"[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,4}.{0,4}")
_NUMBER: Final = re.compile(r"[0-9]{2,9}")
_BREAKS: Final = re.compile(r"\r\n|\r|\n|\v|\f|\u2028|\u2029")
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("رقم الهويه", "الهويه", "هويه", "السجل المدني", "رقم السجل", "الاقامه", "id", "national id", "id number"),
    "name": ("الاسم", "اسم النزيل", "الاسم الرباعي", "الاسم الكامل", "اسم", "name", "full name"),
    "entry": ("تاريخ الدخول", "الدخول", "تاريخ الايقاف", "تاريخ التوقيف", "التاريخ", "entry", "entry date", "date"),
    "status": ("الوضع", "الحاله", "حاله النزيل", "موقوف محكوم", "status"),
    "number": ("رقم النزيل", "رقم السجين", "رقم الملف", "inmate number", "inmate no", "number"),
    "birth": ("تاريخ الميلاد", "الميلاد", "birth", "birth date", "date of birth"),
}  # fmt: skip


class PasteRefused(CaseworkError):
    """``paste_too_many`` (facts ``rows``, ``most``), ``paste_too_large``, ``paste_empty`` or ``paste_unclear``."""

    code = "paste_unclear"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows as text by column; ``had_heading`` says that the first line named its columns."""

    rows: tuple[Mapping[str, str], ...]
    had_heading: bool


def is_block(text: str) -> bool:
    """Whether a copied text is several cells rather than one."""
    return "\t" in text or len(_BREAKS.split(text.strip("\r\n"))) > 1


def read_block(text: str) -> Pasted:
    """Read a copied block.

    Columns are known by their headings, else by what most of their cells look like.

    Raises:
        PasteRefused: too much, nothing, or neither an identity number nor a name among the columns.
    """
    if len(text) > MOST_CHARACTERS:
        raise PasteRefused("paste_too_large")
    lines = [line for line in _BREAKS.split(text) if line.strip("\t ")]
    if len(lines) > MOST_ROWS + 1:
        raise PasteRefused("paste_too_many", rows=len(lines), most=MOST_ROWS)
    table = [[_cell(cell) for cell in line.split("\t")[:_MOST_COLUMNS]] for line in lines]
    table = [row for row in table if any(row)]
    if not table:
        raise PasteRefused("paste_empty")
    columns = _by_heading(table[0])
    had_heading = bool(columns)
    body = table[1:] if had_heading else table
    if len(body) > MOST_ROWS:
        raise PasteRefused("paste_too_many", rows=len(body), most=MOST_ROWS)
    columns = columns or _by_look(body)
    if not {"id", "name"} & set(columns):
        raise PasteRefused("paste_unclear")
    rows = tuple({key: row[at] for key, at in columns.items() if at < len(row) and row[at]} for row in body)
    return Pasted(tuple(row for row in rows if row), had_heading)


def _cell(text: str) -> str:
    plain = clean(text.strip().strip('"'))[:LONGEST_CELL]
    # A sheet shows a long number as text by an apostrophe before it.
    return plain.removeprefix("'") if _NUMBER.fullmatch(ascii_digits(plain.removeprefix("'"))) else plain


def _by_heading(first: Sequence[str]) -> dict[str, int]:
    """Columns by the words of the first line; empty when it is no heading."""
    found: dict[str, int] = {}
    plain = [fold(cell) for cell in first]
    for key, names in _HEADINGS.items():
        folded = {fold(name) for name in names}
        at = next((at for at, cell in enumerate(plain) if cell in folded and at not in found.values()), None)
        if at is not None:
            found[key] = at
    return found if {"id", "name"} & set(found) else {}


def _by_look(body: Sequence[Sequence[str]]) -> dict[str, int]:
    looked = body[:_LOOKED_AT]
    found: dict[str, int] = {}
    for at in range(max(len(row) for row in looked)):
        cells = [ascii_digits(row[at]) for row in looked if at < len(row) and row[at]]
        kind = _kind(cells)
        if kind and kind not in found:
            found[kind] = at
        elif kind == "entry":
            found.setdefault("birth", at)
    return found


def _kind(cells: Sequence[str]) -> str:
    """What most cells of a column look like, empty when nothing does."""
    if not cells:
        return ""
    counts = {
        "id": sum(bool(_ID.fullmatch(cell)) for cell in cells),
        "entry": sum(bool(_DATE.fullmatch(cell)) for cell in cells),
        "status": sum(bool(read_status(cell)) for cell in cells),
        "number": sum(bool(_NUMBER.fullmatch(cell)) for cell in cells),
        "name": sum(" " in cell and not any(char.isdigit() for char in cell) for cell in cells),
    }
    kind = max(counts, key=lambda name: counts[name])
    return kind if 2 * counts[kind] > len(cells) else ""
