"""Merges edits into stored rows of one table and accounts for what changed.

Reads the rows and their open conflicts once, merges every edit in memory by the pure rule, then writes each
row back once.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from tarahum_desktop.domain.merge_policy import POLICIES
from tarahum_desktop.models import Conflict
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import Change, FieldEdit
from tarahum_desktop.sync.departure_ids import departure_id
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.field_history import HistoryBook
from tarahum_desktop.sync.merge import Head, merge_field
from tarahum_desktop.sync.row_state import (
    FieldMark,
    pack_carried,
    pack_marks,
    pack_value,
    unpack_carried,
    unpack_marks,
    unpack_value,
)
from tarahum_desktop.sync.row_store import StoredRow, existing_ids, read_rows, update_row
from tarahum_desktop.sync.shapes import Field, shape_of, strange_name, wire_values_fit

_CONFLICT: Any = Conflict.__table__
_CONFLICT_NAMES = uuid.UUID("4b1d2f0e-8f52-5b43-9d0e-636f6e666c69")


def conflict_id(row_id: bytes, field_name: str, stamp: bytes) -> uuid.UUID:
    """The id every replica gives the conflict over one losing edit."""
    return uuid.uuid5(_CONFLICT_NAMES, f"{row_id.hex()}:{field_name}:{stamp.hex()}")


@dataclass(slots=True)
class _Working:
    """One row while it is merged; ``losers`` are the open conflicts by field."""

    row: StoredRow
    marks: dict[str, FieldMark]
    carried: dict[str, tuple[Any, bytes]]
    losers: dict[str, list[Head]]
    changed: dict[str, Any] = field(default_factory=dict)
    edited: bool = False


def _may_have_been(field: Field, before: Any) -> bool:
    return before is None or wire_values_fit(field, [before])


def _replaced(shown: Head, edit: FieldEdit) -> Any:
    """The value the author saw, when it is the one shown here."""
    return shown.value if shown.stamp in edit.replaces else None


class RowMerger:
    """Merges changes into the rows of one entity; call ``save`` once at the end.

    Attributes:
        late: changes of rows that have left the scope: nothing here takes them up.
    """

    def __init__(
        self,
        connection: Connection,
        scope: str,
        entity: str,
        row_ids: list[bytes],
        history: HistoryBook | None = None,
    ) -> None:
        self.row_ids = row_ids
        self._connection = connection
        self._scope = scope
        self._entity = entity
        self._history = history
        self.late: list[Change] = []
        losers = self._read_losers()
        there = read_rows(connection, entity, row_ids)
        self._elsewhere = {row_id for row_id, row in there.items() if row.scope != scope}
        self._rows = {
            row_id: _Working(
                row, unpack_marks(row.field_stamps), unpack_carried(row.carried), losers.get(row_id, {})
            )
            for row_id, row in there.items()
            if row_id not in self._elsewhere
        }
        self._hash_before = sum(self._hash(working) for working in self._rows.values())

    def merge(self, change: Change) -> None:
        """Merge one change; raises BadBatch when a value does not fit its field."""
        working = self._rows.get(change.row_id)
        if working is None:
            self.late.append(change)
            return
        for name, edit in change.edits.items():
            self._merge_field(working, name, edit, change)
        working.edited = True

    def _merge_field(self, working: _Working, name: str, edit: FieldEdit, change: Change) -> None:
        expected = shape_of(self._entity).by_name.get(name)
        if expected is None:
            self._merge_strange(working, name, edit, change)
            return
        if not wire_values_fit(expected, [edit.value]) or not _may_have_been(expected, edit.before):
            raise BadBatch(code="value_unfit", entity=self._entity, field=name)
        row = working.row
        mark = working.marks.get(name) or FieldMark(row.stamp, row.author)
        shown = Head(mark.stamp, working.changed.get(name, row.values[name]), mark.author)
        heads = merge_field(
            POLICIES[self._entity][name],
            [shown, *working.losers.get(name, [])],
            Head(change.stamp, edit.value, change.author, edit.before),
            edit.replaces,
        )
        if self._history is not None:
            seen = edit.before if edit.before is not None else _replaced(shown, edit)
            stamp, author = change.stamp, change.author
            self._history.note(self._entity, change.row_id, name, stamp, author, (seen, edit.value))
        winner, losers = heads[0], heads[1:]
        if winner.stamp != mark.stamp:
            working.changed[name] = winner.value
            working.marks[name] = FieldMark(winner.stamp, winner.author)
        working.losers[name] = losers

    def _merge_strange(self, working: _Working, wire: str, edit: FieldEdit, change: Change) -> None:
        """A field of a newer program: its value is carried, its marks and losers are kept as any other's."""
        name, policy = strange_name(wire)
        row = working.row
        mark = working.marks.get(name) or FieldMark(row.stamp, row.author)
        value = working.carried.get(name, (None, b""))[0]
        heads = merge_field(
            policy,
            [Head(mark.stamp, value, mark.author), *working.losers.get(name, [])],
            Head(change.stamp, edit.value, change.author, edit.before),
            edit.replaces,
        )
        winner = heads[0]
        if winner.stamp != mark.stamp:
            working.carried[name] = (winner.value, winner.stamp)
            working.marks[name] = FieldMark(winner.stamp, winner.author)
        working.losers[name] = heads[1:]

    def save(self) -> int:
        """Write merged rows and conflicts; returns what the scope's digest changes by.

        Raises:
            BadBatch: ``row_unknown``, a row is not here and did not leave either.
        """
        if self.late:
            self._refuse_unknown()
        for row_id, working in self._rows.items():
            if working.edited:
                update_row(
                    self._connection,
                    self._entity,
                    row_id,
                    working.changed,
                    pack_marks(working.marks),
                    pack_carried(working.carried),
                )
        self._save_losers()
        if self._history is not None:
            self._history.save(self._connection)
        return sum(self._hash(working) for working in self._rows.values()) - self._hash_before

    def _refuse_unknown(self) -> None:
        missing = {change.row_id for change in self.late} - self._elsewhere
        by_departure = {departure_id(self._scope, row_id).bytes: row_id for row_id in missing}
        if len(existing_ids(self._connection, "departure", list(by_departure))) < len(by_departure):
            raise BadBatch(code="row_unknown", entity=self._entity)

    def _hash(self, working: _Working) -> int:
        stamps = {name: mark.stamp for name, mark in working.marks.items()}
        heads = [(name, head.stamp) for name, losers in working.losers.items() for head in losers]
        return digest.row_hash(self._entity, working.row.row_id, working.row.stamp, stamps, heads)

    def _read_losers(self) -> dict[bytes, dict[str, list[Head]]]:
        found: dict[bytes, dict[str, list[Head]]] = {}
        ids = [uuid.UUID(bytes=row_id) for row_id in self.row_ids]
        for at in range(0, len(ids), 500):
            query = select(_CONFLICT).where(_CONFLICT.c.row_id.in_(ids[at : at + 500]))
            for record in self._connection.execute(query):
                head = Head(
                    record.stamp,
                    unpack_value(record.value),
                    record.author.bytes if record.author else None,
                    unpack_value(record.base),
                )
                found.setdefault(record.row_id.bytes, {}).setdefault(record.field, []).append(head)
        return found

    def _save_losers(self) -> None:
        wanted = {
            conflict_id(row_id, name, head.stamp): (row_id, name, head)
            for row_id, working in self._rows.items()
            for name, losers in working.losers.items()
            for head in losers
        }
        ids = [uuid.UUID(bytes=row_id) for row_id in self._rows]
        held: set[uuid.UUID] = set()
        for at in range(0, len(ids), 500):
            query = select(_CONFLICT.c.id).where(_CONFLICT.c.row_id.in_(ids[at : at + 500]))
            held.update(self._connection.execute(query).scalars())
        if gone := held - wanted.keys():
            self._connection.execute(delete(_CONFLICT).where(_CONFLICT.c.id.in_(gone)))
        if new := wanted.keys() - held:
            self._connection.execute(
                insert(_CONFLICT), [self._record(key, *wanted[key]) for key in sorted(new)]
            )

    def _record(self, key: uuid.UUID, row_id: bytes, name: str, head: Head) -> dict[str, Any]:
        return {
            "id": key,
            "scope": self._scope,
            "entity": self._entity,
            "row_id": uuid.UUID(bytes=row_id),
            "field": name,
            "stamp": head.stamp,
            "value": pack_value(head.value),
            "author": uuid.UUID(bytes=head.author) if head.author else None,
            "base": pack_value(head.before) if head.before is not None else None,
        }
