"""The person of a row: name, document, birth, telephones, account and what else is known of them."""

from datetime import date
from typing import Any, Final

from tarahum_desktop.casework.imports.cells import LONGEST_NAME, Cells
from tarahum_desktop.domain.dates import PartialDate
from tarahum_desktop.domain.identifiers import check_iban, check_mobile, check_person_id
from tarahum_desktop.domain.import_columns import Column
from tarahum_desktop.domain.import_words import read_word

_PARTS: Final = (Column.FIRST_NAME, Column.FATHER_NAME, Column.GRANDFATHER_NAME, Column.FAMILY_NAME)
_WORDS: Final = (Column.GENDER, Column.MARITAL, Column.EDUCATION, Column.ENROLMENT, Column.WORK)
_OTHER_DOCUMENTS: Final = frozenset({"passport", "gcc_id"})


def read_person(cells: Cells, today: date, reason: str) -> dict[str, Any]:
    """``Person`` column names with checked values; ``reason`` is why who has no number has none."""
    entered: dict[str, Any] = _name(cells)
    if not entered.get("first_name"):
        cells.refuse(Column.FULL_NAME, "import_name_missing")
    if mother := cells.short(Column.MOTHER_NAME, LONGEST_NAME * 2):
        cells.check_name(Column.MOTHER_NAME, mother)
        entered["mother_name"] = mother
    entered |= _document(cells, reason)
    if (birth := _birth(cells, today)) is not None:
        entered["birth"] = birth.to_code()
    for column in _WORDS:
        if (code := cells.word(column)) is not None:
            entered[column.value] = code
    entered |= _contacts(cells)
    entered["nationality"] = _nationality(cells, str(entered.get("id_kind") or ""))
    return {name: value for name, value in entered.items() if value}


def _name(cells: Cells) -> dict[str, str]:
    """From four columns, else from one; both where only some of the four are there."""
    whole = cells.name(Column.FULL_NAME) if cells.text(Column.FULL_NAME) else {}
    parts = {column.value: cells.short(column, LONGEST_NAME) for column in _PARTS}
    for column in _PARTS:
        cells.check_name(column, parts[column.value])
    if not whole and parts["first_name"] and not (parts["father_name"] and parts["family_name"]):
        cells.warn(Column.FIRST_NAME, "import_name_short")
    return whole | {name: text for name, text in parts.items() if text}


def _document(cells: Cells, reason: str) -> dict[str, str]:
    text = cells.text(Column.ID_NUMBER)
    kind = read_word("id_kind", cells.text(Column.ID_KIND)) or ""
    if not text or (kind == "none" and not text):
        given = read_word("no_id_reason", cells.text(Column.NO_ID_REASON)) or reason
        if not given:
            cells.refuse(Column.ID_NUMBER, "import_no_document")
        return {"id_kind": "none", "no_id_reason": given}
    if kind in _OTHER_DOCUMENTS:
        return {"id_kind": kind, "id_number": cells.short(Column.ID_NUMBER, 40)}
    checked = check_person_id(text)
    if checked.warning:
        cells.warn(Column.ID_NUMBER, checked.warning)
    if checked.warning == "person_id_too_long":
        cells.refuse(Column.ID_NUMBER, checked.warning)
    return {
        "id_kind": checked.kind if checked.kind != "person_id" else "national_id",
        "id_number": checked.value,
    }


def _birth(cells: Cells, today: date) -> PartialDate | None:
    """As given: the Hijri column first, because it is what the document of most says; an age is an estimate."""
    hijri = cells.date(Column.BIRTH_HIJRI, today)
    other = cells.date(Column.BIRTH, today)
    if hijri is not None and other is not None and not hijri.range().overlaps(other.range()):
        cells.warn(Column.BIRTH_HIJRI, "import_births_differ")
    found = hijri or other
    if found is not None or not cells.text(Column.AGE):
        return found
    return cells.date(Column.AGE, today, ages=True)


def _contacts(cells: Cells) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, check in (
        (Column.MOBILE, check_mobile),
        (Column.MOBILE_ALT, check_mobile),
        (Column.IBAN, check_iban),
    ):
        if text := cells.text(column):
            checked = check(text)
            found[column.value] = checked.value
            if checked.warning:
                cells.warn(column, checked.warning)
    return found


def _nationality(cells: Cells, id_kind: str) -> str:
    said = cells.text(Column.NATIONALITY)
    if said:
        # A register names the country; our list only asks whether somebody is a Saudi.
        return read_word("nationality", said) or "resident"
    return {"national_id": "saudi", "iqama": "resident"}.get(id_kind, "")
