"""A scope's rows page by page, for a device that starts or has been away too long.

Pages go table by table in id order. Each is read in one transaction with its rows' open conflicts. Rows written
after the first page come again with the tail of the log; applying what is already here changes nothing, so the
result is the same as if all had been read at once. The digest proves it at the end.
"""

import uuid
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from tarahum_desktop.models import Conflict
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.apply import fit_to_shape, reindex
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import MAX_PAGE_ROWS, Page
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.merge_rows import conflict_id
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, existing_ids, insert_rows, read_page
from tarahum_desktop.sync.scope_book import open_scope
from tarahum_desktop.sync.shapes import shapes

_CONFLICT: Any = Conflict.__table__
_START = bytes(16)


def next_page(connection: Connection, scope: str, cursor: bytes, limit: int) -> tuple[Page | None, bytes]:
    """The page at a cursor and the cursor after it; no page and an empty cursor at the end."""
    entity, after = _read_cursor(cursor)
    names = list(shapes())
    for name in names[names.index(entity) :]:
        rows = read_page(
            connection, name, scope, after if name == entity else _START, min(limit, MAX_PAGE_ROWS)
        )
        if rows:
            return _page_of(connection, scope, name, rows), msgspec.msgpack.encode([name, rows[-1].row_id])
    return None, b""


def _read_cursor(cursor: bytes) -> tuple[str, bytes]:
    if not cursor:
        return next(iter(shapes())), _START
    try:
        entity, after = msgspec.msgpack.decode(cursor, type=tuple[str, bytes])
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadBatch(code="message_malformed") from error
    if entity not in shapes() or len(after) != len(_START):
        raise BadBatch(code="message_malformed")
    return entity, after


def _page_of(connection: Connection, scope: str, entity: str, rows: list[StoredRow]) -> Page:
    names = shapes()[entity].names
    group = InsertGroup(
        entity,
        names,
        [],
        [row.row_id for row in rows],
        [row.stamp for row in rows],
        [row.author for row in rows],
        [[row.values[name] for row in rows] for name in names],
    )
    losers = _losers_of(connection, scope, entity)
    return Page(
        scope,
        group,
        [(row.field_stamps, row.carried) for row in rows],
        [losers.get(row.row_id) for row in rows],
    )


def _losers_of(connection: Connection, scope: str, entity: str) -> dict[bytes, bytes]:
    found: dict[bytes, list[Any]] = {}
    query = select(_CONFLICT).where(_CONFLICT.c.scope == scope, _CONFLICT.c.entity == entity)
    for record in connection.execute(query):
        author = record.author.bytes if record.author else None
        found.setdefault(record.row_id.bytes, []).append(
            (record.field, record.stamp, record.value, author, record.base)
        )
    return {row_id: msgspec.msgpack.encode(sorted(losers)) for row_id, losers in found.items()}


def apply_page(connection: Connection, replica: Replica, page: Page) -> int:
    """Insert the rows of a verified page that are not here yet; returns how many."""
    book = open_scope(connection, page.scope)
    group, fitted = fit_to_shape(page.group)
    there = existing_ids(connection, group.entity, group.row_ids)
    stay = [at for at, row_id in enumerate(group.row_ids) if row_id not in there]
    if not stay:
        return 0
    fresh = InsertGroup(
        group.entity,
        group.names,
        [],
        [group.row_ids[at] for at in stay],
        [group.stamps[at] for at in stay],
        [group.authors[at] for at in stay],
        [[column[at] for at in stay] for column in group.columns] if there else group.columns,
    )
    kept = [(page.kept[at][0], fitted[at][1] if fitted else page.kept[at][1]) for at in stay]
    insert_rows(connection, page.scope, fresh, kept)
    _insert_losers(connection, page, fresh)
    book.add(_hash_rows(fresh, kept, page, stay), rows=len(stay))
    book.save(connection)
    replica.observe(max(fresh.stamps))
    replica.keep_clock(connection)
    reindex(connection, replica, fresh.entity, fresh.row_ids)
    return len(stay)


def _hash_rows(
    fresh: InsertGroup, kept: list[tuple[bytes | None, bytes | None]], page: Page, stay: list[int]
) -> int:
    plain = [at for at, (marks, _) in enumerate(kept) if marks is None and page.losers[stay[at]] is None]
    total = digest.new_rows_hash(
        fresh.entity, [fresh.row_ids[at] for at in plain], [fresh.stamps[at] for at in plain]
    )
    edited = set(range(len(stay))) - set(plain)
    for at in edited:
        stamps = {name: mark.stamp for name, mark in unpack_marks(kept[at][0]).items()}
        heads = [(field, stamp) for field, stamp, *_ in _losers(page.losers[stay[at]])]
        total += digest.row_hash(fresh.entity, fresh.row_ids[at], fresh.stamps[at], stamps, heads)
    return total


def _losers(packed: bytes | None) -> list[tuple[str, bytes, bytes, bytes | None, bytes | None]]:
    if packed is None:
        return []
    return msgspec.msgpack.decode(packed, type=list[tuple[str, bytes, bytes, bytes | None, bytes | None]])


def _insert_losers(connection: Connection, page: Page, fresh: InsertGroup) -> None:
    here = set(fresh.row_ids)
    records = [
        {
            "id": conflict_id(row_id, field, stamp),
            "scope": page.scope,
            "entity": fresh.entity,
            "row_id": uuid.UUID(bytes=row_id),
            "field": field,
            "stamp": stamp,
            "value": value,
            "author": uuid.UUID(bytes=author) if author else None,
            "base": base,
        }
        for row_id, packed in zip(page.group.row_ids, page.losers, strict=True)
        if packed is not None and row_id in here
        for field, stamp, value, author, base in _losers(packed)
    ]
    if records:
        connection.execute(insert(_CONFLICT), records)
