"""The open conflicts of a family file with both values in words, and the reference lists its page is written with."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.family_lines import ConflictLine, FamilyFile
from tarahum_desktop.models import Conflict, ReferenceItem, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_milliseconds
from tarahum_desktop.sync.row_state import unpack_marks, unpack_value
from tarahum_desktop.sync.row_store import read_rows
from tarahum_desktop.sync.shapes import from_wire, shapes

_CONFLICT: Any = Conflict.__table__
_ITEM: Any = ReferenceItem.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values that met in a field: as the row would hold it, by whom (empty when not known here) and when."""

    value: Any
    by: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field two people edited without knowing of each other; ``shown`` is what the file says meanwhile."""

    id: uuid.UUID
    entity: str
    field: str
    about: str
    shown: Side
    other: Side


def open_conflicts_of(desk: Desk, file: FamilyFile, language: str) -> tuple[OpenConflict, ...]:
    """The conflicts a file names, each with the value shown and the other one; reads nothing where there are none."""
    if not file.conflicts:
        return ()
    with desk.reading() as connection:
        return tuple(_conflict(connection, file, line, language) for line in file.conflicts)


def _conflict(connection: Connection, file: FamilyFile, line: ConflictLine, language: str) -> OpenConflict:
    losing = connection.execute(select(_CONFLICT).where(_CONFLICT.c.id == line.id)).one()
    row = read_rows(connection, line.entity, [line.row_id.bytes]).get(line.row_id.bytes)
    if row is None:
        raise RecordMissing(entity=line.entity)
    mark = unpack_marks(row.field_stamps).get(line.field)
    stamp, author = (mark.stamp, mark.author) if mark else (row.stamp, row.author)
    about = next((member.name for member in file.members if member.person_id == line.row_id), file.head_name)
    return OpenConflict(
        line.id, line.entity, line.field, about,
        _side(connection, line, row.values.get(line.field), stamp, author, language),
        _side(
            connection, line, unpack_value(losing.value), losing.stamp,
            losing.author.bytes if losing.author else None, language,
        ),
    )  # fmt: skip


def _side(
    connection: Connection, line: ConflictLine, wire: Any, stamp: bytes, author: bytes | None, language: str
) -> Side:
    value = from_wire(shapes()[line.entity].by_name[line.field].kind, wire)
    return Side(value, _name(connection, author, language), _moment(stamp))


def _moment(stamp: bytes) -> dt.datetime:
    return from_milliseconds(stamp_milliseconds(stamp))


def _name(connection: Connection, author: bytes | None, language: str) -> str:
    if author is None:
        return ""
    shown = _USER.c.name_en if language == "en" else _USER.c.name_ar
    found: str | None = connection.scalar(select(shown).where(_USER.c.id == uuid.UUID(bytes=author)))
    return found or ""


def reference_lists(desk: Desk, language: str) -> dict[str, dict[str, str]]:
    """All reference lists: list code → item code → words in the reader's language."""
    shown = _ITEM.c.name_en if language == "en" else _ITEM.c.name_ar
    query = select(_ITEM.c.list_code, _ITEM.c.code, shown).where(_ITEM.c.removed_at.is_(None))
    lists: dict[str, dict[str, str]] = {}
    with desk.reading() as connection:
        for list_code, code, text in connection.execute(query.order_by(_ITEM.c.list_code, _ITEM.c.position)):
            lists.setdefault(list_code, {})[code] = text
    return lists
