"""Turns what a session flushes into changes in the outbox, in the same transaction.

Every insert and update of a replicated row made through a captured session gets a stamp, a sequence in its
scope and an outbox row; the row and its change are committed together or not at all. What would go round
this is refused: hard deletes, bulk statements on replicated tables, edits of fixed fields.
"""

import functools
import uuid
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Table, bindparam, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History

from tarahum_desktop.domain.merge_policy import Policy, policy_of
from tarahum_desktop.models import Conflict, Replicated
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.clock import make_stamp, stamp_reading
from tarahum_desktop.sync.errors import FixedField, HardDelete, RowChanged, UncapturedWrite
from tarahum_desktop.sync.field_history import HistoryBook
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import FieldMark, pack_marks, pack_value, unpack_marks
from tarahum_desktop.sync.row_store import read_marks
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope
from tarahum_desktop.sync.shapes import shapes, stored_id, to_wire

_IDS_A_QUERY: Final = 500
_CONFLICT: Any = Conflict.__table__
_OUTBOX_COLUMNS: Final = ("scope", "sequence", "entity", "row_id", "is_insert", "stamp", "author", "patch")
_Heads = list[tuple[str, bytes]]
_Values = dict[tuple[str, bytes], bytes]


def captured_session(replica: Replica, author: uuid.UUID | None) -> "CapturedSession":
    """A session on the replica whose writes are captured as changes by this author."""
    return CapturedSession(replica, author)


class CapturedSession(Session):
    """A session that records every change it flushes.

    Attributes:
        touched: ``{entity: ids}`` of the rows written since the session began.
    """

    def __init__(self, replica: Replica, author: uuid.UUID | None) -> None:
        super().__init__(replica.engine, expire_on_commit=False)
        self.replica = replica
        self.author = author
        self.touched: dict[str, set[uuid.UUID]] = {}
        self._resolving: dict[tuple[bytes, str], tuple[bytes, ...]] = {}
        event.listen(self, "before_flush", _capture)
        event.listen(self, "after_flush", _refresh_indexes)
        event.listen(self, "do_orm_execute", _refuse_bulk_write)

    def resolves(self, row_id: uuid.UUID, field: str, stamps: tuple[bytes, ...]) -> None:
        """Let the next edit of a field also replace these losing edits: somebody decided.

        Setting the field to the value it has is an edit then, too: the shown value was confirmed.
        """
        self._resolving[row_id.bytes, field] = stamps

    def decides(self, row_id: bytes, field: str | None = None) -> bool:
        """Whether losing edits of a row, or of one of its fields, are about to be replaced."""
        return any(row == row_id and field in {None, name} for row, name in self._resolving)

    def take_resolved(self, row_id: bytes, field: str) -> tuple[bytes, ...]:
        """The losing edits that the coming edit of a field replaces."""
        return self._resolving.pop((row_id, field), ())


def _refuse_bulk_write(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if isinstance(table, Table) and table.name in shapes():
        raise UncapturedWrite(entity=table.name)


def _capture(session: Session, _context: Any, _instances: Any) -> None:
    assert isinstance(session, CapturedSession)
    for gone in session.deleted:
        if isinstance(gone, Replicated):
            raise HardDelete(entity=gone.__tablename__)
    fresh = [row for row in session.new if isinstance(row, Replicated)]
    edited = [
        row
        for row in session.dirty
        if isinstance(row, Replicated) and (session.is_modified(row) or session.decides(row.id.bytes))
    ]
    if fresh or edited:
        _Flush(session, sorted({row.scope for row in (*fresh, *edited)})).run(fresh, edited)


class _Flush:
    """One flush: one clock reading, one stamp for all its rows."""

    def __init__(self, session: CapturedSession, scopes: list[str]) -> None:
        self._session = session
        self._replica = session.replica
        self._connection = session.connection()
        # Locks are taken in the order in which applying a batch takes them: scopes by name, then the clock.
        self._books = {scope: open_scope(self._connection, scope) for scope in scopes}
        self._stamp = b""
        self._author = session.author.bytes if session.author else None
        self._dialect = self._connection.dialect.name
        self._outbox: list[tuple[Any, ...]] = []
        self._history = HistoryBook() if session.replica.keeps_history else None

    def run(self, fresh: list[Replicated], edited: list[Replicated]) -> None:
        _refuse_stale(self._connection, edited)
        # An edit counts as later than what it replaces even where this machine's clock was set back.
        self._replica.clock.resume(max(map(_latest_reading, edited), default=0))
        self._stamp = make_stamp(self._replica.tick(self._connection), self._replica.device)
        for row in sorted(fresh, key=lambda row: _ensure_id(row).bytes):
            self._insert(row)
        values = _open_values(self._connection, edited)
        for row in edited:
            self._update(row, values.get(row.id, {}))
        if self._outbox:
            self._connection.exec_driver_sql(_outbox_insert(self._dialect), self._outbox)
        if self._history:
            self._history.save(self._connection)
        for book in self._books.values():
            book.save(self._connection)

    def _insert(self, row: Replicated) -> None:
        entity = row.__tablename__
        row.stamp = self._stamp
        row.author = self._session.author
        row.field_stamps = None
        given = row.__dict__  # a new row has only what was set
        patch = {
            field.name: to_wire(field.kind, value)
            for field in shapes()[entity].fields
            if (value := given.get(field.name)) is not None
        }
        book = self._books[row.scope]
        book.add(digest.new_rows_hash(entity, [row.id.bytes], [self._stamp]), rows=1)
        self._record(book, row, patch, is_insert=True)

    def _update(self, row: Replicated, losing: _Values) -> None:
        entity = row.__tablename__
        state = inspect(row)
        if state.attrs.scope.history.has_changes():
            raise FixedField(entity=entity, field="scope")
        marks = unpack_marks(row.field_stamps)
        heads = list(losing)
        before = _hash_of(row, marks, heads)
        patch: dict[str, Any] = {}
        for field in shapes()[entity].fields:
            decided = self._session.decides(row.id.bytes, field.name)
            if field.name not in state.committed_state and not decided:
                continue  # never set: the history of every field would cost more than the writing
            history: History = state.attrs[field.name].history
            changed = history.has_changes()
            if not changed and not decided:
                continue
            policy = policy_of(entity, field.name)
            if policy is Policy.FIXED:
                raise FixedField(entity=entity, field=field.name)
            mark = marks.get(field.name)
            seen = history.deleted if changed else history.unchanged
            old = to_wire(field.kind, seen[0] if seen else None)
            resolved = self._session.take_resolved(row.id.bytes, field.name) + _alike(losing, field.name, old)
            replaces = [mark.stamp if mark else row.stamp, *dict.fromkeys(resolved)]
            heads = [head for head in heads if head[0] != field.name or head[1] not in resolved]
            self._drop_resolved(row, field.name, resolved)
            patch[field.name] = [
                to_wire(field.kind, getattr(row, field.name)),
                replaces,
                old if policy is Policy.REVIEW else None,
            ]
            marks[field.name] = FieldMark(self._stamp, self._author)
            if self._history:
                after = to_wire(field.kind, getattr(row, field.name))
                self._history.note(entity, row.id.bytes, field.name, self._stamp, self._author, (old, after))
        if not patch:
            return
        row.field_stamps = pack_marks(marks)
        book = self._books[row.scope]
        book.add(_hash_of(row, marks, heads) - before)
        self._record(book, row, patch, is_insert=False)

    def _drop_resolved(self, row: Replicated, field: str, stamps: tuple[bytes, ...]) -> None:
        if stamps:
            self._connection.execute(
                _CONFLICT.delete().where(
                    _CONFLICT.c.row_id == row.id, _CONFLICT.c.field == field, _CONFLICT.c.stamp.in_(stamps)
                )
            )

    def _record(self, book: ScopeBook, row: Replicated, patch: dict[str, Any], *, is_insert: bool) -> None:
        self._outbox.append(
            (
                book.scope,
                book.next_sequence,
                row.__tablename__,
                stored_id(row.id.bytes, self._dialect),
                is_insert,
                self._stamp,
                self._author and stored_id(self._author, self._dialect),
                msgspec.msgpack.encode(patch),
            )
        )
        book.next_sequence += 1
        self._session.touched.setdefault(row.__tablename__, set()).add(row.id)


def _ensure_id(row: Replicated) -> uuid.UUID:
    given: uuid.UUID | None = row.id
    if given is None:
        given = row.id = new_id()
    return given


def _refuse_stale(connection: Connection, edited: list[Replicated]) -> None:
    """Refuse an edit of a row that an exchange has changed, or taken away, since the session read it."""
    by_entity: dict[str, dict[bytes, tuple[str, bytes | None]]] = {}
    for row in edited:
        by_entity.setdefault(row.__tablename__, {})[row.id.bytes] = (row.scope, row.field_stamps)
    for entity, seen in by_entity.items():
        if read_marks(connection, entity, list(seen)) != seen:
            raise RowChanged(entity=entity)


def _open_values(connection: Connection, edited: list[Replicated]) -> dict[uuid.UUID, _Values]:
    """The losing edits of these rows that nobody has decided about, with their packed values."""
    found: dict[uuid.UUID, _Values] = {}
    ids = [row.id for row in edited]
    for at in range(0, len(ids), _IDS_A_QUERY):
        for one in connection.execute(_heads_query(), {"ids": ids[at : at + _IDS_A_QUERY]}):
            found.setdefault(one.row_id, {})[one.field, one.stamp] = one.value
    return found


def _alike(losing: _Values, field: str, seen: Any) -> tuple[bytes, ...]:
    """The losing edits that wrote the very value which the author of the coming edit saw, and so replaces."""
    packed = pack_value(seen)
    return tuple(stamp for (name, stamp), value in losing.items() if name == field and value == packed)


@functools.cache
def _heads_query() -> Any:
    query = select(_CONFLICT.c.row_id, _CONFLICT.c.field, _CONFLICT.c.stamp, _CONFLICT.c.value)
    return query.where(_CONFLICT.c.row_id.in_(bindparam("ids", expanding=True)))


@functools.cache
def _outbox_insert(dialect: str) -> str:
    marks = ", ".join(["%s" if dialect == "postgresql" else "?"] * len(_OUTBOX_COLUMNS))
    return f"INSERT INTO outbox ({', '.join(_OUTBOX_COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own names


def _latest_reading(row: Replicated) -> int:
    marks = unpack_marks(row.field_stamps).values()
    return max(stamp_reading(stamp) for stamp in (row.stamp, *(mark.stamp for mark in marks)))


def _hash_of(row: Replicated, marks: dict[str, FieldMark], heads: _Heads) -> int:
    stamps = {name: mark.stamp for name, mark in marks.items()}
    return digest.row_hash(row.__tablename__, row.id.bytes, row.stamp, stamps, heads)


def _refresh_indexes(session: Session, _context: Any) -> None:
    assert isinstance(session, CapturedSession)
    for index in session.replica.indexes:
        touched = [
            row.id.bytes
            for row in (*session.new, *session.dirty)
            if isinstance(row, Replicated) and row.__tablename__ == index.entity
        ]
        if touched:
            index.refresh(session.connection(), touched)
