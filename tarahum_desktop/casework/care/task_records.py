"""What people did about something due: it was done, or it is put off to another day."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from tarahum_desktop.casework.care.alerts import LONGEST_NOTE
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.due_tasks import RECORDED, TaskKind
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Case, FollowUp

TRY_AGAIN: Final = dt.timedelta(days=3)
FURTHEST: Final = dt.timedelta(days=366)
_ATTEMPT: Final = "call"


class Outcome(StrEnum):
    """How a contact went."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class TaskRef:
    """Which task: the contact on record, or the case, kind and step it is counted from."""

    case_id: uuid.UUID
    kind: TaskKind
    due_on: dt.date
    contact_id: uuid.UUID | None = None
    subject_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    step: str = ""


def complete_task(desk: Desk, ref: TaskRef, outcome: Outcome, note: str = "") -> ChangeSummary:
    """Record how a contact went. Without an answer the attempt is kept, and the contact is due again in three days.

    Raises:
        CaseworkError: ``task_done_by_work``, for what only the work itself settles; ``task_done_already``.
        RecordMissing, NotAllowed.
    """
    with UnitOfWork(desk) as work:
        contact = _contact(work.session, desk, ref)
        words = clean_lines(note)[:LONGEST_NOTE] or None
        if outcome is Outcome.NO_ANSWER:
            today = desk.today()
            work.session.add(
                FollowUp(
                    scope=contact.scope, case_id=contact.case_id, person_id=contact.person_id,
                    officer_id=desk.user.id, kind=_ATTEMPT, due_on=today, done_on=today, outcome=outcome.value,
                    note=words,
                )
            )  # fmt: skip
            contact.due_on = today + TRY_AGAIN
        else:
            contact.done_on, contact.outcome, contact.note = desk.today(), outcome.value, words
    return work.summary


def put_off_task(desk: Desk, ref: TaskRef, day: dt.date) -> ChangeSummary:
    """Put a contact off to another day, or bring it forward.

    Raises:
        CaseworkError: as ``complete_task``, and ``task_day_passed`` or ``task_day_too_far``.
    """
    today = desk.today()
    if day < today:
        raise CaseworkError("task_day_passed")
    if day > today + FURTHEST:
        raise CaseworkError("task_day_too_far")
    with UnitOfWork(desk) as work:
        _contact(work.session, desk, ref).due_on = day
    return work.summary


def plan_contact(
    desk: Desk, case_id: uuid.UUID, kind: str, day: dt.date, person_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Plan a visit or another contact on a day."""
    with UnitOfWork(desk) as work:
        case = _case(work.session, desk, case_id)
        contact = FollowUp(
            scope=case.scope, case_id=case.id, person_id=person_id, officer_id=case.officer_id or desk.user.id,
            kind=kind, due_on=day,
        )  # fmt: skip
        work.session.add(contact)
        work.session.flush()
        return contact.id


def _contact(session: Session, desk: Desk, ref: TaskRef) -> FollowUp:
    """The contact's row; what was only counted until now becomes one."""
    if ref.kind not in RECORDED:
        raise CaseworkError("task_done_by_work")
    if ref.contact_id is not None:
        found = session.get(FollowUp, ref.contact_id)
        if found is None or found.removed_at is not None:
            raise RecordMissing(entity="follow_up")
        desk.require(Action.MOVE_CASE, found.scope)
        if found.done_on is not None:
            raise CaseworkError("task_done_already")
        return found
    case = _case(session, desk, ref.case_id)
    if ref.kind in {TaskKind.VISIT, TaskKind.CONTACT}:
        raise RecordMissing(entity="follow_up")
    stay = ref.subject_id if ref.kind is TaskKind.AFTER_CARE else None
    made = FollowUp(
        scope=case.scope, case_id=case.id, officer_id=case.officer_id or desk.user.id, person_id=ref.person_id,
        kind=ref.kind.value, due_on=ref.due_on, episode_id=stay, step=ref.step or None,
    )  # fmt: skip
    session.add(made)
    return made


def _case(session: Session, desk: Desk, case_id: uuid.UUID) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise RecordMissing(entity="case_file")
    desk.require(Action.MOVE_CASE, case.scope)
    return case
