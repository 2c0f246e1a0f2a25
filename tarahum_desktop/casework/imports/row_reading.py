"""One row of a register read into what records need, with everything that is wrong in it named at its column.

What cannot be read stops the row; what looks doubtful is kept and marked, as when it is typed. Nothing is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from tarahum_desktop.casework.imports.cells import Cells, Note
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.person_cells import read_person
from tarahum_desktop.casework.imports.stay_cells import read_stay
from tarahum_desktop.domain.identifiers import check_person_id, check_short_address
from tarahum_desktop.domain.import_columns import Column, Layout
from tarahum_desktop.domain.import_words import HEAD, gender_of, read_word
from tarahum_desktop.domain.money import MAX_HALALAS
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.reports.sheets.read import SheetRow

_MONTHS: Final = 12
_MOST_ROOMS: Final = 99
_LONGEST_KEY: Final = 40


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A person of a row: ``entered`` has ``Person`` column names, ``stay`` those of a custody episode."""

    entered: Mapping[str, Any]
    relation: str
    resident: bool = True
    stay: Mapping[str, Any] | None = None


@dataclass
class ReadRow:
    """A row as it will become.

    Attributes:
        number: as the sheet program shows it.
        key: what says which household it is of; empty where the sheet does not say.
        file_key: the number of the paper file, empty for a key of another kind.
        people: the row's person, and perhaps the prisoner named in it.
        is_head: whether the row says that its person is the head.
        home: ``Household`` column names.
    """

    number: int
    key: str = ""
    file_key: str = ""
    people: tuple[ReadPerson, ...] = ()
    is_head: bool = False
    home: Mapping[str, Any] = field(default_factory=dict)
    opened_on: date | None = None
    errors: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lookups:
    """Codes by folded name."""

    places: Mapping[str, str]
    facilities: Mapping[str, str]
    today: date


def read_row(row: SheetRow, matching: Matching, lookups: Lookups) -> ReadRow:
    """Read one row."""
    cells = Cells(row, matching.columns)
    relation, said = _relation(cells)
    entered = read_person(cells, lookups.today, matching.reason)
    if not entered.get("gender") and (follows := gender_of(relation, said)):
        entered["gender"] = follows
    key, file_key, is_head = _key(cells, relation, str(entered.get("id_number") or ""))
    own_stay = None if Column.PRISONER_NAME in matching.columns else read_stay(cells, lookups)
    # Somebody in prison does not live at home.
    inside = own_stay is not None and "release" not in own_stay
    people = [ReadPerson(entered, relation, resident=not inside, stay=own_stay)]
    if (prisoner := _prisoner(cells, lookups)) is not None:
        people.append(prisoner)
    home = _home(cells, lookups)
    opened = cells.date(Column.OPENED_ON, lookups.today)
    read = ReadRow(row.number, key, file_key, tuple(people), is_head, home)
    read.opened_on = opened.range().last if opened is not None else None
    _note_formulas(row, cells, matching)
    if matching.layout is Layout.BY_KEY and not key:
        cells.refuse(Column.HOUSEHOLD_KEY, "import_key_missing")
    read.errors, read.warnings = cells.errors, cells.warnings
    return read


def _relation(cells: Cells) -> tuple[str, str]:
    said = cells.text(Column.RELATION)
    if not said:
        return "", ""
    code = read_word("relation", said)
    if code is None:
        cells.warn(Column.RELATION, "import_relation_unknown")
    return code or "other", said


def _key(cells: Cells, relation: str, own_id: str) -> tuple[str, str, bool]:
    file_key = ascii_digits(cells.text(Column.HOUSEHOLD_KEY))[:_LONGEST_KEY]
    head = cells.text(Column.HEAD_ID)
    head_id = check_person_id(head).value if head else ""
    is_head = relation == HEAD or (not relation and bool(head_id) and head_id == own_id)
    if check_person_id(file_key).warning is None:  # the head's identity number stands in for a file number
        head_id, file_key = head_id or file_key, ""
        is_head = is_head or (not relation and head_id == own_id)
    key = f"file:{fold(file_key)}" if file_key else f"head:{head_id}" if head_id else ""
    return key, file_key, is_head


def _home(cells: Cells, lookups: Lookups) -> dict[str, Any]:
    home: dict[str, Any] = {
        "place_code": cells.listed(Column.PLACE, lookups.places),
        "district": cells.short(Column.DISTRICT, 120) or None,
        "directions": cells.short(Column.DIRECTIONS, 500) or None,
        "tenure": cells.word(Column.TENURE),
        "house_type": cells.word(Column.HOUSE_TYPE),
        "rooms": cells.whole(Column.ROOMS, _MOST_ROOMS),
        "annual_rent_halalas": cells.money(Column.ANNUAL_RENT),
    }
    if (monthly := cells.money(Column.MONTHLY_RENT)) is not None and home["annual_rent_halalas"] is None:
        home["annual_rent_halalas"] = min(monthly * _MONTHS, MAX_HALALAS)
    if home["place_code"] is None and (named := cells.short(Column.PLACE, 120)):
        # A place that is not in our list is kept in words rather than lost.
        home["directions"] = "، ".join(part for part in (named, home["directions"]) if part)[:500]
    if cells.text(Column.SHORT_ADDRESS):
        checked = check_short_address(cells.text(Column.SHORT_ADDRESS))
        home["short_address"] = checked.value
        if checked.warning:
            cells.warn(Column.SHORT_ADDRESS, checked.warning)
    return {name: value for name, value in home.items() if value is not None}


def _prisoner(cells: Cells, lookups: Lookups) -> ReadPerson | None:
    if not cells.text(Column.PRISONER_NAME):
        return None
    entered = cells.name(Column.PRISONER_NAME)
    said = cells.text(Column.PRISONER_RELATION)
    relation = read_word("relation", said) or "other" if said else "other"
    if number := cells.text(Column.PRISONER_ID):
        checked = check_person_id(number)
        entered |= {
            "id_number": checked.value,
            "id_kind": checked.kind if checked.kind != "person_id" else "national_id",
        }
        if checked.warning:
            cells.warn(Column.PRISONER_ID, checked.warning)
    else:
        # The committee learns of the prisoner from the family; his document is where he is.
        entered |= {"id_kind": "none", "no_id_reason": "with_authority"}
    entered["gender"] = gender_of(relation, said) or "unknown"
    stay = read_stay(cells, lookups) or {"status": "convicted"}
    inside = "release" not in stay
    return ReadPerson(entered, relation, resident=not inside, stay=stay)


def _note_formulas(row: SheetRow, cells: Cells, matching: Matching) -> None:
    for column, at in matching.columns.items():
        if at in row.formulas:
            cells.warn(column, "import_formula")
