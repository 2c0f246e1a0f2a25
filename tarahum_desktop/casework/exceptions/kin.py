"""Fathers and mothers on record that cannot be: somebody's own ancestor, or younger than their child."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.findings import Found
from tarahum_desktop.domain.kinship import Kin, kinship_faults
from tarahum_desktop.domain.partial_date import DateRange
from tarahum_desktop.models import Person

KINDS: Final = ("kin_circle", "kin_parent_younger", "kin_parent_too_young")
_PERSON: Any = Person.__table__
_COLUMNS: Final = (
    _PERSON.c.id, _PERSON.c.scope, _PERSON.c.father_id, _PERSON.c.mother_id, _PERSON.c.birth_first, _PERSON.c.birth_last,
)  # fmt: skip
_IDS_A_QUERY: Final = 400


def impossible_kin(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Doubts about recorded parents, in a stable order."""
    linked = or_(_PERSON.c.father_id.is_not(None), _PERSON.c.mother_id.is_not(None))
    children = connection.execute(
        select(*_COLUMNS).where(
            linked,
            _PERSON.c.removed_at.is_(None),
            _PERSON.c.merged_into.is_(None),
            _PERSON.c.scope.concat("").in_(scopes),
        )
    ).all()
    people = {row.id: row for row in children}
    missing = {
        parent for row in children for parent in (row.father_id, row.mother_id) if parent
    } - people.keys()
    for row in _parents(connection, list(missing)):
        people[row.id] = row
    for fault in kinship_faults(_kin(row) for row in people.values()):
        ids = [uuid.UUID(hex=one) for one in fault.ids]
        facts = {"entity": "person", "people": [one.hex for one in ids]}
        subject = ":".join((fault.code, *fault.ids))
        second = ids[1] if len(ids) > 1 else None
        yield Found(fault.code, subject, people[ids[0]].scope, ids[0], second, 0, facts)


def _parents(connection: Connection, ids: list[uuid.UUID]) -> Iterator[Any]:
    for at in range(0, len(ids), _IDS_A_QUERY):
        yield from connection.execute(
            select(*_COLUMNS).where(_PERSON.c.id.in_(ids[at : at + _IDS_A_QUERY]))
        ).all()


def _kin(row: Any) -> Kin:
    known = row.birth_first is not None and row.birth_last is not None
    return Kin(
        row.id.hex,
        row.father_id.hex if row.father_id else None,
        row.mother_id.hex if row.mother_id else None,
        DateRange(row.birth_first, row.birth_last) if known else None,
    )
