"""A course or activity of a service: making it, its people and its sessions."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Course, CourseMember, CourseSession, Person, PlanItem, Service
from tarahum_desktop.models.ids import new_id

COURSE_SERVICES: Final = ("FC-03", "FC-05", "FC-06", "CD-03", "CD-04", "CD-07")
"""Services given to groups, whose evidence is an attendance list."""
RUNNING, ENDED = "running", "ended"
APPROVED: Final = "approved"
MOST_MEMBERS: Final = 200
MOST_SESSIONS: Final = 120
_MOST: Final = 100
_LOOKS_BACK: Final = dt.timedelta(days=731)
_COURSE: Any = Course.__table__
_MEMBER: Any = CourseMember.__table__
_SERVICE: Any = Service.__table__
_ITEM: Any = PlanItem.__table__


class CourseRefused(CaseworkError):
    """``course_title_missing``, ``course_full``, ``course_ended``, ``course_member_twice``, ``course_no_sessions``."""

    code = "course_title_missing"


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course in a list."""

    id: uuid.UUID
    title: str
    service_code: str
    service_ar: str
    service_en: str
    first_day: dt.date | None
    last_day: dt.date | None
    state: str
    members: int
    trainer: str


@dataclass(frozen=True, slots=True)
class NewCourse:
    """A course to be made."""

    scope: str
    service_code: str
    title: str
    first_day: dt.date
    facility_code: str = ""
    trainer: str = ""
    planned_sessions: int | None = None


def courses(desk: Desk) -> tuple[CourseLine, ...]:
    """The courses of two years, those running first, then the newest; at most 100."""
    members = (
        select(func.count())
        .where(_MEMBER.c.course_id == _COURSE.c.id, _MEMBER.c.removed_at.is_(None))
        .scalar_subquery()
    )
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        query = (
            select(_COURSE, _SERVICE.c.name_ar, _SERVICE.c.name_en, members.label("members"))
            .outerjoin(_SERVICE, _SERVICE.c.code == _COURSE.c.service_code)
            .where(
                _COURSE.c.first_day >= desk.today() - _LOOKS_BACK,
                _COURSE.c.removed_at.is_(None),
                _COURSE.c.scope.concat("").in_(scopes),
            )
            .order_by(_COURSE.c.first_day.desc(), _COURSE.c.id)
            .limit(_MOST)
        )
        lines = [
            CourseLine(
                row.id, row.title, row.service_code, row.name_ar or "", row.name_en or "", row.first_day, row.last_day,
                row.state, row.members, row.trainer or "",
            )
            for row in connection.execute(query)
        ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.state != RUNNING))


def make_course(desk: Desk, wanted: NewCourse) -> uuid.UUID:
    """Make a course; raises CourseRefused, RecordMissing (the service), NotAllowed."""
    desk.require(Action.RUN_COURSE, wanted.scope)
    title = clean(wanted.title)[:120]
    if not title:
        raise CourseRefused
    with UnitOfWork(desk) as work:
        if work.session.scalar(select(_SERVICE.c.id).where(_SERVICE.c.code == wanted.service_code)) is None:
            raise RecordMissing(entity="service")
        course = Course(
            id=new_id(), scope=wanted.scope, committee_code=committee_of(wanted.scope), title=title,
            service_code=wanted.service_code, facility_code=wanted.facility_code or None,
            trainer=clean(wanted.trainer)[:120] or None, first_day=wanted.first_day, state=RUNNING,
            planned_sessions=wanted.planned_sessions,
        )  # fmt: skip
        work.session.add(course)
    return course.id


def add_member(desk: Desk, course_id: uuid.UUID, person_id: uuid.UUID) -> uuid.UUID:
    """Put a person into a course, with their approved plan item for its service where there is one.

    Raises:
        CourseRefused: ended, full, or the person is in it.
        RecordMissing, NotAllowed.
    """
    with UnitOfWork(desk) as work:
        course = running_course(work.session, desk, course_id)
        person = work.session.get(Person, person_id)
        if person is None:
            raise RecordMissing(entity="person")
        people = work.session.scalars(
            select(CourseMember.person_id).where(
                CourseMember.course_id == course_id, CourseMember.removed_at.is_(None)
            )
        ).all()
        if person_id in people:
            raise CourseRefused("course_member_twice")
        if len(people) >= MOST_MEMBERS:
            raise CourseRefused("course_full", most=MOST_MEMBERS)
        item = approved_item(work.session, person_id, course.service_code)
        member = CourseMember(
            id=new_id(), scope=course.scope, course_id=course_id, person_id=person_id, joined_on=desk.today(),
            plan_item_id=item,
        )  # fmt: skip
        work.session.add(member)
    return member.id


def drop_member(desk: Desk, member_id: uuid.UUID) -> None:
    """Record that a person left the course; what they attended stays."""
    with UnitOfWork(desk) as work:
        member = work.session.get(CourseMember, member_id)
        if member is None:
            raise RecordMissing(entity="course_member")
        running_course(work.session, desk, member.course_id)
        member.left_on = desk.today()


def add_session(desk: Desk, course_id: uuid.UUID, held_on: dt.date) -> uuid.UUID:
    """Add a meeting; one of the same day is returned rather than made twice. Raises as ``add_member``."""
    with UnitOfWork(desk) as work:
        course = running_course(work.session, desk, course_id)
        sessions = work.session.scalars(
            select(CourseSession).where(
                CourseSession.course_id == course_id, CourseSession.removed_at.is_(None)
            )
        ).all()
        same = next((session for session in sessions if session.held_on == held_on), None)
        if same is not None:
            return same.id
        if len(sessions) >= MOST_SESSIONS:
            raise CourseRefused("course_full", most=MOST_SESSIONS)
        number = max((session.number for session in sessions), default=0) + 1
        made = CourseSession(
            id=new_id(), scope=course.scope, course_id=course_id, held_on=held_on, number=number
        )
        work.session.add(made)
    return made.id


def running_course(session: Session, desk: Desk, course_id: uuid.UUID) -> Course:
    """The course, if this person may still write in it."""
    course = session.get(Course, course_id)
    if course is None:
        raise RecordMissing(entity="course")
    desk.require(Action.RUN_COURSE, course.scope)
    if course.state != RUNNING:
        raise CourseRefused("course_ended")
    return course


def approved_item(session: Session, person_id: uuid.UUID, service_code: str) -> uuid.UUID | None:
    """A person's approved plan item for a service, the latest of several."""
    query = select(_ITEM.c.id).where(
        _ITEM.c.person_id == person_id,
        _ITEM.c.service_code == service_code,
        _ITEM.c.state == APPROVED,
        _ITEM.c.removed_at.is_(None),
    )
    found: uuid.UUID | None = session.scalar(query.order_by(_ITEM.c.id.desc()).limit(1))
    return found
