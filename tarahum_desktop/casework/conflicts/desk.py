"""Open conflicts for people to decide: base, the value shown now, the others, who wrote which, when and on which machine.

Edits that wrote the same value stand beside each other in the log as others do, but nobody is asked about them: every
replica leaves them out of this list by the same rule, so nothing has to be written and no new edits can meet over it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.conflicts.about import About, about_rows
from tarahum_desktop.casework.conflicts.followers import FOLLOWERS
from tarahum_desktop.casework.conflicts.record import Met, conflict_subject
from tarahum_desktop.casework.conflicts.reopened import reopened_questions
from tarahum_desktop.casework.conflicts.rights import may_settle
from tarahum_desktop.casework.conflicts.values import (
    Written,
    harmless,
    named_people,
    same_value,
    written_values,
)
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import Conflict, FieldHistory
from tarahum_desktop.sync.row_state import unpack_marks, unpack_value
from tarahum_desktop.sync.row_store import StoredRow, read_rows
from tarahum_desktop.sync.shapes import from_wire, shapes

MOST: Final = 500
_CONFLICT: Any = Conflict.__table__
_HISTORY: Any = FieldHistory.__table__
Key = tuple[str, uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """One field in question. ``mine`` is this desk's own value, or else the one shown now; ``theirs`` the others, latest first.

    Attributes:
        base: what the losing author saw before writing; None when there was nothing or it is not known.
        shown: the stamp of the one among these values that every file shows meanwhile.
        standing: the stamp the field bore when this was read; another than ``shown`` after a decision was taken back.
        harmless: whether it may be settled with others in one go: nothing depends on it, or only its spelling differs.
        named: names of the people that values of this field name by their id.
        seen: the stamps of all edits that met; the decision replaces these and no others.
    """

    entity: str
    row_id: uuid.UUID
    field: str
    scope: str
    about: About
    base: Any
    mine: Written
    theirs: tuple[Written, ...]
    shown: bytes
    standing: bytes
    harmless: bool
    named: Mapping[uuid.UUID, str]
    seen: frozenset[bytes]

    @property
    def key(self) -> str:
        """The same on every replica."""
        return conflict_subject(self.entity, self.row_id, self.field)

    @property
    def sides(self) -> tuple[Written, ...]:
        """What there is to choose from: each value once, ``mine`` first."""
        first: dict[Any, Written] = {}
        for one in (self.mine, *self.theirs):
            first.setdefault(one.value, one)
        return tuple(first.values())


def open_conflicts(desk: Desk, limit: int = MOST) -> list[OpenConflict]:
    """The conflicts this desk may settle, the oldest first; at most ``limit``. ``waiting_conflicts`` counts them all."""
    with desk.reading() as connection:
        asked = _asked(connection, desk)
        chosen = sorted(asked, key=lambda key: min(stamp for _, stamp, _ in asked[key][1].written))[:limit]
        about = about_rows(connection, {(entity, row_id) for entity, row_id, _ in chosen})
        found = [_shown(connection, desk, key, *asked[key], about[key[0], key[1]]) for key in chosen]
    return sorted(found, key=lambda one: min(value.at for value in (one.mine, *one.theirs)))


def count_conflicts(desk: Desk) -> int:
    """How many fields wait for this desk."""
    with desk.reading() as connection:
        return len(_asked(connection, desk))


def waiting_conflicts(connection: Connection) -> int:
    """How many fields wait for somebody on this machine."""
    return len(_asked(connection, None))


def fields_in_question(connection: Connection, row_ids: Iterable[uuid.UUID]) -> set[Key]:
    """Of these rows the fields somebody has to decide about."""
    wanted = set(row_ids)
    return {key for key in _asked(connection, None, wanted) if key[1] in wanted}


def _asked(
    connection: Connection, desk: Desk | None, rows: set[uuid.UUID] | None = None
) -> dict[Key, tuple[StoredRow, Met]]:
    """The fields with something to decide: their row and what met in them; for a desk those it may settle."""
    known = shapes()
    query = select(_CONFLICT).order_by(_CONFLICT.c.row_id, _CONFLICT.c.field, _CONFLICT.c.stamp.desc())
    if rows is not None:
        query = query.where(_CONFLICT.c.row_id.in_(list(rows)))
    losing: dict[Key, list[Any]] = {}
    for row in connection.execute(query):
        may = desk is None or may_settle(desk, row.entity, row.scope)
        if may and row.entity in known and row.field in known[row.entity].by_name:
            losing.setdefault((row.entity, row.row_id, row.field), []).append(row)
    met = _met(connection, losing)
    for key, again in reopened_questions(connection, rows).items():
        if key not in met and (desk is None or may_settle(desk, key[0], again[0].scope)):
            met[key] = again
    asked = {key: one for key, one in met.items() if not same_value(key[2], (v for v, *_ in one[1].written))}
    follow = {(*key[:2], name) for key in asked for name in FOLLOWERS.get((key[0], key[2]), ())}
    return {key: one for key, one in asked.items() if key not in follow}


def _met(connection: Connection, losing: Mapping[Key, Sequence[Any]]) -> dict[Key, tuple[StoredRow, Met]]:
    stored = {
        entity: read_rows(connection, entity, sorted({key[1].bytes for key in losing if key[0] == entity}))
        for entity in {key[0] for key in losing}
    }
    found = {}
    for key, others in losing.items():
        entity, row_id, field = key
        row = stored[entity].get(row_id.bytes)
        if row is None:
            continue
        kind = shapes()[entity].by_name[field].kind
        stamp, author = _standing(row, field)
        values = [(from_wire(kind, row.values.get(field)), stamp, author)]
        values += [
            (from_wire(kind, unpack_value(one.value)), one.stamp, one.author.bytes if one.author else None)
            for one in others
        ]
        base = next((one.base for one in others if one.base is not None), None)
        found[key] = (row, Met(from_wire(kind, unpack_value(base)), tuple(values), stamp, None))
    return found


def _standing(row: StoredRow, field: str) -> tuple[bytes, bytes | None]:
    mark = unpack_marks(row.field_stamps).get(field)
    return (mark.stamp, mark.author) if mark else (row.stamp, row.author)


def _shown(
    connection: Connection, desk: Desk, key: Key, row: StoredRow, met: Met, about: About
) -> OpenConflict:
    entity, row_id, field = key
    base = met.base if met.base is not None else _remembered_base(connection, key, met)
    written = written_values(connection, met.written)
    mine = next((one for one in written if one.author == desk.user.id), written[0])
    values = [one.value for one in written]
    return OpenConflict(
        entity, row_id, field, row.scope, about, base, mine, tuple(one for one in written if one is not mine), met.shown,
        _standing(row, field)[0], harmless(entity, field, values), named_people(connection, (base, *values)),
        frozenset(stamp for _, stamp, _ in met.written),
    )  # fmt: skip


def _remembered_base(connection: Connection, key: Key, met: Met) -> Any:
    """What was there before the edits met. A value overtaken here carries no base, but this machine remembers its edit."""
    entity, row_id, field = key
    query = select(_HISTORY.c.before).where(
        _HISTORY.c.row_id == row_id,
        _HISTORY.c.field == field,
        _HISTORY.c.stamp.in_([stamp for _, stamp, _ in met.written]),
        _HISTORY.c.before.is_not(None),
    )
    known = connection.scalar(query.order_by(_HISTORY.c.stamp).limit(1))
    return from_wire(shapes()[entity].by_name[field].kind, unpack_value(known))
