"""Writes many new rows at once at a centre, past the session but not past the log.

For seeding and for loading registers: rows go in by columns, and each few thousand become one signed batch
of this replica's own, with digest, sequence and position kept exactly as if they had been written one by one.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self

from sqlalchemy import Connection

from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import Batch, BatchHeader, InsertGroup
from tarahum_desktop.sync.clock import make_stamp
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.log import append_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_store import insert_rows
from tarahum_desktop.sync.scope_book import ScopeBook, advance_vector, open_scope
from tarahum_desktop.sync.shapes import Field, Kind, shapes, to_wire

ROWS_A_BATCH: Final = 2_000
Row = Mapping[str, Any]
_CONVERTED: Final = frozenset({Kind.ID, Kind.DAY, Kind.MOMENT, Kind.DOCUMENT, Kind.FLAG})


class BulkWriter:
    """Collects new rows by scope and writes each few thousand in one transaction.

    A row is ``{field: model value}`` with ``id``, ``scope`` and optionally ``author``. Use as a context
    manager: leaving it writes what is left.
    """

    def __init__(self, replica: Replica, rows_a_batch: int = ROWS_A_BATCH) -> None:
        self._replica = replica
        self._limit = rows_a_batch
        self._waiting: dict[str, dict[str, list[Row]]] = {}
        self._counts: dict[str, int] = {}
        self.written = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None:
            self.flush()

    def write(self, entity: str, rows: Iterable[Row]) -> None:
        """Take new rows of one table; they are durable after ``flush`` or when their batch is full."""
        for row in rows:
            scope = row["scope"]
            self._waiting.setdefault(scope, {}).setdefault(entity, []).append(row)
            self._counts[scope] = self._counts.get(scope, 0) + 1
            if self._counts[scope] >= self._limit:
                self._write_scope(scope)

    def flush(self) -> None:
        """Write everything that still waits."""
        for scope in list(self._waiting):
            self._write_scope(scope)

    def _write_scope(self, scope: str) -> None:
        pages = self._waiting.pop(scope)
        count = self._counts.pop(scope)
        with self._replica.engine.begin() as connection:
            book = open_scope(connection, scope)
            stamp = make_stamp(self._replica.tick(connection), self._replica.device)
            groups = []
            sequence = book.next_sequence
            for entity, rows in pages.items():
                groups.append(columns_of(entity, rows, stamp, sequence))
                sequence += len(rows)
            self._store(connection, book, groups, count)
        self.written += count

    def _store(self, connection: Connection, book: ScopeBook, groups: list[InsertGroup], count: int) -> None:
        replica = self._replica
        header = BatchHeader(
            replica.schema, book.scope, replica.device, book.next_sequence, book.next_sequence + count - 1, {}
        )
        for group in groups:
            insert_rows(connection, book.scope, group)
            book.add(digest.new_rows_hash(group.entity, group.row_ids, group.stamps), rows=len(group.row_ids))
            for index in replica.indexes:
                if index.entity == group.entity:
                    index.refresh(connection, group.row_ids)
        payload = seal_batch(Batch(header, groups, []), replica.signer)
        append_batch(connection, book, header, count, payload, replica.wall())
        advance_vector(connection, book.scope, replica.device, header.last)
        book.next_sequence = header.last + 1
        book.acknowledged = header.last
        book.save(connection)


def columns_of(entity: str, rows: Sequence[Row], stamp: bytes, first: int) -> InsertGroup:
    """New rows of one table as columns, numbered from ``first``."""
    fields = shapes()[entity].fields
    authors: list[bytes | None] = [_id_bytes(row.get("author")) for row in rows]
    return InsertGroup(
        entity,
        tuple(field.name for field in fields),
        list(range(first, first + len(rows))),
        [row["id"].bytes for row in rows],
        [stamp] * len(rows),
        authors,
        [_column(field, rows) for field in fields],
    )


def _column(field: Field, rows: Sequence[Row]) -> list[Any]:
    name = field.name
    values = [row.get(name) for row in rows]
    if field.kind not in _CONVERTED:
        return values
    return [to_wire(field.kind, value) for value in values]


def _id_bytes(value: uuid.UUID | None) -> bytes | None:
    return None if value is None else value.bytes
