"""The append-only log of batches, and the outbox they are sealed from."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, LargeBinary, delete, func, insert, select, type_coerce

from tarahum_desktop.models import BatchLog, Outbox
from tarahum_desktop.models.types import RowId, from_milliseconds
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, FieldEdit, InsertGroup
from tarahum_desktop.sync.scope_book import ScopeBook, read_vector
from tarahum_desktop.sync.shapes import shapes

PACK_DEVICE: Final = 0
"""No device has this number: an entry under it is a re-pack, and its sequences are the centre's log positions."""
MAX_PATCH_BYTES: Final = 16 * 1024 * 1024
_COUNTED_ENTRIES: Final = 2_000
_RECORDS_A_FETCH: Final = 500
_LOG: Any = BatchLog.__table__
_OUTBOX: Any = Outbox.__table__


def append_batch(
    connection: Connection, book: ScopeBook, header: BatchHeader, rows: int, payload: bytes, wall_ms: int
) -> int:
    """Put a batch at the next position of its scope; the caller saves the book."""
    book.head += 1
    connection.execute(
        insert(_LOG).values(
            scope=book.scope,
            position=book.head,
            device=header.device,
            first_sequence=header.first,
            last_sequence=header.last,
            rows=rows,
            payload=payload,
            received_at=from_milliseconds(wall_ms),
        )
    )
    return book.head


def unsent_counts(connection: Connection) -> dict[str, int]:
    """How many changes wait in the outbox, by scope."""
    query = select(_OUTBOX.c.scope, func.count()).group_by(_OUTBOX.c.scope)
    return dict(connection.execute(query).all())


def take_batch(
    connection: Connection, device: int, schema: int, scope: str, after: int, limit: int
) -> Batch | None:
    """The next unsent changes of a scope as a batch, None when there are none.

    Args:
        connection: for reading.
        device: this device.
        schema: the schema this program writes.
        scope: whose changes.
        after: the last sequence the receiver has.
        limit: at most this many changes.
    """
    query = (
        select(*_raw_columns(connection))
        .where(_OUTBOX.c.scope == scope, _OUTBOX.c.sequence > after)
        .order_by(_OUTBOX.c.sequence)
        .limit(limit)
    )
    records = _up_to(connection.execute(query).yield_per(_RECORDS_A_FETCH), MAX_PATCH_BYTES)
    if not records:
        return None
    vector = read_vector(connection, scope)
    needs = {other: sequence for other, sequence in vector.items() if other != device}
    header = BatchHeader(schema, scope, device, records[0].sequence, records[-1].sequence, needs)
    return _assemble(header, records)


def _raw_columns(connection: Connection) -> list[Any]:
    """The outbox with ids as a file keeps them, since bytes are what travels; PostgreSQL gives UUIDs."""
    if connection.dialect.name == "postgresql":
        return list(_OUTBOX.c)
    return [
        type_coerce(column, LargeBinary).label(column.name) if isinstance(column.type, RowId) else column
        for column in _OUTBOX.c
    ]


def _up_to(found: Iterable[Any], limit_bytes: int) -> list[Any]:
    """Records until their patches fill a batch; always at least one, and all of a small outbox."""
    records: list[Any] = []
    room = limit_bytes
    for record in found:
        room -= len(record.patch)
        if records and room < 0:
            break
        records.append(record)
    return records


def _assemble(header: BatchHeader, records: Any) -> Batch:
    fresh: dict[str, list[Any]] = {}
    updates: list[Change] = []
    for record in records:
        if record.is_insert:
            fresh.setdefault(record.entity, []).append(record)
        else:
            updates.append(update_of(record))
    return Batch(header, [_insert_group(entity, rows) for entity, rows in fresh.items()], updates)


def _insert_group(entity: str, records: list[Any]) -> InsertGroup:
    decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
    patches = [decode(record.patch) for record in records]
    used = {name for patch in patches for name in patch}
    names = tuple(name for name in shapes()[entity].names if name in used)
    return InsertGroup(
        entity,
        names,
        [record.sequence for record in records],
        [_bytes_of(record.row_id) for record in records],
        [record.stamp for record in records],
        [_bytes_of(record.author) for record in records],
        [[patch.get(name) for patch in patches] for name in names],
    )


def update_of(record: Any) -> Change:
    """The change of an outbox record that is an update."""
    patch = msgspec.msgpack.decode(record.patch, type=dict[str, tuple[Any, list[bytes], Any]])
    edits = {
        name: FieldEdit(value, tuple(replaces), before) for name, (value, replaces, before) in patch.items()
    }
    return Change(
        record.sequence,
        record.entity,
        _bytes_of(record.row_id),
        record.stamp,
        _bytes_of(record.author),
        None,
        edits,
    )


def unsent_edits(connection: Connection, scope: str, entity: str) -> list[Change]:
    """The edits of one table's rows in a scope that were not sent yet, in order."""
    query = (
        select(_OUTBOX)
        .where(_OUTBOX.c.scope == scope, _OUTBOX.c.entity == entity, _OUTBOX.c.is_insert.is_(False))
        .order_by(_OUTBOX.c.sequence)
    )
    return [update_of(record) for record in connection.execute(query)]


def _bytes_of(value: Any) -> Any:
    return value if value is None or isinstance(value, bytes) else value.bytes


def confirm_sent(
    connection: Connection, book: ScopeBook, header: BatchHeader, rows: int, payload: bytes, wall_ms: int
) -> None:
    """A receipt came for a batch of ours: it moves from the outbox to the log."""
    append_batch(connection, book, header, rows, payload, wall_ms)
    connection.execute(
        delete(_OUTBOX).where(_OUTBOX.c.scope == book.scope, _OUTBOX.c.sequence <= header.last)
    )
    book.acknowledged = max(book.acknowledged, header.last)
    book.save(connection)


def read_log(
    connection: Connection,
    scope: str,
    after: int,
    but_not_from: int,
    limit: int,
    limit_bytes: int,
) -> tuple[list[Any], bool]:
    """Log entries ``(position, payload)`` of other devices after a position, and whether these are all.

    At most ``limit`` of them and, after the first, at most ``limit_bytes``: sizes are read before payloads. Between
    the two a re-pack may take the place of entries; it lies at the last position it stands for, so what is found then
    still follows on from ``after`` without a gap.
    """
    query = (
        select(_LOG.c.position, func.length(_LOG.c.payload).label("size"))
        .where(
            _LOG.c.scope == scope,
            _LOG.c.position > after,
            _LOG.c.device != but_not_from,
        )
        .order_by(_LOG.c.position)
        .limit(limit)
    )
    found = connection.execute(query).all()
    positions: list[int] = []
    room = limit_bytes
    for entry in found:
        room -= entry.size
        if positions and room < 0:
            break
        positions.append(entry.position)
    if not positions:
        return [], True
    chosen = (
        select(_LOG.c.position, _LOG.c.payload)
        .where(_LOG.c.scope == scope, _LOG.c.position.in_(positions))
        .order_by(_LOG.c.position)
    )
    entries = list(connection.execute(chosen))
    return entries, len(entries) == len(positions) == len(found) < limit


def waiting(connection: Connection, scope: str, after: int, up_to: int, but_not_from: int) -> tuple[int, int]:
    """``(rows, bytes)`` of other devices' log entries between two positions; payloads are measured, not read.

    Far more than a working day's entries are not counted but estimated from the first of them: a device that was away
    for a year must not make the other side walk through the year to tell it so.
    """
    first = (
        select(_LOG.c.position, _LOG.c.rows, func.length(_LOG.c.payload).label("size"))
        .where(_LOG.c.scope == scope, _LOG.c.position > after, _LOG.c.position <= up_to)
        .where(_LOG.c.device != but_not_from)
        .order_by(_LOG.c.position)
        .limit(_COUNTED_ENTRIES)
        .subquery()
    )
    query = select(
        func.count(), func.max(first.c.position), func.sum(first.c.rows), func.sum(first.c.size)
    ).select_from(first)
    entries, reached, rows, size = connection.execute(query).one()
    if not entries:
        return 0, 0
    if entries < _COUNTED_ENTRIES:
        return int(rows), int(size)
    share = (up_to - after) / (reached - after)
    return round(int(rows) * share), round(int(size) * share)
