import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from tarahum_desktop.casework.courses.attendance import attendance_sheet, mark_attendance
from tarahum_desktop.casework.courses.completion import finish_course
from tarahum_desktop.casework.courses.courses import (
    CourseRefused,
    NewCourse,
    add_member,
    add_session,
    courses,
    make_course,
)
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.domain.attendance import Mark
from tarahum_desktop.models import Delivery, PlanItem
from tarahum_desktop.models.ids import new_id
from tests.casework.worlds import SCOPE, TODAY, Office, a_service

DAYS = [TODAY - dt.timedelta(days=back) for back in (21, 14, 7, 0)]


def a_course(office: Office) -> tuple[uuid.UUID, list[uuid.UUID]]:
    office.add(a_service("FC-06"))
    desk = office.desk("clerk")
    course = make_course(desk, NewCourse(SCOPE, "FC-06", "مهارات الحياة", DAYS[0]))
    for person in (office.head, office.child):
        add_member(desk, course, person)
    return course, [add_session(desk, course, day) for day in DAYS]


def mark(office: Office, course: uuid.UUID, sessions: list[uuid.UUID], person: uuid.UUID, marks: str) -> None:
    meaning = {"1": Mark.PRESENT, "0": Mark.ABSENT, "2": Mark.EXCUSED}
    given = {(session, person): meaning[key] for session, key in zip(sessions, marks, strict=True)}
    mark_attendance(office.desk("clerk"), course, given)


def test_three_quarters_complete_and_receive_their_approved_service(office: Office) -> None:
    item = PlanItem(
        id=new_id(), scope=SCOPE, household_id=office.household, person_id=office.head, committee_code=SCOPE,
        service_code="FC-06", state="approved", quantity=1, amount_halalas=0,
    )  # fmt: skip
    office.add(item)
    course, sessions = a_course(office)
    mark(office, course, sessions, office.head, "1101")
    mark(office, course, sessions, office.child, "1100")
    done = finish_course(office.desk("clerk"), course)
    assert (done.completed, done.not_completed, done.delivered, done.without_plan) == (1, 1, 1, 0)
    rows = {row.person_id: row for row in attendance_sheet(office.desk("clerk"), course).members}
    assert rows[office.head].certificate == "RYD-2026-C12-00001"
    assert (rows[office.head].outcome, rows[office.child].outcome) == ("completed", "not_completed")
    with office.vault.engine.connect() as connection:
        (delivery,) = connection.execute(select(Delivery.__table__))
    assert (delivery.plan_item_id, delivery.service_code, delivery.session_id) == (
        item.id,
        "FC-06",
        sessions[-1],
    )


def test_a_course_is_not_closed_on_blanks_or_without_a_session(office: Office) -> None:
    office.add(a_service("FC-06"))
    desk = office.desk("clerk")
    course = make_course(desk, NewCourse(SCOPE, "FC-06", "دورة", TODAY))
    with pytest.raises(CourseRefused) as refused:
        finish_course(desk, course)
    assert refused.value.code == "course_no_sessions"
    add_member(desk, course, office.head)
    add_session(desk, course, TODAY)
    with pytest.raises(CourseRefused) as refused:
        finish_course(desk, course)
    assert (refused.value.code, refused.value.facts) == ("course_marks_missing", {"count": 1})


def test_a_mark_can_be_changed_and_taken_away_and_stays_one_row(office: Office) -> None:
    course, sessions = a_course(office)
    desk = office.desk("clerk")
    cell = (sessions[0], office.head)
    for wanted in (Mark.PRESENT, Mark.ABSENT, None, Mark.EXCUSED):
        mark_attendance(desk, course, {cell: wanted})
        row = next(row for row in attendance_sheet(desk, course).members if row.person_id == office.head)
        assert row.marks.get(sessions[0]) == wanted
    with pytest.raises(RecordMissing):
        mark_attendance(desk, course, {(uuid.uuid4(), office.head): Mark.PRESENT})


def test_nobody_is_twice_in_a_course_and_no_day_has_two_sessions(office: Office) -> None:
    course, sessions = a_course(office)
    desk = office.desk("clerk")
    with pytest.raises(CourseRefused) as refused:
        add_member(desk, course, office.head)
    assert refused.value.code == "course_member_twice"
    assert add_session(desk, course, DAYS[0]) == sessions[0]
    (line,) = courses(desk)
    assert (line.id, line.members, line.state) == (course, 2, "running")


def test_a_closed_course_takes_no_more_marks(office: Office) -> None:
    course, sessions = a_course(office)
    for person in (office.head, office.child):
        mark(office, course, sessions, person, "1111")
    finish_course(office.desk("clerk"), course)
    with pytest.raises(CourseRefused):
        mark(office, course, sessions, office.head, "0000")


def test_the_panel_runs_no_courses(office: Office) -> None:
    with pytest.raises(NotAllowed):
        make_course(office.desk("panel"), NewCourse(SCOPE, "FC-06", "دورة", TODAY))
