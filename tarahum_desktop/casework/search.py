"""Finding a family as somebody types: by any member's name as heard, identity number, mobile, or the file number.

Answers within a key's blink on 400,000 persons: numbers by their own indexes, names by the full-text table, whole
words first, then beginnings, each stopped at the first few dozen hits; their households are read at the end.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, select, text

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.search_query import SearchQuery, read_query
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Household, Membership, Person, Place

MOST_HITS: Final = 50
_PERSON: Any = Person.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PLACE: Any = Place.__table__
_AFTER_ALL: Final = "\U0010ffff"

_MATCH: Final = text(
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "WHERE person_search MATCH :query LIMIT :most"
)
_MATCH_IN_SCOPES: Final = text(
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "JOIN person p ON p.id = i.person_id WHERE person_search MATCH :query AND +p.scope IN :scopes LIMIT :most"
).bindparams(bindparam("scopes", expanding=True))


class Why(StrEnum):
    """What made a family a hit."""

    NAME = "name"
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    FILE_NUMBER = "file_number"


@dataclass(frozen=True, slots=True)
class FamilyHit:
    """One family found. ``household_id`` is None for a person who belongs to no household here.

    ``person`` is the member who matched, the head for a file number; places are empty when not recorded.
    """

    household_id: uuid.UUID | None
    file_number: str
    head_name: str
    place_ar: str
    place_en: str
    district: str
    committee_code: str
    why: Why
    person_id: uuid.UUID | None
    person_name: str
    id_number: str
    mobile: str


def find(desk: Desk, typed: str, limit: int = 20) -> list[FamilyHit]:
    """The families that fit a typed text, at most ``limit`` (itself at most 50), best first."""
    query = read_query(typed)
    most = max(1, min(limit, MOST_HITS))
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.SEARCH, connection)
        if not scopes:
            return []
        by_file = _by_file_number(connection, query.file_prefix, scopes, most)
        persons = _persons_by_number(connection, query, scopes, 2 * most)
        for person_id in _persons_by_name(connection, query, desk, scopes, 2 * most):
            persons.setdefault(person_id, Why.NAME)
        hits = [*by_file, *_families_of(connection, persons)]
    seen: set[uuid.UUID | None] = set()
    unique = []
    for hit in hits:
        key = hit.household_id or hit.person_id
        if key not in seen:
            seen.add(key)
            unique.append(hit)
    return unique[:most]


def _persons_by_number(
    connection: Connection, query: SearchQuery, scopes: tuple[str, ...], most: int
) -> dict[uuid.UUID, Why]:
    found: dict[uuid.UUID, Why] = {}
    for column, prefix, why in (
        (_PERSON.c.id_number, query.id_prefix, Why.ID_NUMBER),
        (_PERSON.c.mobile, query.mobile_prefix, Why.MOBILE),
    ):
        if prefix:
            wanted = (
                select(_PERSON.c.id)
                .where(
                    column >= prefix,
                    column < prefix + _AFTER_ALL,
                    _in_scopes(_PERSON, scopes),
                    _PERSON.c.removed_at.is_(None),
                )
                .order_by(column)
                .limit(most)
            )
            for person_id in connection.scalars(wanted):
                found.setdefault(person_id, why)
    return found


def _in_scopes(table: Any, scopes: tuple[str, ...]) -> ColumnElement[bool]:
    """The row's scope as a value and not as a column: else the planner reads whole scopes by their index."""
    value: ColumnElement[str] = table.c.scope.concat("")
    return value.in_(scopes)


def _persons_by_name(
    connection: Connection, query: SearchQuery, desk: Desk, scopes: tuple[str, ...], most: int
) -> list[uuid.UUID]:
    found: dict[bytes, None] = {}
    everywhere = _sees_every_scope(connection, desk)
    for wanted in dict.fromkeys((query.whole_words, query.beginnings)):
        if not wanted or len(found) >= most:
            continue
        values: dict[str, Any] = {"query": wanted, "most": most}
        rows = connection.execute(
            _MATCH if everywhere else _MATCH_IN_SCOPES, values if everywhere else values | {"scopes": scopes}
        )
        found.update(dict.fromkeys(bytes(row[0]) for row in rows))
    return [uuid.UUID(bytes=row_id) for row_id in list(found)[:most]]


def _sees_every_scope(connection: Connection, desk: Desk) -> bool:
    """Whether hits need no check of their scope; persons are never in the national scope."""
    here = connection.execute(text("SELECT scope FROM scope_state WHERE scope <> 'national'")).scalars()
    return all(desk.may(Action.SEARCH, scope) for scope in here)


def _by_file_number(
    connection: Connection, prefix: str, scopes: tuple[str, ...], most: int
) -> list[FamilyHit]:
    if not prefix:
        return []
    query = (
        _household_query()
        .where(
            _HOUSEHOLD.c.file_number >= prefix,
            _HOUSEHOLD.c.file_number < prefix + _AFTER_ALL,
            _in_scopes(_HOUSEHOLD, scopes),
            _HOUSEHOLD.c.removed_at.is_(None),
        )
        .order_by(_HOUSEHOLD.c.file_number)
        .limit(most)
    )
    return [
        FamilyHit(
            row.id, row.file_number, full_name(row), row.place_ar or "", row.place_en or "",
            row.district or "", row.committee_code, Why.FILE_NUMBER, row.head_person_id, full_name(row),
            row.id_number or "", row.mobile or "",
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _household_query() -> Any:
    return (
        select(
            _HOUSEHOLD.c.id,
            _HOUSEHOLD.c.file_number,
            _HOUSEHOLD.c.committee_code,
            _HOUSEHOLD.c.district,
            _HOUSEHOLD.c.head_person_id,
            _HOUSEHOLD.c.place_code,
            *NAME_COLUMNS,
            _PERSON.c.id_number,
            _PERSON.c.mobile,
            _PLACE.c.name_ar.label("place_ar"),
            _PLACE.c.name_en.label("place_en"),
        )
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == _HOUSEHOLD.c.place_code)
    )


def _families_of(connection: Connection, persons: dict[uuid.UUID, Why]) -> list[FamilyHit]:
    """Hits in the order of ``persons``, one household each."""
    if not persons:
        return []
    people = {
        row.id: row
        for row in connection.execute(
            select(_PERSON.c.id, _PERSON.c.scope, *NAME_COLUMNS, _PERSON.c.id_number, _PERSON.c.mobile).where(
                _PERSON.c.id.in_(list(persons))
            )
        )
    }
    homes = _homes_of(connection, list(persons))
    rows = connection.execute(_household_query().where(_HOUSEHOLD.c.id.in_(set(homes.values()))))
    households = {row.id: row for row in rows}
    return [
        _hit(person, households.get(homes.get(person.id)), persons[person.id])
        for person in (people.get(key) for key in persons)
        if person is not None
    ]


def _homes_of(connection: Connection, persons: list[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each person's household: the one headed, else the present membership, else the last."""
    memberships = connection.execute(
        select(_MEMBER.c.person_id, _MEMBER.c.household_id)
        .where(_MEMBER.c.person_id.in_(persons), _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.first_day, _MEMBER.c.id)
    )
    homes = {row.person_id: row.household_id for row in memberships}
    headed = connection.execute(
        select(_HOUSEHOLD.c.head_person_id, _HOUSEHOLD.c.id).where(
            _HOUSEHOLD.c.head_person_id.in_(persons), _HOUSEHOLD.c.removed_at.is_(None)
        )
    )
    return homes | {row.head_person_id: row.id for row in headed}


def _hit(person: Any, home: Any, why: Why) -> FamilyHit:
    name = full_name(person)
    return FamilyHit(
        home.id if home else None,
        home.file_number if home else "",
        full_name(home) if home else name,
        (home.place_ar or "") if home else "",
        (home.place_en or "") if home else "",
        (home.district or "") if home else "",
        home.committee_code if home else person.scope.partition("/")[0],
        why,
        person.id,
        name,
        person.id_number or "",
        person.mobile or "",
    )
