"""Works at the desks of a demo world by the keyboard alone and counts the keys; ``bench_keys`` runs it by itself."""

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import exists, select

from benchmarks.processes import finish
from tarahum_desktop.casework.courses.courses import NewCourse, add_member, add_session, make_course
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates
from tarahum_desktop.casework.prison.desk_place import choose_facility, prison_place
from tarahum_desktop.demo.keys import prison_keys, review_keys, search_keys
from tarahum_desktop.demo.keys.visit_keys import count_visit_keys
from tarahum_desktop.demo.seat import Seat, take_seat
from tarahum_desktop.demo.world import LAPTOP, OFFICE, OFFICE_SCOPE, PRISON, build_world
from tarahum_desktop.models import CustodyEpisode, Household, Person
from tarahum_desktop.ui.prison.view import PrisonView

COURSE_OF = 30
SCALE = Fraction(1, 5)
FAMILY = ("عبدالمحسن", "مسفر", "دهيران", "اليامي")
CHILDREN = (("نوف", "1434"), ("غلا", "1436"), ("لمى", "1438"), ("جود", "1440"), ("ريما", "1446"))
Counted = dict[str, int]


def main() -> None:
    """Build a small world, work in it, and give the counts."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        world = build_world(Path(folder), SCALE, lambda: time.time_ns() // 1_000_000, lambda _said: None)
        with take_seat(app, world, LAPTOP) as seat:
            counts: Counted = dict(_families(seat))
        with take_seat(app, world, PRISON) as seat:
            counts |= dict(_prison(seat))
        with take_seat(app, world, OFFICE, "supervisor") as seat:
            counts |= dict(_review(seat))
        finish(counts | dict(_visits(dt.datetime.now(dt.UTC).date())))


def _visits(today: dt.date) -> Iterator[tuple[str, int]]:
    counted = count_visit_keys(today)
    yield "visit to a new household of six", counted.household_of_six
    yield "repeat visit", counted.repeat_visit
    yield "longest member row of the visit", counted.longest_member_row
    yield "matrix of 13 domains", counted.matrix
    yield "submit", counted.submit


def _families(seat: Seat) -> Iterator[tuple[str, int]]:
    number = _known(seat)
    yield "open a known case from anywhere", search_keys.open_from_anywhere(seat.hands, seat.window, number)
    yield "open a known case from the list", search_keys.open_from_search(seat.hands, seat.window, number)
    seat.window.open_screen("families")
    seat.hands.settle()
    head = search_keys.head_of_family(seat.hands, seat.window, FAMILY, "1098765404", "1405", "0551112233")
    rows = [
        search_keys.member_row(seat.hands, seat.window, "ا", first, f"11000000{at}{at}", year)
        for at, (first, year) in enumerate(CHILDREN)
    ]
    saved = search_keys.register(seat.hands, seat.window)
    yield "longest member row of a registration", max(rows)
    yield "register a household of six", head + sum(rows) + saved


def _prison(seat: Seat) -> Iterator[tuple[str, int]]:
    desk = seat.place.desk
    choose_facility(desk, prison_place(desk).choices[0].code)  # a machine is asked for this once
    view = _open_prison(seat)
    number = _known(seat)
    yield "arrival of a person on record", prison_keys.arrival_of_known(seat.hands, view, number)
    name = "محمد عبدالله سعد القحطاني"
    yield "arrival of somebody new", prison_keys.arrival_of_new(seat.hands, view, "1098765412", name)
    yield "release", prison_keys.release_of_first(seat.hands, view)
    for title, absent in (
        ("attendance of 30, one key each", None),
        ("attendance of 30, all but three", (3, 9, 12)),
    ):
        _course(seat)
        view = _open_prison(seat)
        view.open_section("courses")
        seat.hands.wait(lambda view=view: bool(view.courses.list.rows_model.rows), "no course is listed")
        view.courses.list.setFocus()
        seat.hands.enter()
        if absent is None:
            yield title, prison_keys.attendance_of_all(seat.hands, view, (3, 7))
        else:
            yield title, prison_keys.attendance_but_for(seat.hands, view, absent)


def _review(seat: Seat) -> Iterator[tuple[str, int]]:
    look_for_duplicates(seat.place.replica, whole=True)
    yield "conflict, from Today to decided", review_keys.conflict_by_keys(seat.hands, seat.window)
    yield "duplicate: one person, merged", review_keys.duplicate_same(seat.hands, seat.window)
    yield "duplicate: different people", review_keys.duplicate_different(seat.hands, seat.window)


def _open_prison(seat: Seat) -> PrisonView:
    seat.window.open_screen("today")
    seat.window.open_screen("prison")
    seat.hands.settle()
    view = seat.window.stack.currentWidget()
    assert isinstance(view, PrisonView)
    return view


def _course(seat: Seat) -> None:
    """A course of thirty with one session today, at the top of the list."""
    desk = seat.place.desk
    with desk.reading() as connection:
        people = connection.scalars(
            select(Person.id).where(Person.scope == OFFICE_SCOPE).limit(COURSE_OF)
        ).all()
    course = make_course(desk, NewCourse(OFFICE_SCOPE, "FC-06", "مهارات الحياة", desk.today()))
    for person in people:
        add_member(desk, course, person)
    add_session(desk, course, desk.today())


def _known(seat: Seat) -> str:
    """The identity number of a head of a household who was never inside."""
    inside = exists().where(CustodyEpisode.person_id == Person.id)
    query = (
        select(Person.id_number)
        .join(Household, Household.head_person_id == Person.id)
        .where(Person.id_number.is_not(None), Person.id_warning.is_(None), Person.gender == "male", ~inside)
        .order_by(Person.id.desc())
        .limit(1)
    )
    with seat.place.desk.reading() as connection:
        return str(connection.scalar(query))


if __name__ == "__main__":
    main()
