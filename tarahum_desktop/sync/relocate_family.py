"""Which rows belong to a family and go where it goes: everything about it, but not the books of the office.

Minutes, payment sheets and payments, courses and attendance stay behind: they are the record of what an office did.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.models import Arrival, Membership, Person, PersonMerge, Relocation
from tarahum_desktop.sync.shapes import shapes

NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "membership": ("household_id",),
        "case_file": ("household_id", "person_id"),
        "visit": ("household_id",),
        "custody_episode": ("person_id",),
        "person_merge": ("kept_id", "gone_id"),
        "case_move": ("case_id",),
        "matrix_rating": ("visit_id",),
        "plan_item": ("household_id", "person_id"),
        "delivery": ("household_id", "person_id", "plan_item_id"),
        "consent": ("person_id",),
        "follow_up": ("case_id",),
        "custody_move": ("episode_id",),
        "amendment": ("household_id", "visit_id"),
        "questionnaire": ("household_id",),
        "attachment": ("household_id", "owner_id"),
        "release_check": ("episode_id",),
        "alert": ("case_id",),
        "assignment": ("case_id",),
        "inmate_request": ("person_id",),
        "referral": ("household_id", "person_id"),
        "addendum": ("household_id",),
    }
)
"""Each table of a family's file, with its indexed fields that name something else of the same file."""

Rows = dict[str, list[bytes]]
_IDS_A_QUERY: Final = 500
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_MERGE: Any = PersonMerge.__table__
_ARRIVAL: Any = Arrival.__table__
_RELOCATION: Any = Relocation.__table__


def family_rows(connection: Connection, scope: str, household_id: UUID) -> Rows:
    """The rows of a household's file in a scope, by table, ids in order.

    A person goes along who lives in no other household of the scope now; who only lived here once and lives
    in another one stays there.
    """
    found: dict[str, set[UUID]] = defaultdict(set)
    found["household"].add(household_id)
    found["person"] = _people_of(connection, scope, household_id)
    _follow(connection, scope, found)
    return {entity: sorted(i.bytes for i in ids) for entity, ids in found.items() if ids}


def rows_about(connection: Connection, scope: str, new_rows: Mapping[str, Collection[bytes]]) -> Rows:
    """These rows and whatever of their scope names them."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for entity, row_ids in new_rows.items():
        found[entity] = {UUID(bytes=row_id) for row_id in row_ids}
    _follow(connection, scope, found)
    return {entity: sorted(i.bytes for i in ids) for entity, ids in found.items() if ids}


def _follow(connection: Connection, scope: str, found: dict[str, set[UUID]]) -> None:
    """Add what names the rows found, until nothing new is."""
    fresh = {row_id for ids in found.values() for row_id in ids}
    while fresh:
        named: set[UUID] = set()
        for entity, fields in NAMED_BY.items():
            for field in fields:
                ids = _naming(connection, scope, entity, field, fresh) - found[entity]
                found[entity] |= ids
                named |= ids
        gone = _merged_into(connection, scope, found["person_merge"] & named) - found["person"]
        found["person"] |= gone
        fresh = named | gone


def _naming(connection: Connection, scope: str, entity: str, field: str, ids: set[UUID]) -> set[UUID]:
    table = shapes()[entity].table
    found: set[UUID] = set()
    for part in _parts(ids):
        query = select(table.c.id).where(table.c[field].in_(part), table.c.scope == scope)
        found.update(connection.execute(query).scalars())
    return found


def _merged_into(connection: Connection, scope: str, merges: set[UUID]) -> set[UUID]:
    """The records that were found to be the same person as one of the family."""
    found: set[UUID] = set()
    for part in _parts(merges):
        query = (
            select(_PERSON.c.id)
            .join(_MERGE, _MERGE.c.gone_id == _PERSON.c.id)
            .where(_MERGE.c.id.in_(part), _PERSON.c.scope == scope, _MERGE.c.undone_at.is_(None))
        )
        found.update(connection.execute(query).scalars())
    return found


def _parts(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids)
    for at in range(0, len(ordered), _IDS_A_QUERY):
        yield ordered[at : at + _IDS_A_QUERY]


def _people_of(connection: Connection, scope: str, household_id: UUID) -> set[UUID]:
    query = (
        select(_PERSON.c.id, _MEMBER.c.last_day, _MEMBER.c.removed_at)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.household_id == household_id, _PERSON.c.scope == scope)
    )
    records = connection.execute(query).all()
    people = {record.id for record in records}
    present = {record.id for record in records if record.last_day is None and record.removed_at is None}
    elsewhere = {person for person, _ in _homes_of(connection, scope, people, household_id)}
    return people - (elsewhere - present)


def sharing_households(connection: Connection, scope: str, household_id: UUID) -> set[UUID]:
    """Other households of the scope to which a present member of this one belongs, too."""
    query = select(_MEMBER.c.person_id).where(_MEMBER.c.household_id == household_id, *_present())
    people = set(connection.execute(query).scalars())
    return {home for _, home in _homes_of(connection, scope, people, household_id)}


def _homes_of(
    connection: Connection, scope: str, people: set[UUID], but_not: UUID
) -> Iterator[tuple[UUID, UUID]]:
    for part in _parts(people):
        query = select(_MEMBER.c.person_id, _MEMBER.c.household_id).where(
            _MEMBER.c.person_id.in_(part),
            _MEMBER.c.household_id != but_not,
            _MEMBER.c.scope == scope,
            *_present(),
        )
        for record in connection.execute(query):
            yield record.person_id, record.household_id


def _present() -> tuple[Any, Any]:
    return _MEMBER.c.last_day.is_(None), _MEMBER.c.removed_at.is_(None)


def earlier_arrivals(connection: Connection, scope: str, household_id: UUID) -> list[bytes]:
    """The arrivals that once brought a household into a scope: they hold its rows and go when it goes."""
    query = (
        select(_ARRIVAL.c.id)
        .join(_RELOCATION, _RELOCATION.c.id == _ARRIVAL.c.relocation_id)
        .where(_ARRIVAL.c.scope == scope, _RELOCATION.c.household_id == household_id)
    )
    return sorted(found.bytes for found in connection.execute(query).scalars())
