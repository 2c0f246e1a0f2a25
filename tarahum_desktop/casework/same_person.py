"""Whether a row of the form is about somebody on record: by its id, by identity number, or by name."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names


def find_person(
    row: Row, persons: Iterable[Any], head_id: uuid.UUID | None, spoken_of: Collection[uuid.UUID]
) -> Any:
    """The person a row is about: by the row's id, the identity number, or the same name; None for a stranger.

    A number finds the head too, because the head is now and then entered once more among the members. A name never
    does: a son may be called like his father. Whom the form speaks of already is found by name again only when the
    births agree, so that a member entered twice stays one person and two of one name stay two.

    ``persons`` are ``Person`` objects or rows with their columns; ``spoken_of`` are those whom other rows are about.
    """
    people = list(persons)
    row_id = row_uuid(row)
    if (same := next((one for one in people if one.id == row_id), None)) is not None:
        return same
    number = row.get("m_id")
    if isinstance(number, str) and number:
        value = check_person_id(number).value
        if (same := next((one for one in people if one.id_number == value), None)) is not None:
            return same
    alike = [one for one in people if one.id != head_id and _may_be(one, row)]
    silent = (one for one in alike if one.id not in spoken_of)
    twice = (one for one in alike if one.id in spoken_of and _births_agree(one, row))
    return next(silent, None) or next(twice, None)


def row_uuid(row: Row) -> uuid.UUID | None:
    """The row's id where it is one that a person may have."""
    return as_uuid(row.id)


def _may_be(person: Any, row: Row) -> bool:
    if row.get("m_id") and person.id_number:
        return False  # two numbers that differ are two people, whatever their names
    name = name_parts(row.get("m_name"))
    known = NameParts(
        person.first_name, person.father_name or "", person.grandfather_name or "", person.family_name
    )
    return bool(name.first) and compare_names(known, name) is NameMatch.MATCH


def _births_agree(person: Any, row: Row) -> bool:
    """Whether both births are known and may be the same day."""
    given = date_range(str(row.get("m_birth") or ""))
    if given is None or person.birth_first is None or person.birth_last is None:
        return False
    return bool(given[0] <= person.birth_last and person.birth_first <= given[1])


def name_parts(value: Value) -> NameParts:
    """A four-part name answer."""
    if not isinstance(value, dict):
        return NameParts("")
    return NameParts(*(str(value.get(part) or "") for part in ("first", "father", "grandfather", "family")))


def as_uuid(text: str) -> uuid.UUID | None:
    """The id a text stands for; None for any other text."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
