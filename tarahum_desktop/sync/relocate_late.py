"""Acts at the centre upon what a batch brought too late: edits of rows that had left, new rows of a family that had.

A late edit becomes an addendum beside the row, where its new owner decides; a late new row is moved on to where the
family is now. Doing it twice changes nothing.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Connection, exists, select

from tarahum_desktop.models import Addendum, Departure, Relocation
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.change import Batch, Change, FieldEdit
from tarahum_desktop.sync.clock import stamp_milliseconds
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.relocate import away, departed
from tarahum_desktop.sync.relocate_family import NAMED_BY, rows_about
from tarahum_desktop.sync.relocate_move import Move, move_rows
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, existing_ids, read_rows
from tarahum_desktop.sync.shapes import Kind, shapes

LATE: Final = "late"
_DEPARTURE: Any = Departure.__table__
_RELOCATION: Any = Relocation.__table__
_TIME_BYTES: Final = 6


def is_late(connection: Connection, batch: Batch, late_edits: list[Change]) -> bool:
    """Whether anything in an applied batch came too late for its scope.

    Raises:
        BadBatch: ``row_unknown``, an edit names a row that lies in another scope and never was in this one.
    """
    scope = batch.header.scope
    if late_edits:
        ids = {change.row_id for change in late_edits}
        if departed(connection, scope, ids) != ids:
            raise BadBatch(code="row_unknown")
        return True
    if not connection.execute(select(exists().where(_DEPARTURE.c.scope == scope))).scalar_one():
        return False
    return any(_late_inserts(connection, batch).values())


def _late_inserts(connection: Connection, batch: Batch) -> dict[bytes, dict[str, set[bytes]]]:
    """New rows that name something that has left the scope, by the id of what they name."""
    found: dict[bytes, dict[str, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for group in batch.inserts:
        for field in NAMED_BY.get(group.entity, ()):
            if field not in group.names:
                continue
            column = group.columns[group.names.index(field)]
            gone = away(connection, batch.header.scope, {named for named in column if named is not None})
            for row_id, named in zip(group.row_ids, column, strict=True):
                if named in gone:
                    found[named][group.entity].add(row_id)
    return found


def take_up_late(session: CapturedSession, batch: Batch) -> int:
    """Move on what is new and lay what was edited before its new owner; returns how many rows and edits.

    In the session's transaction; the caller locks the scopes, publishes and commits.
    """
    return _move_on(session, batch) + _lay_before_owner(session, batch)


def scopes_of_late(connection: Connection, batch: Batch) -> set[str]:
    """The scopes that taking up a batch's late content will write in."""
    edited = {change.row_id: change.entity for change in batch.updates}
    named = away(connection, batch.header.scope, [*_late_inserts(connection, batch), *edited])
    places: dict[str, list[bytes]] = {record.entity: [] for record in named.values()}
    for row_id, record in named.items():
        places[record.entity].append(row_id)
    return {batch.header.scope} | {
        row.scope for entity, ids in places.items() for row in read_rows(connection, entity, ids).values()
    }


def _move_on(session: CapturedSession, batch: Batch) -> int:
    connection, scope = session.connection(), batch.header.scope
    late = _late_inserts(connection, batch)
    named = away(connection, scope, late)
    moved = 0
    for row_id, record in sorted(named.items()):
        owner = read_rows(connection, record.entity, [row_id]).get(row_id)
        if owner is None or owner.scope == scope:
            continue
        rows = rows_about(connection, scope, _still_in(connection, scope, late[row_id]))
        count = sum(map(len, rows.values()))
        if count:
            move_rows(session, Move(record.relocation_id, scope, owner.scope, rows))
        moved += count
    return moved


def _still_in(connection: Connection, scope: str, rows: Mapping[str, set[bytes]]) -> dict[str, set[bytes]]:
    found = {}
    for entity, row_ids in rows.items():
        there = read_rows(connection, entity, sorted(row_ids)).values()
        found[entity] = {row.row_id for row in there if row.scope == scope}
    return found


def _lay_before_owner(session: CapturedSession, batch: Batch) -> int:
    connection, scope = session.connection(), batch.header.scope
    by_entity: dict[str, list[Change]] = defaultdict(list)
    for change in batch.updates:
        by_entity[change.entity].append(change)
    laid = 0
    for entity, changes in by_entity.items():
        gone = away(connection, scope, {change.row_id for change in changes})
        rows = read_rows(connection, entity, sorted(gone))
        for change in changes:
            row = rows.get(change.row_id)
            if row is None or row.scope == scope or _was_applied(row, change):
                continue
            laid += _lay(session, change, row, scope, gone[change.row_id].relocation_id)
    session.flush()
    return laid


def _was_applied(row: StoredRow, change: Change) -> bool:
    """Whether an edit arrived in time: the same batch may hold edits of both kinds."""
    return any(mark.stamp == change.stamp for mark in unpack_marks(row.field_stamps).values())


def _lay(
    session: CapturedSession, change: Change, row: StoredRow, scope: str, relocation_id: uuid.UUID | None
) -> int:
    addendum_id = _addendum_id(change)
    if existing_ids(session.connection(), "addendum", [addendum_id.bytes]):
        return 0
    session.add(
        Addendum(
            id=addendum_id, scope=row.scope, household_id=_household(session, relocation_id), entity=change.entity,
            row_id=uuid.UUID(bytes=change.row_id), from_scope=scope, state="open",
            changes={name: _told(change.entity, name, edit) for name, edit in change.edits.items()},
            made_by=uuid.UUID(bytes=change.author) if change.author else None,
            made_at=from_milliseconds(stamp_milliseconds(change.stamp)),
        )
    )  # fmt: skip
    return 1


def _addendum_id(change: Change) -> uuid.UUID:
    name = blake2b(change.stamp + change.row_id, digest_size=16 - _TIME_BYTES).digest()
    return uuid.UUID(bytes=change.stamp[:_TIME_BYTES] + name)


def _household(session: CapturedSession, relocation_id: uuid.UUID | None) -> uuid.UUID | None:
    query = select(_RELOCATION.c.household_id).where(_RELOCATION.c.id == relocation_id)
    found: uuid.UUID | None = session.connection().execute(query).scalar_one_or_none()
    return found


def _told(entity: str, name: str, edit: FieldEdit) -> dict[str, Any]:
    """An edit as JSON: wire values, bytes as hexadecimal; fields of a newer program as they came."""
    field = shapes()[entity].by_name.get(name)
    kind = field.kind if field else Kind.TEXT
    return {"before": _plain(edit.before), "after": _plain(edit.value), "kind": kind.value}


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
