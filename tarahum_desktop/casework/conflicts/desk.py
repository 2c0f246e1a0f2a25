"""Open conflicts for people to decide: base, the value shown now, the others, who wrote which and when."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.conflicts.about import About, about_rows
from tarahum_desktop.casework.conflicts.followers import FOLLOWERS
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Conflict, FieldHistory, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_milliseconds
from tarahum_desktop.sync.row_state import unpack_marks, unpack_value
from tarahum_desktop.sync.row_store import read_rows
from tarahum_desktop.sync.shapes import from_wire, shapes

MOST: Final = 500
_CONFLICT: Any = Conflict.__table__
_HISTORY: Any = FieldHistory.__table__
_USER: Any = User.__table__

HARMLESS: Final = frozenset(
    {
        ("person", "nationality"),
        ("custody_episode", "entry_day"),
        ("custody_episode", "expected_release_day"),
        ("custody_episode", "release_day"),
        ("person", "birth_first"),
        ("person", "birth_last"),
        ("delivery", "confirmed_at"),
        ("delivery", "confirmed_by"),
        ("plan_item", "decided_by"),
        ("plan_item", "decided_on"),
    }
)
"""Fields that follow from another field or say only who pressed the button: the later value may be taken in one go."""


@dataclass(frozen=True, slots=True)
class Written:
    """One of the values that met: the value as the row would hold it, its author (None when not known) and moment."""

    value: Any
    stamp: bytes
    author: uuid.UUID | None
    by_ar: str
    by_en: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """One field in question. ``mine`` is this desk's own value, or else the one shown now; ``theirs`` the others, latest first.

    Attributes:
        base: what the losing author saw before writing; None when there was nothing or it is not known.
        shown: the stamp of the value every file shows meanwhile.
        harmless: whether it may be settled with others in one go: nothing depends on it, or all wrote the same.
        named: names of the people that values of this field name by their id.
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
    harmless: bool
    named: Mapping[uuid.UUID, str]

    @property
    def key(self) -> str:
        """The same on every replica."""
        return conflict_subject(self.entity, self.row_id, self.field)


def conflict_subject(entity: str, row_id: uuid.UUID, field: str) -> str:
    """What a decision about a field of a row is kept under."""
    return f"{entity}:{row_id.hex}:{field}"


def open_conflicts(desk: Desk, limit: int = MOST) -> list[OpenConflict]:
    """The conflicts this desk may settle, rows together, the oldest first; at most ``limit`` losing values are read."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RESOLVE_CONFLICT, connection)
        query = (
            select(_CONFLICT)
            .where(_CONFLICT.c.scope.in_(scopes))
            .order_by(_CONFLICT.c.row_id, _CONFLICT.c.field, _CONFLICT.c.stamp.desc())
            .limit(limit)
        )
        losing: dict[tuple[str, uuid.UUID, str], list[Any]] = {}
        for row in connection.execute(query):
            losing.setdefault((row.entity, row.row_id, row.field), []).append(row)
        return _assembled(connection, desk, losing)


def count_conflicts(desk: Desk) -> int:
    """How many fields wait for this desk."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RESOLVE_CONFLICT, connection)
        fields = select(_CONFLICT.c.row_id, _CONFLICT.c.field).where(_CONFLICT.c.scope.in_(scopes)).distinct()
        return int(connection.scalar(select(func.count()).select_from(fields.subquery())) or 0)


def _assembled(
    connection: Connection, desk: Desk, losing: dict[tuple[str, uuid.UUID, str], list[Any]]
) -> list[OpenConflict]:
    known = shapes()
    follow = {(*key[:2], name) for key in losing for name in FOLLOWERS.get((key[0], key[2]), ())}
    keys = [
        key for key in losing if key[0] in known and key[2] in known[key[0]].by_name and key not in follow
    ]
    by_entity: dict[str, dict[bytes, Any]] = {
        entity: read_rows(connection, entity, sorted({key[1].bytes for key in keys if key[0] == entity}))
        for entity in {key[0] for key in keys}
    }
    about = about_rows(connection, {(entity, row_id) for entity, row_id, _ in keys})
    found = []
    for key in keys:
        entity, row_id, field = key
        row = by_entity[entity].get(row_id.bytes)
        if row is None:
            continue
        kind = known[entity].by_name[field].kind
        mark = unpack_marks(row.field_stamps).get(field)
        stamp, author = (mark.stamp, mark.author) if mark else (row.stamp, row.author)
        values = [(from_wire(kind, row.values.get(field)), stamp, author)]
        values += [
            (from_wire(kind, unpack_value(one.value)), one.stamp, one.author.bytes if one.author else None)
            for one in losing[key]
        ]
        base = from_wire(kind, _base(connection, row_id, field, losing[key], stamp))
        written = _written(connection, values)
        named = [one for one in (base, *(each.value for each in written)) if isinstance(one, uuid.UUID)]
        mine = next((one for one in written if one.author == desk.user.id), written[0])
        theirs = tuple(one for one in written if one is not mine)
        found.append(
            OpenConflict(
                entity, row_id, field, row.scope, about[entity, row_id], base, mine, theirs, stamp,
                (entity, field) in HARMLESS or _agree(written), _named(connection, named),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: min(value.at for value in (one.mine, *one.theirs)))


def _agree(written: Sequence[Written]) -> bool:
    """Whether all wrote the same value: nobody has anything to decide."""
    return all(one.value == written[0].value for one in written)


def _base(connection: Connection, row_id: uuid.UUID, field: str, losing: Sequence[Any], shown: bytes) -> Any:
    """What was there before the edits met. A value overtaken here carries no base, but this machine remembers its edit."""
    known = next((one.base for one in losing if one.base is not None), None)
    if known is None:
        query = select(_HISTORY.c.before).where(
            _HISTORY.c.row_id == row_id,
            _HISTORY.c.field == field,
            _HISTORY.c.stamp.in_([shown, *(one.stamp for one in losing)]),
            _HISTORY.c.before.is_not(None),
        )
        known = connection.scalar(query.order_by(_HISTORY.c.stamp).limit(1))
    return unpack_value(known)


def _written(connection: Connection, values: Sequence[tuple[Any, bytes, bytes | None]]) -> list[Written]:
    authors = {uuid.UUID(bytes=author) for _, _, author in values if author}
    names = user_names(connection, authors)
    made = []
    for value, stamp, author in values:
        who = uuid.UUID(bytes=author) if author else None
        arabic, english = names.get(who, ("", "")) if who else ("", "")
        made.append(Written(value, stamp, who, arabic, english, from_milliseconds(stamp_milliseconds(stamp))))
    return made


def _named(connection: Connection, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not ids:
        return {}
    staff = {one: names[0] for one, names in user_names(connection, ids).items()}
    return staff | {
        one: about.name
        for (_, one), about in about_rows(connection, {("person", one) for one in ids}).items()
        if about.name
    }


def user_names(connection: Connection, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Arabic and English names of staff known on this machine."""
    query = select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(list(ids)))
    return {row.id: (row.name_ar, row.name_en) for row in connection.execute(query)}
