"""Deciding a conflict: an edit like any other, which also says that the other values were seen and set aside.

Whoever wrote a value that was set aside is told on their own machine: the decision travels as a ruling that names them.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.conflicts.about import About, about_rows
from tarahum_desktop.casework.conflicts.desk import (
    OpenConflict,
    Written,
    conflict_subject,
    user_names,
)
from tarahum_desktop.casework.conflicts.followers import followers_of
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Conflict, Ruling, replicated_entities
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.shapes import shapes, to_wire, wire_values_fit

CONFLICT: Final = "conflict"
_TOLD_FOR: Final = dt.timedelta(days=14)
_MOST_TOLD: Final = 50
_CONFLICT: Any = Conflict.__table__
_RULING: Any = Ruling.__table__


class ConflictGone(CaseworkError):
    """Somebody else settled it, or a newer edit did."""

    code = "conflict_gone"


class ValueUnfit(CaseworkError):
    """The typed value does not fit the field."""

    code = "conflict_value_unfit"


@dataclass(frozen=True, slots=True)
class Decided:
    """Which value shall stand in one conflict."""

    conflict: OpenConflict
    value: Any


def settle_conflict(desk: Desk, conflict: OpenConflict, value: Any) -> ChangeSummary:
    """Let ``value`` stand (one of those written, or a third) and close the conflict.

    Raises:
        NotAllowed: the desk may not settle conflicts of the row's scope.
        ConflictGone: nothing is open any more.
        ValueUnfit: a third value of the wrong kind.
    """
    return settle_many(desk, [Decided(conflict, value)])


def settle_harmless(desk: Desk, conflicts: Iterable[OpenConflict]) -> ChangeSummary:
    """Take the latest value of every harmless conflict among these, all or none."""
    chosen = [
        Decided(one, max((one.mine, *one.theirs), key=lambda written: written.stamp).value)
        for one in conflicts
        if one.harmless
    ]
    return settle_many(desk, chosen) if chosen else NOTHING_CHANGED


def settle_many(desk: Desk, decided: Iterable[Decided]) -> ChangeSummary:
    """Settle several conflicts in one unit of work; raises as ``settle_conflict``."""
    with UnitOfWork(desk) as work:
        for one in decided:
            _settle(desk, work.session, one)
    return work.summary


def _settle(desk: Desk, session: CapturedSession, decided: Decided) -> None:
    conflict, value = decided.conflict, decided.value
    row: Any = session.get(replicated_entities()[conflict.entity], conflict.row_id)
    if row is None:
        raise RecordMissing(entity=conflict.entity)
    desk.require(Action.RESOLVE_CONFLICT, row.scope)
    open_now = _open_stamps(session, conflict.row_id, conflict.field)
    if not open_now:
        raise ConflictGone(entity=conflict.entity)
    shape = shapes()[conflict.entity].by_name[conflict.field]
    if not wire_values_fit(shape, [_wire(shape.kind, value)]):
        raise ValueUnfit(entity=conflict.entity, field=conflict.field)
    for field, wanted in {conflict.field: value, **followers_of(row, conflict.field, value)}.items():
        if stamps := _open_stamps(session, conflict.row_id, field):
            session.resolves(conflict.row_id, field, stamps)
        setattr(row, field, wanted)
    for author in _set_aside(desk, conflict, value):
        session.add(
            Ruling(
                scope=row.scope, kind=CONFLICT, subject=conflict_subject(conflict.entity, conflict.row_id, conflict.field),
                first_id=conflict.row_id, second_id=author, verdict=_verdict(conflict, value),
                decided_by=desk.user.id, decided_at=desk.now(),
            )
        )  # fmt: skip


def _open_stamps(session: CapturedSession, row_id: uuid.UUID, field: str) -> tuple[bytes, ...]:
    query = select(_CONFLICT.c.stamp).where(_CONFLICT.c.row_id == row_id, _CONFLICT.c.field == field)
    return tuple(session.scalars(query))


def _wire(kind: Any, value: Any) -> Any:
    try:
        return to_wire(kind, value)
    except (AttributeError, TypeError, ValueError):
        return object()  # fits nothing


def _verdict(conflict: OpenConflict, value: Any) -> str:
    return "written" if any(one.value == value for one in _all(conflict)) else "third"


def _set_aside(desk: Desk, conflict: OpenConflict, value: Any) -> list[uuid.UUID]:
    """The authors whose value does not stand, each once; who decides knows already."""
    losing = (one.author for one in _all(conflict) if one.value != value)
    return list(dict.fromkeys(author for author in losing if author and author != desk.user.id))


def _all(conflict: OpenConflict) -> tuple[Written, ...]:
    return (conflict.mine, *conflict.theirs)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A value of mine that somebody set aside: in which field of which record, by whom, when."""

    entity: str
    row_id: uuid.UUID
    field: str
    about: About
    by_ar: str
    by_en: str
    at: dt.datetime


def set_aside_of_mine(desk: Desk) -> list[SetAside]:
    """What was decided against this person's values in the last two weeks, the latest first; for Today."""
    with desk.reading() as connection:
        query = (
            select(_RULING)
            .where(
                _RULING.c.second_id == desk.user.id, _RULING.c.kind == CONFLICT,
                _RULING.c.decided_at >= desk.now() - _TOLD_FOR,
                _RULING.c.removed_at.is_(None),
            )
            .order_by(_RULING.c.decided_at.desc())
            .limit(_MOST_TOLD)
        )  # fmt: skip
        rows = connection.execute(query).all()
        parts = [(row, *row.subject.split(":")) for row in rows if row.subject.count(":") == 2]
        known = [(row, entity, field) for row, entity, _, field in parts if entity in shapes()]
        about = about_rows(connection, {(entity, row.first_id) for row, entity, _ in known})
        names = user_names(connection, {row.decided_by for row in rows if row.decided_by})
        return [
            SetAside(
                entity, row.first_id, field, about[entity, row.first_id], *names.get(row.decided_by, ("", "")), row.decided_at
            )
            for row, entity, field in known
        ]  # fmt: skip
