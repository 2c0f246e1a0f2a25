"""Who changed which field of a family's records, when, from what to what, and on which machine.

Every edit this machine made or received is kept here as it came. What a snapshot brought has no past on this machine but
the last edit of each field, whose earlier value is then not known; that is said and never guessed.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.conflicts.followers import FOLLOWERS
from tarahum_desktop.casework.conflicts.rights import may_put_back
from tarahum_desktop.casework.conflicts.values import user_names
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.history.family_records import RecordLine, family_records
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.merge_policy import Policy, policy_of
from tarahum_desktop.models import Device, Facility, FieldHistory, Household, Person, Service
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_device, stamp_milliseconds
from tarahum_desktop.sync.row_state import unpack_marks, unpack_value
from tarahum_desktop.sync.row_store import read_rows
from tarahum_desktop.sync.shapes import Kind, from_wire, shapes

MOST: Final = 400
_HISTORY: Any = FieldHistory.__table__
_HOME: Any = Household.__table__
_DEVICE: Any = Device.__table__
_PERSON: Any = Person.__table__
_FACILITY: Any = Facility.__table__
_SERVICE: Any = Service.__table__
_FOLLOWING: Final = frozenset((entity, name) for (entity, _), names in FOLLOWERS.items() for name in names)
_UNREADABLE: Final = frozenset({Kind.DOCUMENT, Kind.BYTES})
_CODES: Final = {"facility_code": _FACILITY, "service_code": _SERVICE}


class Known(StrEnum):
    """How much of an edit this machine knows."""

    WHOLE = "whole"
    LAST_ONLY = "last_only"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One edit of one field, or with ``known`` of ``made`` the making of the record (``field`` is then empty).

    ``stamp`` names the edit; ``may_put_back`` says whether who asks may write its value again, which another has followed.
    """

    record: RecordLine
    field: str
    before: Any
    after: Any
    known: Known
    by_ar: str
    by_en: str
    at: dt.datetime
    device: str
    device_number: int
    stamp: bytes = b""
    may_put_back: bool = False


@dataclass(frozen=True, slots=True)
class FieldPast:
    """Edits, the newest first; ``named`` are the names of people, and of places by their codes, that values name."""

    changes: tuple[FieldChange, ...]
    records: tuple[RecordLine, ...]
    named: Mapping[uuid.UUID, str]
    places: Mapping[str, tuple[str, str]]
    more: bool


@dataclass(frozen=True, slots=True)
class _Edit:
    record: RecordLine
    field: str
    before: Any
    after: Any
    known: Known
    stamp: bytes
    author: uuid.UUID | None


def field_changes(desk: Desk, household_id: uuid.UUID, row_id: uuid.UUID | None = None) -> FieldPast:
    """The edits of a family's records, or of one of them; at most 400.

    Raises:
        RecordMissing, NotAllowed.
    """
    with desk.reading() as connection:
        records = family_records(desk, connection, household_id)
        wanted = [record for record in records if row_id is None or record.row_id == row_id]
        edits = sorted(_edits(connection, wanted), key=lambda edit: (edit.stamp, edit.field), reverse=True)
        shown = edits[:MOST]
        devices = _devices(connection, {stamp_device(edit.stamp) for edit in shown})
        staff = user_names(connection, {edit.author for edit in shown if edit.author is not None})
        lasting = _lasting(edits)
        scope = str(connection.scalar(select(_HOME.c.scope).where(_HOME.c.id == household_id)))
        changes = tuple(
            _change(edit, devices, staff, may=_is_past(edit, lasting) and _may(desk, edit, scope))
            for edit in shown
        )
        ids = {v for one in changes for v in (one.before, one.after) if isinstance(v, uuid.UUID)}
        return FieldPast(
            changes, tuple(records), _people(connection, ids), _places(connection, changes), len(edits) > MOST
        )


def _edits(connection: Connection, records: Sequence[RecordLine]) -> Iterator[_Edit]:
    by_id = {record.row_id: record for record in records}
    seen: set[tuple[uuid.UUID, str, bytes]] = set()
    query = select(_HISTORY).where(_HISTORY.c.row_id.in_(by_id)).order_by(_HISTORY.c.stamp.desc())
    for row in connection.execute(query.limit(MOST * 4)):
        record = by_id[row.row_id]
        seen.add((row.row_id, row.field, row.stamp))
        if not _shown(record.entity, row.field):
            continue
        kind = shapes()[record.entity].by_name[row.field].kind
        before, after = (from_wire(kind, unpack_value(packed)) for packed in (row.before, row.after))
        yield _Edit(record, row.field, before, after, Known.WHOLE, row.stamp, row.author)
    for entity in {record.entity for record in records}:
        ids = [record.row_id.bytes for record in records if record.entity == entity]
        for row_id, stored in read_rows(connection, entity, ids).items():
            yield from _of_row(by_id[uuid.UUID(bytes=row_id)], stored, seen)


def _of_row(record: RecordLine, row: Any, seen: set[tuple[uuid.UUID, str, bytes]]) -> Iterator[_Edit]:
    """The making of a row, and the last edits that came with it and not by themselves."""
    yield _Edit(record, "", None, None, Known.MADE, row.stamp, _user(row.author))
    for name, mark in unpack_marks(row.field_stamps).items():
        if (record.row_id, name, mark.stamp) not in seen and _shown(record.entity, name):
            kind = shapes()[record.entity].by_name[name].kind
            after = from_wire(kind, row.values.get(name))
            yield _Edit(record, name, None, after, Known.LAST_ONLY, mark.stamp, _user(mark.author))


def _shown(entity: str, field: str) -> bool:
    """Whether a field says something to a reader that no other field says already."""
    known = shapes()[entity].by_name.get(field)
    return known is not None and known.kind not in _UNREADABLE and (entity, field) not in _FOLLOWING


def _user(author: bytes | None) -> uuid.UUID | None:
    return None if author is None else uuid.UUID(bytes=bytes(author))


def _lasting(edits: Sequence[_Edit]) -> dict[tuple[uuid.UUID, str], Any]:
    """The value of each field after its newest edit."""
    lasting: dict[tuple[uuid.UUID, str], Any] = {}
    for edit in edits:  # the newest first
        lasting.setdefault((edit.record.row_id, edit.field), edit.after)
    return lasting


def _is_past(edit: _Edit, lasting: Mapping[tuple[uuid.UUID, str], Any]) -> bool:
    return edit.known is Known.WHOLE and edit.after != lasting[edit.record.row_id, edit.field]


def _may(desk: Desk, edit: _Edit, scope: str) -> bool:
    return policy_of(edit.record.entity, edit.field) is not Policy.FIXED and may_put_back(
        desk, edit.record.entity, edit.field, scope
    )


def _change(
    edit: _Edit, devices: Mapping[int, str], staff: Mapping[uuid.UUID, tuple[str, str]], *, may: bool
) -> FieldChange:
    number = stamp_device(edit.stamp)
    arabic, english = staff.get(edit.author, ("", "")) if edit.author else ("", "")
    return FieldChange(
        edit.record, edit.field, edit.before, edit.after, edit.known, arabic or "", english or arabic or "",
        from_milliseconds(stamp_milliseconds(edit.stamp)), devices.get(number, ""), number, edit.stamp, may,
    )  # fmt: skip


def _devices(connection: Connection, numbers: set[int]) -> dict[int, str]:
    query = select(_DEVICE.c.number, _DEVICE.c.name).where(_DEVICE.c.number.in_(numbers))
    return {row.number: row.name for row in connection.execute(query)}


def _people(connection: Connection, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not ids:
        return {}
    staff = {one: names[0] for one, names in user_names(connection, ids).items()}
    query = select(_PERSON.c.id, *NAME_COLUMNS).where(_PERSON.c.id.in_(ids))
    return staff | {row.id: full_name(row) for row in connection.execute(query)}


def _places(connection: Connection, changes: Sequence[FieldChange]) -> dict[str, tuple[str, str]]:
    """Names for codes of facilities and services."""
    found: dict[str, tuple[str, str]] = {}
    for field, table in _CODES.items():
        codes = {v for one in changes if one.field == field for v in (one.before, one.after) if v}
        if codes:
            query = select(table.c.code, table.c.name_ar, table.c.name_en).where(table.c.code.in_(codes))
            found |= {
                row.code: (row.name_ar, row.name_en or row.name_ar) for row in connection.execute(query)
            }
    return found
