"""The attendance grid: people by sessions, one mark in each cell, kept as it is pressed."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.courses.courses import running_course
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.attendance import Mark, Standing, standing
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Attendance, Course, CourseMember, CourseSession, Person, Service

_COURSE: Any = Course.__table__
_MEMBER: Any = CourseMember.__table__
_SESSION: Any = CourseSession.__table__
_MARK: Any = Attendance.__table__
_PERSON: Any = Person.__table__
_SERVICE: Any = Service.__table__
_MARKS: Final = frozenset(mark.value for mark in Mark)

Marks = Mapping[tuple[uuid.UUID, uuid.UUID], Mark | None]
"""(session, person) → mark; None takes a mark away."""


@dataclass(frozen=True, slots=True)
class SessionColumn:
    """One meeting."""

    id: uuid.UUID
    number: int
    held_on: dt.date


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person: marks by session id, and how they stand over all sessions held since they joined."""

    member_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    id_number: str
    marks: Mapping[uuid.UUID, Mark]
    standing: Standing
    outcome: str
    certificate: str
    left_on: dt.date | None
    has_plan_item: bool


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A course with its sessions in order and its people by name."""

    course_id: uuid.UUID
    title: str
    service_ar: str
    service_en: str
    state: str
    sessions: tuple[SessionColumn, ...]
    members: tuple[MemberRow, ...]


def attendance_sheet(desk: Desk, course_id: uuid.UUID) -> AttendanceSheet:
    """Read a whole sheet; raises RecordMissing, NotAllowed."""
    with desk.reading() as connection:
        query = (
            select(_COURSE, _SERVICE.c.name_ar, _SERVICE.c.name_en)
            .outerjoin(_SERVICE, _SERVICE.c.code == _COURSE.c.service_code)
            .where(_COURSE.c.id == course_id)
        )
        course = connection.execute(query).one_or_none()
        if course is None:
            raise RecordMissing(entity="course")
        desk.require(Action.VIEW_CASE, course.scope)
        sessions = sessions_of(connection, course_id)
        members = members_of(connection, course_id, sessions)
    return AttendanceSheet(
        course_id, course.title, course.name_ar or "", course.name_en or "", course.state, sessions, members
    )


def sessions_of(connection: Connection, course_id: uuid.UUID) -> tuple[SessionColumn, ...]:
    """The meetings of a course by day."""
    query = select(_SESSION).where(_SESSION.c.course_id == course_id, _SESSION.c.removed_at.is_(None))
    rows = connection.execute(query.order_by(_SESSION.c.held_on, _SESSION.c.number, _SESSION.c.id))
    return tuple(SessionColumn(row.id, row.number, row.held_on) for row in rows)


def members_of(
    connection: Connection, course_id: uuid.UUID, sessions: tuple[SessionColumn, ...]
) -> tuple[MemberRow, ...]:
    """The people of a course with their marks, by name."""
    marks: dict[uuid.UUID, dict[uuid.UUID, Mark]] = {}
    held = select(_MARK.c.session_id, _MARK.c.person_id, _MARK.c.mark).where(
        _MARK.c.session_id.in_([session.id for session in sessions]), _MARK.c.removed_at.is_(None)
    )
    for row in connection.execute(held.order_by(_MARK.c.id)):
        if row.mark in _MARKS:
            marks.setdefault(row.person_id, {})[row.session_id] = Mark(row.mark)
    query = (
        select(_MEMBER, *NAME_COLUMNS, _PERSON.c.id_number)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_MEMBER.c.course_id == course_id, _MEMBER.c.removed_at.is_(None))
    )
    rows = [_member(row, marks.get(row.person_id, {}), sessions) for row in connection.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.name, row.id_number, row.member_id)))


def mark_attendance(desk: Desk, course_id: uuid.UUID, marks: Marks) -> ChangeSummary:
    """Keep marks; raises CourseRefused ``course_ended``, RecordMissing, NotAllowed."""
    with UnitOfWork(desk) as work:
        course = running_course(work.session, desk, course_id)
        sessions = {session.id for session in sessions_of(work.session.connection(), course_id)}
        if any(session not in sessions for session, _person in marks):
            raise RecordMissing(entity="course_session")
        query = select(Attendance).where(Attendance.session_id.in_({session for session, _ in marks}))
        known = {(row.session_id, row.person_id): row for row in work.session.scalars(query)}
        for (session_id, person_id), mark in marks.items():
            row = known.get((session_id, person_id))
            if row is not None:
                row.removed_at = None if mark else desk.now()
                row.mark = mark.value if mark else row.mark
            elif mark:
                work.session.add(
                    Attendance(
                        scope=course.scope, session_id=session_id, person_id=person_id, mark=mark.value
                    )
                )
    return work.summary


def _member(row: Any, marks: Mapping[uuid.UUID, Mark], sessions: tuple[SessionColumn, ...]) -> MemberRow:
    until = row.left_on or dt.date.max
    # Who joins in the third week is not absent from the first two, unless somebody marked them there.
    meant = [s for s in sessions if s.id in marks or (row.joined_on or dt.date.min) <= s.held_on <= until]
    return MemberRow(
        row.id, row.person_id, full_name(row), row.id_number or "", marks,
        standing([marks.get(session.id) for session in meant]), row.outcome or "", row.certificate or "", row.left_on,
        row.plan_item_id is not None,
    )  # fmt: skip
