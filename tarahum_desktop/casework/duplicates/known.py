"""Persons of this replica as the pair score takes them: read in bulk below the ORM, each text folded once."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.domain.pair_score import KnownPerson
from tarahum_desktop.domain.record_match import RecordFacts, read_record

_IDS_A_QUERY: Final = 400
_COLUMNS: Final = (
    "id, scope, first_name, father_name, grandfather_name, family_name, mother_name, gender, id_kind, id_number, "
    "birth, mobile, father_id, mother_id, field_stamps, rowid"
)
_PERSONS: Final = (
    f"SELECT {_COLUMNS} FROM person WHERE {{column}} IN ({{marks}}) AND removed_at IS NULL "  # noqa: S608 - names of our own columns
    "AND merged_into IS NULL"
)
_HOMES: Final = (
    "SELECT person_id, household_id FROM membership WHERE person_id IN ({marks}) AND removed_at IS NULL"
)
_NUMBERED: Final = frozenset({"national_id", "iqama"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who is neither removed nor merged; ``no`` is the row's place in the table, ``marks`` its edits, packed."""

    id: uuid.UUID
    no: int
    scope: str
    known: KnownPerson
    marks: bytes | None


def read_people(connection: Connection, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Candidate]:
    """Persons by id; who is not here, removed or merged is left out."""
    found = _read(connection, "id", [one.bytes for one in ids])
    return {person.id: person for person in found}


def read_rows_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Candidate]:
    """Persons by their place in the table."""
    return {person.no: person for person in _read(connection, "rowid", list(numbers))}


def _read(connection: Connection, column: str, keys: Sequence[Any]) -> list[Candidate]:
    made: list[Candidate] = []
    for at in range(0, len(keys), _IDS_A_QUERY):
        part = tuple(keys[at : at + _IDS_A_QUERY])
        marks = ",".join("?" * len(part))
        rows = connection.exec_driver_sql(_PERSONS.format(column=column, marks=marks), part).all()
        homes = _homes(connection, [bytes(row[0]) for row in rows])
        made += [_candidate(row, homes.get(bytes(row[0]), frozenset())) for row in rows]
    return made


def _homes(connection: Connection, ids: list[bytes]) -> dict[bytes, frozenset[bytes]]:
    if not ids:
        return {}
    found: dict[bytes, set[bytes]] = {}
    query = _HOMES.format(marks=",".join("?" * len(ids)))
    for person, household in connection.exec_driver_sql(query, tuple(ids)):
        found.setdefault(bytes(person), set()).add(bytes(household))
    return {person: frozenset(homes) for person, homes in found.items()}


def _candidate(row: Any, homes: frozenset[bytes]) -> Candidate:
    name = NameParts(row[2] or "", row[3] or "", row[4] or "", row[5] or "")
    # A number of a passport says nothing under the rules of identity numbers.
    number = row[9] or "" if row[8] in _NUMBERED else ""
    facts = RecordFacts(name, number, birth_of(row[10]), row[6] or "", row[11] or "")
    known = KnownPerson(read_record(facts), row[7] or "", homes, bytes(row[12] or b""), bytes(row[13] or b""))
    return Candidate(uuid.UUID(bytes=bytes(row[0])), row[15], row[1], known, row[14])


def birth_of(code: str | None) -> PartialDate | None:
    """A stored birth; one that cannot be read is not known."""
    if not code:
        return None
    try:
        birth = PartialDate.from_code(code)
        birth.range()
    except DateError:
        return None
    return birth
