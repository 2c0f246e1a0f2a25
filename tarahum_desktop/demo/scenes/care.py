"""A week of care: releases and their contacts, preparations under way, an alert, cases that wait for somebody."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.care.alerts import raise_alert
from tarahum_desktop.casework.care.checklist import release_lists, set_release_check
from tarahum_desktop.casework.care.task_records import Outcome, TaskRef, complete_task, plan_contact
from tarahum_desktop.casework.care.tasks import TaskQuery, task_board
from tarahum_desktop.casework.cases import move_case, moves_for
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import Case

_CASE: Any = Case.__table__
_PREPARED: Final = (
    (ReleaseItem.HOUSING, CheckState.DONE, "يعود إلى بيت الأسرة"),
    (ReleaseItem.DOCUMENTS, CheckState.IN_PROGRESS, ""),
    (ReleaseItem.WORK, CheckState.SUPPORT_REQUIRED, "يحتاج دورة تأهيل مهني"),
    (ReleaseItem.TREATMENT, CheckState.NOT_REQUIRED, ""),
)


def play(desk_of: Callable[[str], Desk]) -> None:
    """Play the week with the staff of one office."""
    officer, supervisor = desk_of("officer1"), desk_of("supervisor")
    today = officer.today()
    _prepare_releases(officer, today)
    _record_contacts(officer, today)
    _plan_days(officer, today)
    _raise(officer)
    _wait_for_supervisor(officer, supervisor)


def _cases(desk: Desk, *states: CaseState) -> list[uuid.UUID]:
    query = (
        select(_CASE.c.id)
        .where(_CASE.c.officer_id == desk.user.id, _CASE.c.state.in_(states), _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.id.desc())
        .limit(20)
    )
    with desk.reading() as connection:
        return list(connection.scalars(query))


def _prepare_releases(officer: Desk, today: dt.date) -> None:
    ahead = TaskQuery(today, today + dt.timedelta(30), officer.user.id, frozenset({TaskKind.RELEASE_PLAN}))
    board = task_board(officer, ahead)
    for task in (*board.overdue, *board.tasks)[:3]:
        for release in release_lists(officer, task.case_id)[:1]:
            for item, state, note in _PREPARED:
                set_release_check(officer, release.episode_id, item, state, note)


def _record_contacts(officer: Desk, today: dt.date) -> None:
    wanted = frozenset({TaskKind.AFTER_CARE, TaskKind.CONTACT})
    late = task_board(officer, TaskQuery(today, today, officer.user.id, wanted)).overdue
    outcomes = (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.REACHED)
    for task, outcome in zip(late, outcomes, strict=False):
        ref = TaskRef(
            task.case_id, task.kind, task.due_on, task.contact_id, task.subject_id, task.person_id, task.step
        )
        complete_task(officer, ref, outcome, "الأحوال مستقرة" if outcome is Outcome.REACHED else "")


def _plan_days(officer: Desk, today: dt.date) -> None:
    for case, days in zip(
        _cases(officer, CaseState.ACTIVE, CaseState.FOLLOW_UP), (0, 0, 0, 1, 3, 5), strict=False
    ):
        plan_contact(officer, case, TaskKind.VISIT.value, today + dt.timedelta(days))


def _raise(officer: Desk) -> None:
    for case in _cases(officer, CaseState.ACTIVE, CaseState.STUDY)[:1]:
        raise_alert(officer, case, AlertKind.DOMESTIC_VIOLENCE, note="ذكرته قريبة للأسرة أثناء الزيارة")


def _wait_for_supervisor(officer: Desk, supervisor: Desk) -> None:
    """Studies that are complete wait for the decision; one case is put on hold."""
    for case in _cases(officer, CaseState.STUDY)[:3]:
        if CaseState.ASSESSED in moves_for(officer, case):
            move_case(officer, case, CaseState.ASSESSED)
    for case in _cases(officer, CaseState.ACTIVE)[-1:]:
        if CaseState.SUSPENDED in moves_for(supervisor, case):
            move_case(supervisor, case, CaseState.SUSPENDED, "الأسرة في سفر طويل")
