"""The prison desk and what it may ask of casework."""

from sqlalchemy import select

from tarahum_desktop.casework.courses.attendance import attendance_sheet, mark_attendance
from tarahum_desktop.casework.courses.completion import finish_course
from tarahum_desktop.casework.courses.courses import (
    COURSE_SERVICES,
    add_member,
    add_session,
    courses,
    make_course,
)
from tarahum_desktop.casework.family_signals import reference_lists
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.prison.arrival_drafts import discard_rows, keep_rows, open_arrivals
from tarahum_desktop.casework.prison.arrival_people import alike, known_by_numbers
from tarahum_desktop.casework.prison.arrivals import record_arrival
from tarahum_desktop.casework.prison.desk_place import choose_facility, prison_place
from tarahum_desktop.casework.prison.leaving import (
    find_inside,
    leaving_soon,
    mark_released,
    move_to_facility,
)
from tarahum_desktop.casework.prison.name_hints import name_hints
from tarahum_desktop.casework.prison.requests import make_request, requests, settle_request
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.models import Service
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.ports import (
    ArrivalPorts,
    CoursePorts,
    LeavingPorts,
    PrisonPorts,
    RequestPorts,
)
from tarahum_desktop.ui.prison.spec import spec
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The prison desk."""
    return [spec(prison_ports(place, kit.words.language))]


def prison_ports(place: Workplace, language: str) -> PrisonPorts:
    """Each call asks for the desk as it is then: an exchange makes it anew."""
    return PrisonPorts(
        place=lambda: prison_place(place.desk),
        choose_facility=lambda code: choose_facility(place.desk, code),
        lists=lambda: reference_lists(place.desk, language),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
        arrivals=_arrivals(place),
        leaving=LeavingPorts(
            soon=lambda facility: leaving_soon(place.desk, facility),
            find=lambda typed: find_inside(place.desk, typed),
            release=lambda stay, release, how: mark_released(place.desk, stay, release, how),
            move=lambda stay, facility, day: move_to_facility(place.desk, stay, facility, day),
        ),
        requests=RequestPorts(
            waiting=lambda: requests(place.desk),
            settled=lambda: requests(place.desk, waiting=False),
            make=lambda wanted, request: make_request(place.desk, wanted, request),
            settle=lambda request, state, answer: settle_request(place.desk, request, state, answer),
            inside=lambda typed: find_inside(place.desk, typed),
        ),
        courses=_courses(place, language),
    )


def _arrivals(place: Workplace) -> ArrivalPorts:
    return ArrivalPorts(
        hints=lambda: name_hints(place.desk),
        kept=lambda facility: open_arrivals(place.desk, facility),
        keep=lambda draft, rows: keep_rows(place.desk, draft, rows),
        discard=lambda draft, rows: discard_rows(place.desk, draft, rows),
        known=lambda numbers: known_by_numbers(place.desk, numbers),
        alike=lambda name, number, birth: alike(place.desk, name, number, birth),
        record=lambda arrival, draft: record_arrival(place.desk, arrival, draft),
    )


def _courses(place: Workplace, language: str) -> CoursePorts:
    return CoursePorts(
        courses=lambda: courses(place.desk),
        services=lambda: _services(place, language),
        make=lambda wanted: make_course(place.desk, wanted),
        sheet=lambda course: attendance_sheet(place.desk, course),
        mark=lambda course, marks: mark_attendance(place.desk, course, marks),
        add_member=lambda course, person: add_member(place.desk, course, person),
        add_session=lambda course, day: add_session(place.desk, course, day),
        finish=lambda course: finish_course(place.desk, course),
        known=lambda numbers: known_by_numbers(place.desk, numbers),
    )


def _services(place: Workplace, language: str) -> list[ListedItem]:
    shown = Service.name_en if language == "en" else Service.name_ar
    query = select(Service.code, shown).where(Service.code.in_(COURSE_SERVICES)).order_by(Service.code)
    with place.desk.reading() as connection:
        return [ListedItem(code, text) for code, text in connection.execute(query)]
