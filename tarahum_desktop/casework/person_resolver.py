"""Which record stands for a person: follows ``merged_into`` to its end, the same end on every replica.

Two offices may merge one pair in opposite directions without knowing of each other. Then the two records name each
other, and the one with the smaller id stands for both until somebody settles the exception.
"""

import uuid
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.models import Person

_PERSON: Any = Person.__table__
_IDS_A_QUERY: Final = 400


def resolve_person(connection: Connection, person_id: uuid.UUID) -> uuid.UUID:
    """The record that stands for a person; the id itself for somebody not here."""
    return resolve_people(connection, [person_id])[person_id]


def resolve_people(connection: Connection, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The record that stands for each person."""
    wanted = list(dict.fromkeys(ids))
    into = _merged_into(connection, wanted)
    pending = set(into.values()) - into.keys()
    asked = set(wanted)
    while pending - asked:
        asked |= pending
        found = _merged_into(connection, pending)
        into |= found
        pending = set(found.values()) - asked
    return {one: end_of(into, one) for one in wanted}


def end_of(into: dict[uuid.UUID, uuid.UUID], start: uuid.UUID) -> uuid.UUID:
    """The end of a chain of merges; of a ring, its smallest id."""
    path: list[uuid.UUID] = [start]
    while (following := into.get(path[-1])) is not None:
        if following in path:
            return min(path[path.index(following) :], key=lambda one: one.bytes)
        path.append(following)
    return path[-1]


def _merged_into(connection: Connection, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    wanted, found = list(ids), {}
    for at in range(0, len(wanted), _IDS_A_QUERY):
        query = select(_PERSON.c.id, _PERSON.c.merged_into).where(
            _PERSON.c.id.in_(wanted[at : at + _IDS_A_QUERY]), _PERSON.c.merged_into.is_not(None)
        )
        found.update({row.id: row.merged_into for row in connection.execute(query)})
    return found
