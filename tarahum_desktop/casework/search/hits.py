"""From persons and households found to the lines people read: one household each, with who matched and why."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.models import Household, Membership, Person, Place

PERSON: Final[Any] = Person.__table__
HOUSEHOLD: Final[Any] = Household.__table__
_MEMBER: Any = Membership.__table__
_PLACE: Any = Place.__table__
_IDS_A_QUERY: Final = 400


class Why(StrEnum):
    """What made a family a hit."""

    NAME = "name"
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    FILE_NUMBER = "file_number"
    CODE = "code"
    """A temporary key, an inmate number or a second telephone."""
    PLACE = "place"
    LISTED = "listed"
    """Nothing was typed: the family fits the chosen filters."""


class How(StrEnum):
    """How near what was typed is to what was found, the nearest first."""

    EXACT = "exact"
    BEGINNING = "beginning"
    INSIDE = "inside"
    SIMILAR = "similar"


class Reason(NamedTuple):
    """Why a person or family was found, and how near it is."""

    why: Why
    how: How


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
    how: How = How.EXACT
    temporary_key: str = ""


def in_scopes(table: Any, scopes: tuple[str, ...]) -> ColumnElement[bool]:
    """The row's scope as a value and not as a column: else the planner reads whole scopes by their index."""
    value: ColumnElement[str] = table.c.scope.concat("")
    return value.in_(scopes)


def household_query() -> Any:
    """Households with place and head; conditions are the caller's."""
    return (
        select(
            HOUSEHOLD.c.id, HOUSEHOLD.c.file_number, HOUSEHOLD.c.committee_code, HOUSEHOLD.c.district,
            HOUSEHOLD.c.head_person_id, HOUSEHOLD.c.place_code, *NAME_COLUMNS, PERSON.c.id_number, PERSON.c.mobile,
            PERSON.c.temporary_key, _PLACE.c.name_ar.label("place_ar"), _PLACE.c.name_en.label("place_en"),
        )
        .outerjoin(PERSON, PERSON.c.id == HOUSEHOLD.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == HOUSEHOLD.c.place_code)
    )  # fmt: skip


def household_hit(row: Any, reason: Reason) -> FamilyHit:
    """A hit on the household itself; its head stands for it."""
    name = full_name(row)
    return FamilyHit(
        row.id, row.file_number, name, row.place_ar or "", row.place_en or "", row.district or "",
        row.committee_code, reason.why, row.head_person_id, name, row.id_number or "", row.mobile or "", reason.how,
        row.temporary_key or "",
    )  # fmt: skip


def hits_of_households(
    connection: Connection, wanted: Sequence[uuid.UUID], reason: Reason
) -> list[FamilyHit]:
    """Hits in the order wanted."""
    rows: dict[uuid.UUID, Any] = {}
    for at in range(0, len(wanted), _IDS_A_QUERY):
        some = wanted[at : at + _IDS_A_QUERY]
        query = household_query().where(HOUSEHOLD.c.id.in_(some), HOUSEHOLD.c.removed_at.is_(None))
        rows.update((row.id, row) for row in connection.execute(query))
    return [household_hit(rows[one], reason) for one in wanted if one in rows]


def hits_of_persons(
    connection: Connection,
    persons: Mapping[uuid.UUID, Reason],
    known_homes: Mapping[uuid.UUID, uuid.UUID] | None = None,
) -> list[FamilyHit]:
    """Hits in the order of ``persons``, one household each; ``known_homes`` spares asking for their memberships."""
    if not persons:
        return []
    people = {
        row.id: row
        for row in connection.execute(
            select(
                PERSON.c.id, PERSON.c.scope, *NAME_COLUMNS, PERSON.c.id_number, PERSON.c.mobile,
                PERSON.c.temporary_key,
            ).where(PERSON.c.id.in_(list(persons)))
        )
    }  # fmt: skip
    homes = known_homes if known_homes is not None else _homes_of(connection, list(persons))
    rows = connection.execute(household_query().where(HOUSEHOLD.c.id.in_(set(homes.values()))))
    households = {row.id: row for row in rows}
    found = (people.get(key) for key in persons)
    return [
        _person_hit(person, households.get(homes.get(person.id, person.id)), persons[person.id])
        for person in found
        if person is not None
    ]


def once_each(hits: Iterable[FamilyHit]) -> list[FamilyHit]:
    """The first hit of each household; persons without one stand for themselves."""
    seen: dict[uuid.UUID | None, FamilyHit] = {}
    for hit in hits:
        seen.setdefault(hit.household_id or hit.person_id, hit)
    return list(seen.values())


def _homes_of(connection: Connection, persons: list[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each person's household: the one headed, else the present membership, else the last."""
    memberships = connection.execute(
        select(_MEMBER.c.person_id, _MEMBER.c.household_id)
        .where(_MEMBER.c.person_id.in_(persons), _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.first_day, _MEMBER.c.id)
    )
    homes = {row.person_id: row.household_id for row in memberships}
    headed = connection.execute(
        select(HOUSEHOLD.c.head_person_id, HOUSEHOLD.c.id).where(
            HOUSEHOLD.c.head_person_id.in_(persons), HOUSEHOLD.c.removed_at.is_(None)
        )
    )
    return homes | {row.head_person_id: row.id for row in headed}


def _person_hit(person: Any, home: Any, reason: Reason) -> FamilyHit:
    name = full_name(person)
    return FamilyHit(
        home.id if home else None,
        home.file_number if home else "",
        full_name(home) if home else name,
        (home.place_ar or "") if home else "",
        (home.place_en or "") if home else "",
        (home.district or "") if home else "",
        home.committee_code if home else person.scope.partition("/")[0],
        reason.why,
        person.id,
        name,
        person.id_number or "",
        person.mobile or "",
        reason.how,
        person.temporary_key or "",
    )
