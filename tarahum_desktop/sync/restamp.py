"""Makes the stamps of unsent changes anew after this machine's clock was found to run ahead.

A stamp from the future would win every later edit on every replica, so the other side refuses it. The
unsent changes keep their order; rows, marks, conflicts, later changes that name the old stamps, and the
digests follow in one transaction.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from tarahum_desktop.models import Conflict, Outbox
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.clock import COUNTER_BITS, MAX_AHEAD_MS, make_stamp, stamp_reading
from tarahum_desktop.sync.handing import sealed_up_to
from tarahum_desktop.sync.merge_rows import conflict_id
from tarahum_desktop.sync.replica import CLOCK_KEY, OFFSET_KEY, Replica
from tarahum_desktop.sync.row_state import FieldMark, pack_marks, unpack_marks
from tarahum_desktop.sync.row_store import read_rows
from tarahum_desktop.sync.scope_book import open_scope
from tarahum_desktop.sync.settings import write_setting
from tarahum_desktop.sync.shapes import shapes

_OUTBOX: Any = Outbox.__table__
_CONFLICT: Any = Conflict.__table__


def set_clock_offset(connection: Connection, replica: Replica, true_ms: int) -> None:
    """Keep how far this machine's clock is off, so that new stamps are right although it is not."""
    offset = true_ms - replica.wall()
    replica.offset_ms = offset if abs(offset) > MAX_AHEAD_MS else 0
    write_setting(connection, OFFSET_KEY, replica.offset_ms or None)


def restamp_unsent(
    connection: Connection, replica: Replica, true_ms: int, held: Mapping[str, int] | None = None
) -> int:
    """Restamp the unsent changes that lie in the true time's future; returns how many there were.

    ``held`` is how far others have the own changes of each scope; where it is not given, all that was handed over.
    """
    limit = make_stamp((true_ms + MAX_AHEAD_MS // 2) << COUNTER_BITS, 0)
    latest = (
        select(_OUTBOX.c.stamp).order_by(_OUTBOX.c.stamp.desc()).limit(1)
    )  # PostgreSQL has no max of bytes
    if (connection.execute(latest).scalar_one_or_none() or b"") <= limit:
        return 0
    query = select(_OUTBOX).order_by(_OUTBOX.c.stamp, _OUTBOX.c.scope, _OUTBOX.c.sequence)
    records = _unsealed(connection, replica, connection.execute(query).all(), held)
    late = [record for record in records if record.stamp > limit]
    if not late:
        return 0
    replica.clock.restart(_latest_reading(record.stamp for record in records if record not in late))
    old = {record.stamp for record in late}
    new: dict[bytes, bytes] = {}
    for record in late:
        if record.stamp not in new:
            # What it replaces may be a few minutes ahead of the true time and must stay the earlier one.
            replaced = (stamp for stamp in _replaced_by(record) if stamp not in old)
            replica.clock.resume(_latest_reading(replaced))
            new[record.stamp] = make_stamp(replica.clock.tick(true_ms), replica.device)
    write_setting(connection, CLOCK_KEY, replica.clock.last_reading)
    for record in records:
        _restamp_change(connection, record, new)
    for scope, entity in sorted({(record.scope, record.entity) for record in late}):
        rows = sorted({r.row_id.bytes for r in late if (r.scope, r.entity) == (scope, entity)})
        _restamp_rows(connection, scope, entity, rows, new)
    return len(late)


def _unsealed(
    connection: Connection, replica: Replica, records: Sequence[Any], held: Mapping[str, int] | None
) -> list[Any]:
    """Without what was handed over, and what was stamped with it: others may have it under its stamp already."""
    up_to = {
        scope: sealed_up_to(connection, scope, replica.device, 0) if held is None else held.get(scope, 0)
        for scope in {found.scope for found in records}
    }
    sealed = {found.stamp for found in records if found.sequence <= up_to[found.scope]}
    return [found for found in records if found.stamp not in sealed]


def _latest_reading(stamps: Iterable[bytes]) -> int:
    return max(map(stamp_reading, stamps), default=0)


def _replaced_by(record: Any) -> list[bytes]:
    if record.is_insert:
        return []
    patch = msgspec.msgpack.decode(record.patch)
    return [stamp for _, replaces, _ in patch.values() for stamp in replaces]


def _restamp_change(connection: Connection, record: Any, new: dict[bytes, bytes]) -> None:
    values: dict[str, Any] = {"stamp": new.get(record.stamp, record.stamp)}
    if not record.is_insert:
        patch = msgspec.msgpack.decode(record.patch)
        for edit in patch.values():
            edit[1] = [new.get(stamp, stamp) for stamp in edit[1]]
        values["patch"] = msgspec.msgpack.encode(patch)
    connection.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.scope == record.scope, _OUTBOX.c.sequence == record.sequence)
        .values(**values)
    )


def _restamp_rows(
    connection: Connection, scope: str, entity: str, row_ids: list[bytes], new: dict[bytes, bytes]
) -> None:
    table = shapes()[entity].table
    book = open_scope(connection, scope)
    for row_id, row in read_rows(connection, entity, row_ids).items():
        marks = unpack_marks(row.field_stamps)
        losers = _losers_of(connection, row_id)
        before = digest.row_hash(entity, row_id, row.stamp, _stamps(marks), losers)
        stamp = new.get(row.stamp, row.stamp)
        marks = {
            name: FieldMark(new.get(mark.stamp, mark.stamp), mark.author) for name, mark in marks.items()
        }
        connection.execute(
            update(table)
            .where(table.c.id == uuid.UUID(bytes=row_id))
            .values(stamp=stamp, field_stamps=pack_marks(marks))
        )
        _restamp_losers(connection, row_id, losers, new)
        after_losers = [(field, new.get(old, old)) for field, old in losers]
        book.add(digest.row_hash(entity, row_id, stamp, _stamps(marks), after_losers) - before)
    book.save(connection)


def _stamps(marks: dict[str, FieldMark]) -> dict[str, bytes]:
    return {name: mark.stamp for name, mark in marks.items()}


def _losers_of(connection: Connection, row_id: bytes) -> list[tuple[str, bytes]]:
    query = select(_CONFLICT.c.field, _CONFLICT.c.stamp).where(_CONFLICT.c.row_id == uuid.UUID(bytes=row_id))
    return [(found.field, found.stamp) for found in connection.execute(query)]


def _restamp_losers(
    connection: Connection, row_id: bytes, losers: list[tuple[str, bytes]], new: dict[bytes, bytes]
) -> None:
    for field, old in losers:
        if old in new:
            connection.execute(
                update(_CONFLICT)
                .where(_CONFLICT.c.id == conflict_id(row_id, field, old))
                .values(id=conflict_id(row_id, field, new[old]), stamp=new[old])
            )
