"""Edits that were made in the office a family had left already: taken over, or set aside, by who has it now."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.lines import head_name, head_query
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Addendum, User
from tarahum_desktop.sync.shapes import Kind, from_wire, shapes, to_wire, wire_values_fit

OPEN: Final = "open"
TAKEN: Final = "taken"
SET_ASIDE: Final = "set_aside"
MOST_SHOWN: Final = 200
STEPS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "case_file": frozenset({"state", "restricted", "closed_on", "closure_reason"}),
        "plan_item": frozenset(
            {"state", "decided_by", "decided_on", "decision_reason", "level", "rules_version", "minute_id"}
        ),
    }
)
"""Fields that change by a step or decision alone, under its own rules: they are shown, but not taken over."""
DECIDING: Final = (Action.TRANSFER_CASE, Action.ASSIGN_CASE, Action.RESOLVE_CONFLICT)
_BYTES: Final = frozenset({Kind.ID, Kind.BYTES})
_ADDENDUM: Any = Addendum.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a late edit: what stands here now and what was written there, as the model's values.

    ``by_step`` tells that it cannot be taken over: the step it stands for is taken in the file.
    """

    name: str
    now: Any
    late: Any
    by_step: bool = False


@dataclass(frozen=True, slots=True)
class AddendumLine:
    """One late edit; names are empty where the person is not known here."""

    id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    head: str
    entity: str
    fields: tuple[ChangedField, ...]
    from_scope: str
    by_ar: str
    by_en: str
    made_at: dt.datetime


def open_addenda(desk: Desk) -> tuple[AddendumLine, ...]:
    """The late edits that wait, oldest first."""
    with desk.reading() as connection:
        scopes = {scope for action in DECIDING for scope in desk.scopes_for(action, connection)}
        query = (
            select(_ADDENDUM, _USER.c.name_ar, _USER.c.name_en)
            .outerjoin(_USER, _USER.c.id == _ADDENDUM.c.made_by)
            .where(_ADDENDUM.c.scope.in_(scopes), _ADDENDUM.c.state == OPEN, _ADDENDUM.c.removed_at.is_(None))
            .order_by(_ADDENDUM.c.made_at, _ADDENDUM.c.id)
            .limit(MOST_SHOWN)
        )
        rows = connection.execute(query).all()
        homes = head_query(connection, {row.household_id for row in rows if row.household_id})
        return tuple(_line(connection, row, homes.get(row.household_id)) for row in rows)


def _line(connection: Connection, row: Any, home: Any) -> AddendumLine:
    return AddendumLine(
        row.id, row.household_id, home.file_number if home else "", head_name(home), row.entity,
        _fields(connection, row), row.from_scope, row.name_ar or "", row.name_en or "", row.made_at,
    )  # fmt: skip


def _fields(connection: Connection, row: Any) -> tuple[ChangedField, ...]:
    shape = shapes().get(row.entity)
    if shape is None:
        return ()
    there = connection.execute(select(shape.table).where(shape.table.c.id == row.row_id)).mappings().first()
    values = _values(row.entity, row.changes)
    steps = STEPS.get(row.entity, frozenset())
    return tuple(
        ChangedField(name, there[name] if there else None, value, name in steps)
        for name, value in values.items()
    )


def _values(entity: str, changes: dict[str, Any]) -> dict[str, Any]:
    """The late values a person may still take over, as the model's values; what does not fit its field is left out."""
    known = shapes()[entity].by_name
    found: dict[str, Any] = {}
    for name, told in sorted(changes.items()):
        field = known.get(name)
        if field is None or POLICIES[entity][name] is Policy.FIXED:
            continue
        wire = told["after"]
        if field.kind in _BYTES and isinstance(wire, str):
            wire = bytes.fromhex(wire)
        if wire_values_fit(field, [wire]):
            found[name] = from_wire(field.kind, wire)
    return found


def take_addendum(desk: Desk, addendum_id: uuid.UUID) -> ChangeSummary:
    """Write the late values into the row, as this person's own edit.

    Raises:
        RecordMissing, NotAllowed, MoveRefused ``addendum_decided``, or ``addendum_is_step`` for one that holds nothing
        but what a step of the case or a decision on its plan would set.
    """
    with UnitOfWork(desk) as work:
        addendum = _open(work.session, desk, addendum_id)
        values = _values(addendum.entity, addendum.changes)
        taken = {name: values[name] for name in values.keys() - STEPS.get(addendum.entity, frozenset())}
        if values and not taken:
            raise MoveRefused("addendum_is_step")
        row = work.session.get(shapes()[addendum.entity].model, addendum.row_id)
        if row is None:
            raise RecordMissing(entity=addendum.entity)
        for name, value in taken.items():
            kind = shapes()[addendum.entity].by_name[name].kind
            if to_wire(kind, getattr(row, name)) != to_wire(kind, value):
                setattr(row, name, value)
        _decide(desk, addendum, TAKEN)
    return work.summary


def set_aside(desk: Desk, addendum_id: uuid.UUID) -> ChangeSummary:
    """Leave the row as it is; the late edit stays on record. Raises as ``take_addendum``."""
    with UnitOfWork(desk) as work:
        _decide(desk, _open(work.session, desk, addendum_id), SET_ASIDE)
    return work.summary


def _open(session: Session, desk: Desk, addendum_id: uuid.UUID) -> Addendum:
    addendum = session.get(Addendum, addendum_id)
    if addendum is None or addendum.entity not in shapes():
        raise RecordMissing(entity="addendum")
    if not any(desk.may(action, addendum.scope) for action in DECIDING):
        raise NotAllowed(action=Action.TRANSFER_CASE.value)
    if addendum.state != OPEN:
        raise MoveRefused("addendum_decided")
    return addendum


def _decide(desk: Desk, addendum: Addendum, state: str) -> None:
    addendum.state = state
    addendum.decided_by, addendum.decided_at = desk.user.id, desk.now()
