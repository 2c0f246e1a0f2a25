"""One line of the daily sheet as typed, read into what a record needs; doubts warn, only the unreadable stops."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tarahum_desktop.domain.dates import DateError, PartialDate, parse_partial_date
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.names import NameParts, fold, split_name
from tarahum_desktop.domain.short_dates import read_entry_day
from tarahum_desktop.domain.text import ascii_digits, clean

COLUMNS: Final = ("id", "name", "entry", "status", "number", "birth")
LONGEST_CELL: Final = 200
_NAME_LETTERS: Final = frozenset(" -'’.ـ")
_NO_DOCUMENT: Final = frozenset({"لا", "-", "بلا", "بلا وثيقه", "بدون", "none", "x"})
_STATUSES: Final = {
    "detained": frozenset({"1", "و", "d", "موقوف", "موقوفه", "detained"}),
    "convicted": frozenset({"2", "ح", "c", "محكوم", "محكومه", "convicted"}),
}
NO_ID_REASONS: Final = ("lost", "never_issued", "with_authority", "refused_to_show")


@dataclass(frozen=True, slots=True)
class ReadArrival:
    """A row as understood.

    Attributes:
        id_number: the number as ASCII digits, empty without a document.
        id_kind: ``national_id``, ``iqama`` or ``none``.
        warnings: column → code of a doubt; the row may be kept.
        errors: column → code of what must be mended first.
    """

    id_number: str = ""
    id_kind: str = "none"
    name: NameParts = field(default_factory=lambda: NameParts(""))
    entry: PartialDate | None = None
    status: str = ""
    inmate_number: str = ""
    birth: PartialDate | None = None
    no_id_reason: str = ""
    warnings: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def read_arrival(cells: Mapping[str, str], today: date, *, name_known: bool = False) -> ReadArrival:
    """Read the cells of ``COLUMNS`` and ``reason``; ``name_known`` when a person on record fills the name."""
    warnings: dict[str, str] = {}
    errors: dict[str, str] = {}
    id_number, id_kind = _read_id(cells, warnings, errors)
    name = read_name(cells.get("name", ""))
    if not name_known:
        if code := _name_trouble(cells.get("name", ""), name):
            errors["name"] = code
        elif not name.father or not name.family:
            warnings["name"] = "arrival_name_short"
    status = read_status(cells.get("status", ""))
    if not status:
        errors["status"] = (
            "arrival_status_unknown" if clean(cells.get("status", "")) else "arrival_status_missing"
        )
    entry = _read_date(cells, "entry", today, errors)
    birth = _read_date(cells, "birth", today, errors) if clean(cells.get("birth", "")) else None
    return ReadArrival(
        id_number, id_kind, name, entry, status, ascii_digits(clean(cells.get("number", "")))[:40], birth,
        cells.get("reason", ""), warnings, errors,
    )  # fmt: skip


def read_name(text: str) -> NameParts:
    """The four parts of a name written in one cell; compound names stay together."""
    return split_name(clean(text[:LONGEST_CELL]))


def read_status(text: str) -> str:
    """``detained`` or ``convicted`` from a letter, a digit or the word; empty for anything else."""
    plain = fold(ascii_digits(clean(text)))
    return next((status for status, forms in _STATUSES.items() if plain in forms), "")


def says_no_document(text: str) -> bool:
    """Whether the identity cell says that there is no document."""
    return fold(text) in _NO_DOCUMENT or clean(text) in _NO_DOCUMENT


def _read_id(cells: Mapping[str, str], warnings: dict[str, str], errors: dict[str, str]) -> tuple[str, str]:
    text = cells.get("id", "")
    if cells.get("reason") or says_no_document(text):
        if cells.get("reason") not in NO_ID_REASONS:
            errors["id"] = "arrival_reason_missing"
        return "", "none"
    checked = check_person_id(text[:LONGEST_CELL])
    if not checked.value:
        errors["id"] = "arrival_id_missing"
    elif checked.warning:
        warnings["id"] = checked.warning
    return checked.value, checked.kind if checked.kind != "person_id" else "national_id"


def _name_trouble(text: str, name: NameParts) -> str:
    plain = clean(text)
    if not name.first:
        return "arrival_name_missing"
    letters = all(
        char.isalpha() or char in _NAME_LETTERS or unicodedata.category(char) == "Mn" for char in plain
    )
    return "" if letters else "arrival_name_form"


def _read_date(
    cells: Mapping[str, str], column: str, today: date, errors: dict[str, str]
) -> PartialDate | None:
    try:
        text = cells.get(column, "")
        return read_entry_day(text, today) if column == "entry" else parse_partial_date(text, today)
    except DateError as error:
        errors[column] = error.code
        return None
