"""The day's work at a glance: visits due, overdue contacts, releases coming, drafts, what came back, exchange state."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from tarahum_desktop.casework.care.alerts import AlertLine, open_alerts
from tarahum_desktop.casework.care.day_route import VISITS_AHEAD, DueLine, family_lines, office_point
from tarahum_desktop.casework.care.late_steps import LateStep, late_steps
from tarahum_desktop.casework.care.tasks import TaskQuery, tasks_in
from tarahum_desktop.casework.care.waiting import WaitingLine, waiting_cases
from tarahum_desktop.casework.care.workload import WorkloadLine, leads_office, workload
from tarahum_desktop.casework.conflicts.told import SetAside, set_aside_of_mine
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import DraftLine, list_drafts
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.sync_state import SyncState, sync_state
from tarahum_desktop.casework.waiting_counts import WaitingCount, waiting_counts
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Case,
    CaseMove,
    CustodyEpisode,
    Household,
    Membership,
    Person,
    User,
)
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import to_milliseconds

RELEASE_DAYS: Final = 183
"""Preparation before release begins six months ahead."""
_CAME_BACK: Final = dt.timedelta(days=14)
_MOST: Final = 50
_CASE: Any = Case.__table__
_MOVE: Any = CaseMove.__table__
_STAY: Any = CustodyEpisode.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release expected within six months; ``household_id`` is None when the family is not known here."""

    person_id: uuid.UUID
    person_name: str
    household_id: uuid.UUID | None
    file_number: str
    expected_on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class CameBackLine:
    """A step somebody else made in one of my cases."""

    household_id: uuid.UUID
    file_number: str
    head_name: str
    from_state: str
    to_state: str
    reason: str
    by_ar: str
    by_en: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """Everything the first screen shows; each list holds at most 50, and no family stands in two lists of work.

    It is read in parts: None stands for what is not read yet.
    """

    day: dt.date
    visits: tuple[DueLine, ...] | None
    contacts: tuple[DueLine, ...] | None
    releases: tuple[ReleaseLine, ...] | None
    drafts: tuple[DraftLine, ...]
    came_back: tuple[CameBackLine, ...] | None
    sync: SyncState
    alerts: tuple[AlertLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    workload: tuple[WorkloadLine, ...] | None = ()
    late_steps: tuple[LateStep, ...] = ()
    counts: tuple[WaitingCount, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def today_board(desk: Desk) -> TodayBoard:
    """The whole board at once."""
    board = today_begun(desk)
    for read in TODAY_PARTS:
        board = read(desk, board)
    return board


def today_begun(desk: Desk) -> TodayBoard:
    """The board with what takes a blink: what endangers somebody, what waits for this person, what they left half done."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        waiting = waiting_cases(connection, desk, scopes)
        counts = waiting_counts(connection, desk)
    return TodayBoard(
        desk.today(), None, None, None, tuple(list_drafts(desk)), None, sync_state(desk), open_alerts(desk)[:_MOST],
        waiting, None, late_steps(desk) if leads_office(desk) else (), counts,
    )  # fmt: skip


def _with_what_is_due(desk: Desk, board: TodayBoard) -> TodayBoard:
    """An officer sees their own cases, who has none assigned the cases of their scopes."""
    today = board.day
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        own = (
            connection.scalar(select(_CASE.c.id).where(_CASE.c.officer_id == desk.user.id).limit(1))
            is not None
        )
        query = TaskQuery(today, today + VISITS_AHEAD, desk.user.id if own else None)
        tasks = tasks_in(connection, desk, query, scopes)[0] if scopes else []
        start = office_point(connection, desk)
    visits, contacts = family_lines(tasks, today, start)
    return replace(board, visits=visits[:_MOST], contacts=contacts[:_MOST])


def _with_what_others_did(desk: Desk, board: TodayBoard) -> TodayBoard:
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        releases, came_back = _releases(connection, desk), _came_back(connection, desk, scopes)
    return replace(board, releases=releases, came_back=came_back, set_aside=tuple(set_aside_of_mine(desk)))


def _with_workload(desk: Desk, board: TodayBoard) -> TodayBoard:
    return replace(board, workload=workload(desk))


TODAY_PARTS: Final[tuple[Callable[[Desk, TodayBoard], TodayBoard], ...]] = (
    _with_what_is_due, _with_what_others_did, _with_workload,
)  # fmt: skip
"""What fills the board that was begun, one after the other, the most pressing first."""


def _among(scope: ColumnElement[str], scopes: tuple[str, ...]) -> ColumnElement[bool]:
    """The scope as a value and not as a column: else the planner reads whole scopes instead of the few days asked for."""
    return scope.concat("").in_(scopes)


def _releases(connection: Connection, desk: Desk) -> tuple[ReleaseLine, ...]:
    today = desk.today()
    scopes = desk.scopes_for(Action.VIEW_CRIMINAL, connection) or tuple(
        scope
        for scope in desk.scopes_for(Action.VIEW_CASE, connection)
        if desk.may(Action.VIEW_CRIMINAL, scope, own=True)
    )
    if not scopes:
        return ()  # asked anyway, the database would walk half a year of everybody's days
    coming = (
        select(_STAY.c.person_id, _STAY.c.expected_release_day, _STAY.c.scope, *NAME_COLUMNS)
        .join(_PERSON, _PERSON.c.id == _STAY.c.person_id)
        .where(
            _STAY.c.expected_release_day.between(today, today + dt.timedelta(days=RELEASE_DAYS)),
            _STAY.c.release_day.is_(None),
            _STAY.c.removed_at.is_(None),
            _among(_STAY.c.scope, scopes),
        )
        .order_by(_STAY.c.expected_release_day)
        .limit(_MOST)
    )
    rows = list(connection.execute(coming))
    homes = _homes(connection, [row.person_id for row in rows])
    return tuple(
        ReleaseLine(
            row.person_id, full_name(row), home.id if home else None, home.file_number if home else "",
            row.expected_release_day, (row.expected_release_day - today).days,
        )
        for row in rows
        if _visible(desk, row.scope, home := homes.get(row.person_id))
    )  # fmt: skip


def _visible(desk: Desk, scope: str, home: Any) -> bool:
    """An officer is told of releases in the families assigned to them only."""
    return desk.may(Action.VIEW_CRIMINAL, scope, own=home is not None and home.officer_id == desk.user.id)


def _homes(connection: Connection, persons: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    query = (
        select(_MEMBER.c.person_id, _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _CASE.c.officer_id)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
        .outerjoin(_CASE, _CASE.c.household_id == _HOUSEHOLD.c.id)
        .where(_MEMBER.c.person_id.in_(persons), _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None), _CASE.c.id)
    )
    return {row.person_id: row for row in connection.execute(query)}


def _came_back(connection: Connection, desk: Desk, scopes: tuple[str, ...]) -> tuple[CameBackLine, ...]:
    # Ids begin with their time, so the index on scope and id finds the last days without reading older steps.
    since = make_id(to_milliseconds(desk.now() - _CAME_BACK), 0)
    query = (
        select(
            _MOVE,
            _CASE.c.household_id,
            _HOUSEHOLD.c.file_number,
            *NAME_COLUMNS,
            _USER.c.name_ar,
            _USER.c.name_en,
        )
        .join(_CASE, _CASE.c.id == _MOVE.c.case_id)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_USER, _USER.c.id == _MOVE.c.moved_by)
        .where(
            _MOVE.c.scope.in_(scopes),
            _MOVE.c.id >= since,
            _CASE.c.officer_id == desk.user.id,
            _MOVE.c.moved_by != desk.user.id,
        )
        .order_by(_MOVE.c.moved_at.desc(), _MOVE.c.id.desc())
        .limit(_MOST)
    )
    return tuple(
        CameBackLine(
            row.household_id, row.file_number, full_name(row), row.from_state, row.to_state, row.reason or "",
            row.name_ar or "", row.name_en or "", row.moved_at,
        )
        for row in connection.execute(query)
    )  # fmt: skip
