"""Courses and group activities: who takes part, the sessions, and who was there."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    KeyDay,
    OptionalCode,
    OptionalDay,
    OptionalKeyDay,
    OptionalLink,
    OptionalWhole,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class Course(Replicated):
    """One course, day or activity of a service."""

    __tablename__ = "course"
    committee_code: Mapped[Code]
    service_code: Mapped[Code]
    facility_code: Mapped[OptionalCode]
    title: Mapped[Words]
    trainer: Mapped[OptionalWords]
    first_day: Mapped[OptionalKeyDay]
    last_day: Mapped[OptionalDay]
    planned_sessions: Mapped[OptionalWhole]
    state: Mapped[Words]


class CourseMember(Replicated):
    """A person in a course, and how it ended for them."""

    __tablename__ = "course_member"
    course_id: Mapped[Reference]
    person_id: Mapped[Reference]
    plan_item_id: Mapped[OptionalLink]
    joined_on: Mapped[OptionalDay]
    left_on: Mapped[OptionalDay]
    outcome: Mapped[OptionalWords]
    certificate: Mapped[OptionalWords]


class CourseSession(Replicated):
    """One meeting of a course."""

    __tablename__ = "course_session"
    course_id: Mapped[Reference]
    held_on: Mapped[KeyDay]
    number: Mapped[Whole]
    note: Mapped[OptionalWords]


class Attendance(Replicated):
    """Whether a person was at a session: present, absent or excused."""

    __tablename__ = "attendance"
    session_id: Mapped[Reference]
    person_id: Mapped[Reference]
    mark: Mapped[Words]
