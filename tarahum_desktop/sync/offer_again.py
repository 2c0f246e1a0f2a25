"""Offers to the other side what it has lost, as new changes of this device in the names of those who wrote it.

A receiver skips batches it once applied, so a row or an edit that it lost after that can only come as a new change.
Values, authors and the open conflicts of a field are those that are here; only stamps and sequences are new.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, update

from tarahum_desktop.models import Conflict, Outbox
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, FieldEdit, InsertGroup
from tarahum_desktop.sync.clock import make_stamp
from tarahum_desktop.sync.codec.page import Loser
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.merge_rows import RowMerger
from tarahum_desktop.sync.page_rows import state_hash
from tarahum_desktop.sync.permissions_check import check_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import unpack_value
from tarahum_desktop.sync.row_store import StoredRow
from tarahum_desktop.sync.scope_book import ScopeBook
from tarahum_desktop.sync.shapes import shapes

_CONFLICT: Any = Conflict.__table__
_OUTBOX: Any = Outbox.__table__


@dataclass(frozen=True, slots=True)
class LostEdit:
    """A field as it is here: shown value and author, the stamps it replaces over there, and the losers lacking there."""

    name: str
    value: Any
    author: bytes | None
    replaces: tuple[bytes, ...]
    losers: Sequence[Loser]


class Offers:
    """Writes new changes of one table's rows to the outbox and to the rows; the caller saves the book."""

    def __init__(self, connection: Connection, replica: Replica, book: ScopeBook, entity: str) -> None:
        self._connection = connection
        self._replica = replica
        self._book = book
        self._entity = entity

    def may_insert(self, row: StoredRow) -> bool:
        """Whether whoever made the row may make it still, by the rules the other side asks."""
        return self._entity in shapes() and self._allowed([self._group(row, row.stamp)], [])

    def may_edit(self, row: StoredRow, lost: Iterable[LostEdit]) -> bool:
        """Whether the authors of these edits may make them, by the rules the other side asks."""
        changes = list(self._changes(row.row_id, lost))
        return self._entity in shapes() and self._allowed([], changes)

    def insert(self, row: StoredRow, losers: Sequence[Loser]) -> None:
        """Offer a row as new, then its open conflicts."""
        stamp = self._stamp()
        before = state_hash(
            self._entity, row.row_id, row.stamp, row.field_stamps, msgspec.msgpack.encode(list(losers))
        )
        table = shapes()[self._entity].table
        row_id = uuid.UUID(bytes=row.row_id)
        self._connection.execute(
            update(table).where(table.c.id == row_id).values(stamp=stamp, field_stamps=None)
        )
        self._connection.execute(delete(_CONFLICT).where(_CONFLICT.c.row_id == row_id))
        self._book.add(digest.new_rows_hash(self._entity, [row.row_id], [stamp]) - before)
        patch = {name: value for name, value in row.values.items() if value is not None}
        self._record(row.row_id, stamp, row.author, patch, is_insert=True)
        names = sorted({name for name, *_ in losers})
        self.edit(
            row.row_id,
            [
                LostEdit(
                    name, row.values[name], row.author, (stamp,), [one for one in losers if one[0] == name]
                )
                for name in names
            ],
        )

    def edit(self, row_id: bytes, lost: Iterable[LostEdit]) -> None:
        """Offer edits of a row that is in the other side's state here, so that both merge them alike."""
        merger = RowMerger(self._connection, self._book.scope, self._entity, [row_id])
        for change in self._changes(row_id, lost):
            merger.merge(change)
            patch = {
                name: [edit.value, list(edit.replaces), edit.before] for name, edit in change.edits.items()
            }
            self._record(row_id, change.stamp, change.author, patch, is_insert=False)
        self._book.add(merger.save())

    def _changes(self, row_id: bytes, lost: Iterable[LostEdit]) -> Iterator[Change]:
        """First each losing value beside what is shown over there, then the shown one in place of that."""
        for field in lost:
            for _, _, value, author, before in field.losers:
                edit = FieldEdit(unpack_value(value), (), unpack_value(before))
                yield self._change(row_id, field.name, edit, author)
            yield self._change(row_id, field.name, FieldEdit(field.value, field.replaces), field.author)

    def _change(self, row_id: bytes, name: str, edit: FieldEdit, author: bytes | None) -> Change:
        return Change(1, self._entity, row_id, self._stamp(), author, None, {name: edit})

    def _stamp(self) -> bytes:
        return make_stamp(self._replica.tick(self._connection), self._replica.device)

    def _group(self, row: StoredRow, stamp: bytes) -> InsertGroup:
        names = tuple(name for name, value in row.values.items() if value is not None)
        columns = [[row.values[name]] for name in names]
        return InsertGroup(self._entity, names, [1], [row.row_id], [stamp], [row.author], columns)

    def _allowed(self, inserts: list[InsertGroup], updates: list[Change]) -> bool:
        header = BatchHeader(self._replica.schema, self._book.scope, self._replica.device, 1, 1, {})
        try:
            check_batch(self._connection, Batch(header, inserts, updates))
        except SyncError:
            return False
        return True

    def _record(
        self, row_id: bytes, stamp: bytes, author: bytes | None, patch: dict[str, Any], *, is_insert: bool
    ) -> None:
        self._connection.execute(
            insert(_OUTBOX).values(
                scope=self._book.scope,
                sequence=self._book.next_sequence,
                entity=self._entity,
                row_id=uuid.UUID(bytes=row_id),
                is_insert=is_insert,
                stamp=stamp,
                author=uuid.UUID(bytes=author) if author else None,
                patch=msgspec.msgpack.encode(patch),
            )
        )
        self._book.next_sequence += 1
