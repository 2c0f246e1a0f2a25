"""Deciding a conflict: an edit like any other, which also says that the other values were seen and set aside.

Whoever wrote a value that was set aside is told on their own machine: the decision travels as a ruling that names them
and brings the values. A decision replaces only the edits that who decided had before them; one that arrived meanwhile
is never closed unseen.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.followers import FOLLOWERS, followers_of
from tarahum_desktop.casework.conflicts.record import (
    CONFLICT,
    Met,
    conflict_subject,
    read_detail,
    subject_parts,
    write_detail,
)
from tarahum_desktop.casework.conflicts.rights import require_settling
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Conflict, Ruling, replicated_entities
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.shapes import Kind, shapes, to_wire, wire_values_fit

LONGEST_REASON: Final = 300
_CONFLICT: Any = Conflict.__table__


class ConflictGone(CaseworkError):
    """Somebody else settled it, or a newer edit did."""

    code = "conflict_gone"


class ConflictChanged(CaseworkError):
    """Another value arrived since the conflict was read."""

    code = "conflict_changed"


class ValueUnfit(CaseworkError):
    """The typed value does not fit the field."""

    code = "conflict_value_unfit"


@dataclass(frozen=True, slots=True)
class Decided:
    """Which value shall stand in one conflict, and why when somebody said so."""

    conflict: OpenConflict
    value: Any
    reason: str = ""


def settle_conflict(desk: Desk, conflict: OpenConflict, value: Any, reason: str = "") -> ChangeSummary:
    """Let ``value`` stand (one of those written, or a third) and close the conflict.

    Raises:
        NotAllowed: the desk may not settle conflicts of the row's scope.
        ConflictGone: nothing is open any more.
        ConflictChanged: another value arrived since; read the conflict again.
        ValueUnfit: a third value of the wrong kind.
    """
    return settle_many(desk, [Decided(conflict, value, reason)])


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


def take_back_decision(desk: Desk, rulings: Iterable[uuid.UUID]) -> ChangeSummary:
    """Undo decisions: show what was shown before, and ask again.

    Raises:
        NotAllowed: as settling.
        ConflictGone: somebody wrote the field since, or the decision was taken back already.
    """
    # One flush, and so one stamp for the rulings and the fields: see ``reopened``.
    with UnitOfWork(desk) as work, work.session.no_autoflush:
        _take_all_back(desk, work.session, rulings)
    return work.summary


def _take_all_back(desk: Desk, session: CapturedSession, rulings: Iterable[uuid.UUID]) -> None:
    for one in sorted(rulings):
        ruling = session.get(Ruling, one)
        if ruling is None or ruling.kind != CONFLICT or ruling.removed_at is not None:
            raise ConflictGone(entity="ruling")
        _take_back(desk, session, ruling)


def write_value(row: Any, field: str, value: Any) -> None:
    """Give a field of a row a value, and its following fields theirs; raises ValueUnfit."""
    shape = shapes()[row.__tablename__].by_name[field]
    if not wire_values_fit(shape, [_wire(shape.kind, value)]):
        raise ValueUnfit(entity=row.__tablename__, field=field)
    for name, wanted in {field: value, **followers_of(row, field, value)}.items():
        setattr(row, name, wanted)


def shown_stamp(row: Any, field: str) -> bytes:
    """The stamp of the value a row shows in a field."""
    mark = unpack_marks(row.field_stamps).get(field)
    return mark.stamp if mark else row.stamp


def _settle(desk: Desk, session: CapturedSession, decided: Decided) -> None:
    conflict, value = decided.conflict, decided.value
    row: Any = session.get(replicated_entities()[conflict.entity], conflict.row_id)
    if row is None:
        raise RecordMissing(entity=conflict.entity)
    require_settling(desk, conflict.entity, row.scope)
    _refuse_unseen(session, row, conflict)
    for field in (conflict.field, *FOLLOWERS.get((conflict.entity, conflict.field), ())):
        # Also where nothing else is open: the shown value is confirmed by an edit of its own.
        if (stamps := _open_stamps(session, row.id, field)) or field == conflict.field:
            session.resolves(row.id, field, stamps)
    write_value(row, conflict.field, value)
    if desk.may(Action.RESOLVE_CONFLICT, row.scope):
        session.add_all(_rulings(desk, row.scope, decided))


def _refuse_unseen(session: CapturedSession, row: Any, conflict: OpenConflict) -> None:
    others = set(_open_stamps(session, row.id, conflict.field))
    overtaken = shown_stamp(row, conflict.field) != conflict.standing
    if not others and (overtaken or conflict.standing == conflict.shown):
        raise ConflictGone(entity=conflict.entity)
    if overtaken or not others <= conflict.seen:
        raise ConflictChanged(entity=conflict.entity)


def _rulings(desk: Desk, scope: str, decided: Decided) -> list[Ruling]:
    """One for each author whose value does not stand, so that each is told."""
    conflict, value = decided.conflict, decided.value
    every = (conflict.mine, *conflict.theirs)
    written = tuple((one.value, one.stamp, one.author.bytes if one.author else None) for one in every)
    shape = shapes()[conflict.entity].by_name[conflict.field]
    detail = write_detail(shape.kind, Met(conflict.base, written, conflict.shown, value))
    losing = dict.fromkeys(one.author for one in every if one.value != value)
    return [
        Ruling(
            scope=scope, kind=CONFLICT, subject=conflict_subject(conflict.entity, conflict.row_id, conflict.field),
            first_id=conflict.row_id, second_id=author, detail=detail,
            verdict="written" if any(one.value == value for one in every) else "third",
            reason=clean(decided.reason)[:LONGEST_REASON] or None, decided_by=desk.user.id, decided_at=desk.now(),
        )
        for author in losing
    ]  # fmt: skip


def _take_back(desk: Desk, session: CapturedSession, ruling: Ruling) -> None:
    parts = subject_parts(ruling.subject)
    if parts is None:
        raise RecordMissing(entity="ruling")
    entity, row_id, field = parts
    row: Any = session.get(replicated_entities()[entity], row_id)
    met = read_detail(shapes()[entity].by_name[field].kind, ruling.detail)
    if row is None or met is None:
        raise RecordMissing(entity=entity)
    require_settling(desk, entity, row.scope)
    if ruling.stamp != shown_stamp(row, field):
        raise ConflictGone(entity=entity)  # the decision and its ruling were written with one stamp
    if _open_stamps(session, row_id, field):
        raise ConflictChanged(entity=entity)
    session.resolves(row_id, field, ())
    write_value(row, field, next(value for value, stamp, _ in met.written if stamp == met.shown))
    ruling.removed_at = desk.now()


def _open_stamps(session: CapturedSession, row_id: uuid.UUID, field: str) -> tuple[bytes, ...]:
    query = select(_CONFLICT.c.stamp).where(_CONFLICT.c.row_id == row_id, _CONFLICT.c.field == field)
    return tuple(session.scalars(query))


def _wire(kind: Kind, value: Any) -> Any:
    try:
        return to_wire(kind, value)
    except (AttributeError, TypeError, ValueError):
        return object()  # fits nothing
