"""A sitting of one level while it is open: its agenda is made from the queue, decisions are kept as they are typed."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.numbers import next_minute_number
from tarahum_desktop.casework.plans.decide import ItemDecision, check_amount
from tarahum_desktop.casework.plans.errors import MinuteRefused
from tarahum_desktop.casework.plans.queue import read_waiting
from tarahum_desktop.casework.plans.states import LONGEST_REASON, Verdict
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.permissions import Action, approve_action, committee_of
from tarahum_desktop.domain.text import clean, clean_lines
from tarahum_desktop.models import Minute, MinuteDecision, PlanItem

OPEN: Final = "open"
SIGNED: Final = "signed"
CANCELLED: Final = "cancelled"
MOST_MEMBERS: Final = 30
_LONGEST_LINE: Final = 200
_MINUTE: Any = Minute.__table__
_LINE: Any = MinuteDecision.__table__


@dataclass(frozen=True, slots=True)
class Attendant:
    """A member of the committee, the office held, and whether the member came."""

    name: str
    office: str = ""
    present: bool = True


@dataclass(frozen=True, slots=True)
class MinuteHead:
    """What is written above the decisions."""

    held_on: dt.date | None = None
    place: str = ""
    chair: str = ""
    attendance: tuple[Attendant, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class MinuteSummary:
    """A sitting in a list."""

    minute_id: uuid.UUID
    number: str
    level: ApprovalLevel
    state: str
    held_on: dt.date | None
    signed_at: dt.datetime | None


def list_minutes(desk: Desk) -> tuple[MinuteSummary, ...]:
    """The sittings this person may keep or approve by, the newest first."""
    with desk.reading() as connection:
        scopes = _scopes(desk, connection, Action.KEEP_MINUTE)
        query = (
            select(_MINUTE)
            .where(_MINUTE.c.scope.in_(scopes), _MINUTE.c.state != CANCELLED, _MINUTE.c.removed_at.is_(None))
            .order_by(_MINUTE.c.id.desc())
            .limit(200)
        )
        return tuple(
            MinuteSummary(row.id, row.number, ApprovalLevel(row.level), row.state, row.held_on, row.signed_at)
            for row in connection.execute(query)
        )


def open_minute(desk: Desk, level: ApprovalLevel) -> uuid.UUID:
    """Open a sitting of the person's committee, or go on with the open one of that level.

    Place, chair and members are those of the level's last sitting, because they seldom change.

    Raises:
        NotAllowed: this person keeps no minutes.
        MinuteRefused: ``minute_nothing_to_decide``.
    """
    committee = desk.user.committee_code or ""
    desk.require(Action.KEEP_MINUTE, committee)
    with UnitOfWork(desk) as work:
        session = work.session
        query = select(Minute).where(
            Minute.scope == committee, Minute.level == level.value, Minute.removed_at.is_(None)
        )
        earlier = list(session.scalars(query.order_by(Minute.id.desc()).limit(20)))
        going = next((one for one in earlier if one.state == OPEN), None)
        minute = going or _new_minute(session, desk, committee, level, earlier)
        if not _fill_agenda(session, desk, minute):
            raise MinuteRefused("minute_nothing_to_decide")
        return minute.id


def refresh_agenda(desk: Desk, minute_id: uuid.UUID) -> ChangeSummary:
    """Add what has come to wait since, and drop what was decided or withdrawn elsewhere."""
    with UnitOfWork(desk) as work:
        _fill_agenda(work.session, desk, open_one(work.session, desk, minute_id))
    return work.summary


def describe_minute(desk: Desk, minute_id: uuid.UUID, head: MinuteHead) -> ChangeSummary:
    """Keep date, place, chair, attendance and note as they are so far.

    Raises:
        MinuteRefused: ``minute_signed``, ``minute_day_ahead``, ``minute_too_many_members``.
    """
    if head.held_on is not None and head.held_on > desk.today():
        raise MinuteRefused("minute_day_ahead")
    if len(head.attendance) > MOST_MEMBERS:
        raise MinuteRefused("minute_too_many_members", most=MOST_MEMBERS)
    with UnitOfWork(desk) as work:
        minute = open_one(work.session, desk, minute_id)
        minute.held_on = head.held_on
        minute.place, minute.chair = _line(head.place), _line(head.chair)
        minute.note = clean_lines(head.note)[:LONGEST_REASON] or None
        minute.attendance = [
            {"name": _line(one.name) or "", "office": _line(one.office) or "", "present": one.present}
            for one in head.attendance
            if _line(one.name)
        ]
    return work.summary


def keep_decisions(
    desk: Desk, minute_id: uuid.UUID, decisions: Mapping[uuid.UUID, ItemDecision | None]
) -> ChangeSummary:
    """Keep what was typed for agenda lines (by their ids); None takes a decision back.

    A reason may follow later, so only signing asks for it; an amount is checked at once.
    """
    with UnitOfWork(desk) as work:
        session = work.session
        minute = open_one(session, desk, minute_id)
        level = ApprovalLevel(minute.level)
        for line_id, decision in decisions.items():
            line = session.get(MinuteDecision, line_id)
            if line is None or line.minute_id != minute.id or line.removed_at is not None:
                raise RecordMissing(entity="minute_decision")
            item = session.get(PlanItem, line.plan_item_id)
            if item is None:
                raise RecordMissing(entity="plan_item")
            _keep(session, desk, line, item, decision, level)
    return work.summary


def cancel_minute(desk: Desk, minute_id: uuid.UUID) -> ChangeSummary:
    """Give up an open sitting; what was on its agenda goes on waiting."""
    with UnitOfWork(desk) as work:
        minute = open_one(work.session, desk, minute_id)
        minute.state = CANCELLED
    return work.summary


def open_one(session: Session, desk: Desk, minute_id: uuid.UUID) -> Minute:
    """The open sitting of that id, for who may keep or decide it; raises MinuteRefused once it is signed."""
    minute = session.get(Minute, minute_id)
    if minute is None:
        raise RecordMissing(entity="minute")
    if not desk.may(approve_action(ApprovalLevel(minute.level)), minute.scope):
        desk.require(Action.KEEP_MINUTE, minute.scope)
    if minute.state != OPEN:
        raise MinuteRefused("minute_signed")
    return minute


def agenda_lines(session: Session, minute_id: uuid.UUID) -> Sequence[MinuteDecision]:
    """The lines of a sitting, in its order."""
    query = select(MinuteDecision).where(
        MinuteDecision.minute_id == minute_id, MinuteDecision.removed_at.is_(None)
    )
    return session.scalars(query.order_by(MinuteDecision.position, MinuteDecision.id)).all()


def _new_minute(
    session: Session, desk: Desk, committee: str, level: ApprovalLevel, earlier: Sequence[Minute]
) -> Minute:
    last = next((one for one in earlier if one.state == SIGNED), None)
    number = next_minute_number(session.connection(), desk.replica, committee, desk.today().year)
    minute = Minute(
        scope=committee, committee_code=committee, number=number, level=level.value, held_on=desk.today(),
        place=last.place if last else None, chair=last.chair if last else None,
        attendance=list(last.attendance) if last else [], state=OPEN, opened_by=desk.user.id,
    )  # fmt: skip
    session.add(minute)
    session.flush()
    return minute


def _fill_agenda(session: Session, desk: Desk, minute: Minute) -> bool:
    """Make the agenda what waits now; whether there is anything on it."""
    connection, level = session.connection(), ApprovalLevel(minute.level)
    scopes = _scopes(desk, connection, Action.KEEP_MINUTE, approve_action(level))
    here = {(scope, level) for scope in scopes if committee_of(scope) == minute.scope}
    waiting = {item.item_id: item for item in read_waiting(desk, connection, here)}
    lines = {line.plan_item_id: line for line in agenda_lines(session, minute.id)}
    for item_id in lines.keys() - waiting.keys():
        lines[item_id].removed_at = desk.now()
    position = max((line.position for line in lines.values()), default=0)
    for item in waiting.values():
        if item.item_id not in lines:
            position += 1
            session.add(
                MinuteDecision(
                    scope=item.scope, minute_id=minute.id, plan_item_id=item.item_id, case_id=item.case_id,
                    position=position,
                )
            )  # fmt: skip
    return bool(waiting)


def _keep(
    session: Session,
    desk: Desk,
    line: MinuteDecision,
    item: PlanItem,
    decision: ItemDecision | None,
    level: ApprovalLevel,
) -> None:
    if decision is None:
        line.verdict = line.amount_halalas = line.reason = None
        return
    amount = decision.amount if decision.verdict is Verdict.APPROVE else None
    if amount is not None:
        check_amount(session, desk, item, amount, level)
    line.verdict, line.amount_halalas = decision.verdict.value, amount
    line.reason = clean_lines(decision.reason)[:LONGEST_REASON] or None


def _scopes(desk: Desk, connection: Connection, *actions: Action) -> tuple[str, ...]:
    return tuple(sorted({scope for action in actions for scope in desk.scopes_for(action, connection)}))


def _line(text: str) -> str | None:
    return clean(text)[:_LONGEST_LINE] or None
