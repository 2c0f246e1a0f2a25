"""Closing a course: who attended enough completes it, gets a certificate number and the service they were promised."""

import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from tarahum_desktop.casework.courses.attendance import MemberRow, members_of, sessions_of
from tarahum_desktop.casework.courses.courses import ENDED, CourseRefused, approved_item, running_course
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.deliver import NewDelivery, add_delivery
from tarahum_desktop.casework.giving.errors import GivingRefused
from tarahum_desktop.casework.numbers import next_count
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Course, CourseMember, PlanItem
from tarahum_desktop.sync.capture import CapturedSession

COMPLETED: Final = "completed"
NOT_COMPLETED: Final = "not_completed"
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Completion:
    """What closing did; ``without_plan`` completed without an approved plan item, so no delivery could be written."""

    completed: int
    not_completed: int
    delivered: int
    without_plan: int
    summary: ChangeSummary = NOTHING_CHANGED


def finish_course(desk: Desk, course_id: uuid.UUID) -> Completion:
    """Decide everybody's outcome by their attendance and close the course, all in one transaction.

    Raises:
        CourseRefused: ``course_no_sessions``, ``course_marks_missing`` (fact ``count``), ``course_ended``.
        RecordMissing, NotAllowed.
    """
    with UnitOfWork(desk) as work:
        session = work.session
        course = running_course(session, desk, course_id)
        desk.require(Action.RECORD_DELIVERY, course.scope)
        sessions = sessions_of(session.connection(), course_id)
        if not sessions:
            raise CourseRefused("course_no_sessions")
        rows = members_of(session.connection(), course_id, sessions)
        blank = sum(row.standing.unmarked for row in rows if row.left_on is None)
        if blank:
            raise CourseRefused("course_marks_missing", count=blank)
        members = {member.id: member for member in session.scalars(_members(course_id))}
        outcomes = [
            _close(session, desk, course, members[row.member_id], row, sessions[-1].id) for row in rows
        ]
        course.state, course.last_day = ENDED, sessions[-1].held_on
    done = [outcome for outcome in outcomes if outcome is not None]
    return Completion(len(done), len(outcomes) - len(done), done.count(True), done.count(False), work.summary)


def _members(course_id: uuid.UUID) -> Select[CourseMember]:
    return select(CourseMember).where(CourseMember.course_id == course_id, CourseMember.removed_at.is_(None))


def _close(
    session: CapturedSession,
    desk: Desk,
    course: Course,
    member: CourseMember,
    row: MemberRow,
    last: uuid.UUID,
) -> bool | None:
    """Write one person's outcome: None when not completed, else whether a delivery was written."""
    if not row.standing.completed or row.left_on is not None:
        member.outcome = LEFT if row.left_on else NOT_COMPLETED
        return None
    year, committee = desk.today().year, course.committee_code
    count = next_count(session.connection(), f"certificate/{committee}/{year}")
    member.outcome = COMPLETED
    member.certificate = f"{committee.upper()}-{year}-C{desk.replica.device}-{count:05d}"
    item_id = member.plan_item_id or approved_item(session, member.person_id, course.service_code)
    item = session.get(PlanItem, item_id) if item_id else None
    if item is None:
        return False
    member.plan_item_id = item.id
    try:
        add_delivery(session, desk, NewDelivery(item.id, quantity=1, amount_halalas=0, session_id=last))
    except (
        GivingRefused
    ):  # the certificate is earned all the same; the office sees that no delivery was written
        return False
    return True
