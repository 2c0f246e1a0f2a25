"""What the two sides of moving rows between scopes share: the centre that moves them and the replicas that follow."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from tarahum_desktop.models import Conflict, Departure
from tarahum_desktop.sync.departure_ids import departure_id
from tarahum_desktop.sync.page_rows import state_hash
from tarahum_desktop.sync.row_store import StoredRow, existing_ids

_CONFLICT: Any = Conflict.__table__
_DEPARTURE: Any = Departure.__table__
_IDS_A_QUERY: Final = 500


def departed(connection: Connection, scope: str, row_ids: Iterable[bytes]) -> set[bytes]:
    """Which of these rows have ever left the scope."""
    by_departure = {departure_id(scope, row_id).bytes: row_id for row_id in row_ids}
    return {by_departure[found] for found in existing_ids(connection, "departure", list(by_departure))}


def away(connection: Connection, scope: str, row_ids: Iterable[bytes]) -> dict[bytes, Any]:
    """The departures in effect among these rows, by row id: ``entity`` and ``relocation_id`` of each."""
    ids = [departure_id(scope, row_id) for row_id in row_ids]
    found: dict[bytes, Any] = {}
    for at in range(0, len(ids), _IDS_A_QUERY):
        query = select(_DEPARTURE.c.row_id, _DEPARTURE.c.entity, _DEPARTURE.c.relocation_id).where(
            _DEPARTURE.c.id.in_(ids[at : at + _IDS_A_QUERY]), _DEPARTURE.c.removed_at.is_(None)
        )
        found.update((record.row_id.bytes, record) for record in connection.execute(query))
    return found


def losers_of(connection: Connection, row_ids: Collection[bytes]) -> dict[bytes, bytes]:
    """The open conflicts of each of these rows that has some, packed as a page carries them."""
    found: dict[bytes, list[Any]] = {}
    ids = [uuid.UUID(bytes=row_id) for row_id in row_ids]
    for at in range(0, len(ids), _IDS_A_QUERY):
        query = select(_CONFLICT).where(_CONFLICT.c.row_id.in_(ids[at : at + _IDS_A_QUERY]))
        for record in connection.execute(query):
            author = record.author.bytes if record.author else None
            found.setdefault(record.row_id.bytes, []).append(
                (record.field, record.stamp, record.value, author, record.base)
            )
    return {row_id: msgspec.msgpack.encode(sorted(losers)) for row_id, losers in found.items()}


def hash_of_rows(entity: str, rows: Collection[StoredRow], losers: dict[bytes, bytes]) -> int:
    """What these rows and their open conflicts add to the digest of their scope."""
    return sum(
        state_hash(entity, row.row_id, row.stamp, row.field_stamps, losers.get(row.row_id)) for row in rows
    )
