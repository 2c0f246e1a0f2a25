"""Applies a page of a snapshot: inserts the rows that are not here and brings those that are up to the page's state.

The page stands for everything the other side has applied. What was written here and not sent yet is merged
on top of it again, so a snapshot taken by a device that has worked already loses nothing of either.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from tarahum_desktop.models import Conflict, Outbox
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.apply import fit_to_shape, reindex
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import Page, unpack_losers
from tarahum_desktop.sync.log import update_of
from tarahum_desktop.sync.merge_rows import RowMerger, conflict_id
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import insert_rows, read_rows, update_row
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope
from tarahum_desktop.sync.snapshot import packed_losers

_CONFLICT: Any = Conflict.__table__
_OUTBOX: Any = Outbox.__table__
_NO_STAMP = b""
Kept = tuple[bytes | None, bytes | None]


def apply_page(connection: Connection, replica: Replica, page: Page) -> int:
    """Apply a verified page; returns how many rows were new.

    Raises:
        BadBatch: a value does not fit its field.
        ClockAhead: a stamp lies too far in the future.
    """
    book = open_scope(connection, page.scope)
    group, fitted = fit_to_shape(page.group)
    kept = page.kept if fitted is None else _with_strange(page.kept, fitted)
    replica.observe(max(_stamps_of(group, kept, page.losers), default=_NO_STAMP))
    here = read_rows(connection, group.entity, group.row_ids)
    fresh = [at for at, row_id in enumerate(group.row_ids) if row_id not in here]
    if fresh:
        _insert(connection, book, group, kept, page.losers, fresh)
    losers_here = packed_losers(connection, page.scope, group.entity) if here else {}
    met = [
        at
        for at, row_id in enumerate(group.row_ids)
        if (row := here.get(row_id)) is not None
        and ((row.field_stamps, row.carried), losers_here.get(row_id)) != (kept[at], page.losers[at])
    ]
    if met:
        _meet(connection, book, group, kept, page.losers, met, losers_here)
    book.save(connection)
    replica.keep_clock(connection)
    reindex(connection, replica, group.entity, [group.row_ids[at] for at in sorted((*fresh, *met))])
    return len(fresh)


def _with_strange(kept: list[Kept], fitted: list[Kept]) -> list[Kept]:
    """Fields this program does not know, as columns of the page, join those that were carried there too."""
    return [(marks, strange or carried) for (marks, carried), (_, strange) in zip(kept, fitted, strict=True)]


def _stamps_of(group: InsertGroup, kept: list[Kept], losers: list[bytes | None]) -> Iterable[bytes]:
    yield from group.stamps
    for marks, _ in kept:
        yield from (mark.stamp for mark in unpack_marks(marks).values())
    for packed in losers:
        yield from (stamp for _, stamp, *_ in unpack_losers(packed))


def _insert(
    connection: Connection,
    book: ScopeBook,
    group: InsertGroup,
    kept: list[Kept],
    losers: list[bytes | None],
    places: list[int],
) -> None:
    rows = group if len(places) == len(group.row_ids) else _pick(group, places)
    insert_rows(connection, book.scope, rows, [kept[at] for at in places])
    _insert_losers(connection, book.scope, group, losers, places)
    plain = [at for at in places if kept[at][0] is None and losers[at] is None]
    total = digest.new_rows_hash(
        group.entity, [group.row_ids[at] for at in plain], [group.stamps[at] for at in plain]
    )
    for at in sorted(set(places) - set(plain)):
        total += _hash(group.entity, group.row_ids[at], group.stamps[at], kept[at][0], losers[at])
    book.add(total, rows=len(places))


def _pick(group: InsertGroup, places: list[int]) -> InsertGroup:
    return InsertGroup(
        group.entity,
        group.names,
        [],
        [group.row_ids[at] for at in places],
        [group.stamps[at] for at in places],
        [group.authors[at] for at in places],
        [[column[at] for at in places] for column in group.columns],
    )


def _hash(entity: str, row_id: bytes, stamp: bytes, marks: bytes | None, losers: bytes | None) -> int:
    stamps = {name: mark.stamp for name, mark in unpack_marks(marks).items()}
    heads = [(field, losing) for field, losing, *_ in unpack_losers(losers)]
    return digest.row_hash(entity, row_id, stamp, stamps, heads)


def _insert_losers(
    connection: Connection, scope: str, group: InsertGroup, losers: list[bytes | None], places: list[int]
) -> None:
    records = [
        {
            "id": conflict_id(group.row_ids[at], field, stamp),
            "scope": scope,
            "entity": group.entity,
            "row_id": uuid.UUID(bytes=group.row_ids[at]),
            "field": field,
            "stamp": stamp,
            "value": value,
            "author": uuid.UUID(bytes=author) if author else None,
            "base": base,
        }
        for at in places
        for field, stamp, value, author, base in unpack_losers(losers[at])
    ]
    if records:
        connection.execute(insert(_CONFLICT), records)


def _meet(
    connection: Connection,
    book: ScopeBook,
    group: InsertGroup,
    kept: list[Kept],
    losers: list[bytes | None],
    places: list[int],
    losers_here: dict[bytes, bytes],
) -> None:
    """Put the page's state in place of the rows' and merge what was not sent yet on top."""
    entity = group.entity
    ids = [group.row_ids[at] for at in places]
    for row_id, row in read_rows(connection, entity, ids).items():
        book.add(-_hash(entity, row_id, row.stamp, row.field_stamps, losers_here.get(row_id)))
    connection.execute(delete(_CONFLICT).where(_CONFLICT.c.row_id.in_([uuid.UUID(bytes=i) for i in ids])))
    for at in places:
        values = {name: column[at] for name, column in zip(group.names, group.columns, strict=True)}
        update_row(connection, entity, group.row_ids[at], values, *kept[at])
        book.add(_hash(entity, group.row_ids[at], group.stamps[at], kept[at][0], losers[at]))
    _insert_losers(connection, book.scope, group, losers, places)
    merger = RowMerger(connection, book.scope, entity, ids)
    for record in _unsent_edits(connection, book, entity, set(ids)):
        merger.merge(update_of(record))
    book.add(merger.save())


def _unsent_edits(connection: Connection, book: ScopeBook, entity: str, ids: set[bytes]) -> list[Any]:
    query = (
        select(_OUTBOX)
        .where(_OUTBOX.c.scope == book.scope, _OUTBOX.c.entity == entity, _OUTBOX.c.is_insert.is_(False))
        .order_by(_OUTBOX.c.sequence)
    )
    return [record for record in connection.execute(query) if record.row_id.bytes in ids]
