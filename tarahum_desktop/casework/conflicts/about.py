"""Whom a row is about: the person and the family that people know it by."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.models import Household, Membership, Person, replicated_entities

_PERSON: Any = Person.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_IDS_A_QUERY: Final = 400
_LINKS: Final = ("person_id", "household_id", "case_id", "episode_id")


@dataclass(frozen=True, slots=True)
class About:
    """A person's name and a family's file; empty and None for what is not known here."""

    person_id: uuid.UUID | None = None
    name: str = ""
    household_id: uuid.UUID | None = None
    file_number: str = ""


def about_rows(
    connection: Connection, rows: Iterable[tuple[str, uuid.UUID]]
) -> dict[tuple[str, uuid.UUID], About]:
    """Whom each row ``(entity, id)`` is about."""
    wanted = list(rows)
    links = {key: _links(connection, *key) for key in wanted}
    people = {one["person_id"] for one in links.values() if one.get("person_id")}
    homes = _homes_of_people(connection, people)
    names = _names(connection, people)
    households = {one["household_id"] for one in links.values() if one.get("household_id")} | set(
        homes.values()
    )
    files = _files(connection, households)
    made = {}
    for key, found in links.items():
        person = found.get("person_id")
        home = found.get("household_id") or (homes.get(person) if person else None)
        number, head = files.get(home, ("", "")) if home else ("", "")
        made[key] = About(person, names.get(person, "") if person else head, home, number)
    return made


def _links(connection: Connection, entity: str, row_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """The person and household a row names, by way of its case or stay where it names those."""
    if entity in {"person", "household"}:
        return {f"{entity}_id": row_id}
    table: Any = replicated_entities()[entity].__table__
    columns = [table.c[name] for name in _LINKS if name in table.c]
    row = connection.execute(select(*columns).where(table.c.id == row_id)).one_or_none() if columns else None
    found = {
        column.name: value for column, value in zip(columns, row or (), strict=False) if value is not None
    }
    for link, by in (("episode_id", "custody_episode"), ("case_id", "case_file")):
        if link in found and not found.keys() & {"person_id", "household_id"}:
            found |= _links(connection, by, found[link])
    return found


def _homes_of_people(connection: Connection, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    found: dict[uuid.UUID, uuid.UUID] = {}
    for some in _parts(people):
        query = (
            select(_MEMBER.c.person_id, _MEMBER.c.household_id)
            .where(_MEMBER.c.person_id.in_(some), _MEMBER.c.removed_at.is_(None))
            .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.id)
        )
        found |= {row.person_id: row.household_id for row in connection.execute(query)}
    return found


def _names(connection: Connection, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    for some in _parts(people):
        query = select(_PERSON.c.id, *NAME_COLUMNS).where(_PERSON.c.id.in_(some))
        found |= {row.id: full_name(row) for row in connection.execute(query)}
    return found


def _files(connection: Connection, households: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    found: dict[uuid.UUID, tuple[str, str]] = {}
    for some in _parts(households):
        query = (
            select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, *NAME_COLUMNS)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(_HOUSEHOLD.c.id.in_(some))
        )
        found |= {row.id: (row.file_number, full_name(row)) for row in connection.execute(query)}
    return found


def _parts(ids: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    every = list(ids)
    return (every[at : at + _IDS_A_QUERY] for at in range(0, len(every), _IDS_A_QUERY))
