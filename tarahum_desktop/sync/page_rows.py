"""Puts rows of a page, with their whole merge state, into the tables and accounts for them."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert

from tarahum_desktop.models import Conflict
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import unpack_losers
from tarahum_desktop.sync.merge_rows import conflict_id
from tarahum_desktop.sync.row_state import pack_carried, unpack_carried, unpack_marks
from tarahum_desktop.sync.row_store import insert_rows
from tarahum_desktop.sync.scope_book import ScopeBook

_CONFLICT: Any = Conflict.__table__
Kept = tuple[bytes | None, bytes | None]


def with_strange(kept: list[Kept], fitted: list[Kept]) -> list[Kept]:
    """Fields this program does not know, as columns of the page, join those that were carried there too."""
    together = []
    for (marks, carried), (_, strange) in zip(kept, fitted, strict=True):
        edited = unpack_marks(marks)
        columns = {
            name: (value, edited[name].stamp if name in edited else stamp)
            for name, (value, stamp) in unpack_carried(strange).items()
        }
        together.append((marks, pack_carried(unpack_carried(carried) | columns)))
    return together


def stamps_of(group: InsertGroup, kept: list[Kept], losers: list[bytes | None]) -> Iterable[bytes]:
    """Every stamp a page's rows, edited fields and open conflicts carry."""
    yield from group.stamps
    for marks, _ in kept:
        yield from (mark.stamp for mark in unpack_marks(marks).values())
    for packed in losers:
        yield from (stamp for _, stamp, *_ in unpack_losers(packed))


def insert_at(
    connection: Connection,
    book: ScopeBook,
    group: InsertGroup,
    kept: list[Kept],
    losers: list[bytes | None],
    places: list[int],
) -> None:
    """Insert the rows at these places of a page and account for them; the caller saves the book."""
    rows = group if len(places) == len(group.row_ids) else _pick(group, places)
    insert_rows(connection, book.scope, rows, [kept[at] for at in places])
    insert_losers(connection, book.scope, group, losers, places)
    plain = [at for at in places if kept[at][0] is None and losers[at] is None]
    total = digest.new_rows_hash(
        group.entity, [group.row_ids[at] for at in plain], [group.stamps[at] for at in plain]
    )
    for at in sorted(set(places) - set(plain)):
        total += state_hash(group.entity, group.row_ids[at], group.stamps[at], kept[at][0], losers[at])
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


def state_hash(entity: str, row_id: bytes, stamp: bytes, marks: bytes | None, losers: bytes | None) -> int:
    """The hash of one row from its packed merge state."""
    stamps = {name: mark.stamp for name, mark in unpack_marks(marks).items()}
    heads = [(field, losing) for field, losing, *_ in unpack_losers(losers)]
    return digest.row_hash(entity, row_id, stamp, stamps, heads)


def insert_losers(
    connection: Connection, scope: str, group: InsertGroup, losers: list[bytes | None], places: list[int]
) -> None:
    """Insert the open conflicts of the rows at these places."""
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
