"""A week at the prison desk: arrivals and a return, a transfer, requests, and two courses with their attendance."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.courses.attendance import attendance_sheet, mark_attendance
from tarahum_desktop.casework.courses.completion import finish_course
from tarahum_desktop.casework.courses.courses import NewCourse, add_member, add_session, make_course
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.prison.arrival_drafts import KeptRow, keep_rows, open_arrivals
from tarahum_desktop.casework.prison.arrivals import Arrival, record_arrival
from tarahum_desktop.casework.prison.desk_place import PrisonPlace, choose_facility, prison_place
from tarahum_desktop.casework.prison.leaving import (
    InsideLine,
    day_code,
    leaving_soon,
    mark_released,
    move_to_facility,
)
from tarahum_desktop.casework.prison.requests import (
    ANSWERED,
    IN_HAND,
    REFUSED,
    REQUEST_KINDS,
    NewRequest,
    make_request,
    settle_request,
)
from tarahum_desktop.domain.attendance import Mark
from tarahum_desktop.models import CustodyEpisode
from tarahum_desktop.models.ids import new_id

_STAY: Any = CustodyEpisode.__table__
_NEW: Final = (
    ("1098765432", "محمد عبدالله سعد القحطاني", "1"), ("1076543210", "فهد بن ناصر بن علي المطيري", "2"),
    ("", "سالم عوض", "1"),
)  # fmt: skip
_WORDINGS: Final = (
    "يطلب زيارة زوجته وأولاده قبل العيد", "يطلب الاتصال بوالدته", "يسأل عن موعد جلسته", "يطلب كتبًا دراسية",
    "يطلب زيارة أخيه", "لم يتواصل مع أهله منذ شهر", "يطلب محاميًا", "يطلب الالتحاق بدورة",
)  # fmt: skip


def play(desk_of: Callable[[str], Desk]) -> None:
    """Fill the desk of the clerk's facility."""
    clerk: Desk = desk_of("clerk")
    place = prison_place(clerk)
    if place.facility is None:
        choose_facility(clerk, _busiest(clerk, place))
        place = prison_place(clerk)
    soon = leaving_soon(clerk)
    inside = [
        *soon,
        *(line for line in _inside(clerk) if line.episode_id not in {one.episode_id for one in soon}),
    ]
    _arrivals(clerk, place)
    if len(inside) > len(soon) + 2:
        _leaving(clerk, place, inside[-2:])
    _requests(clerk, desk_of("officer1"), place, inside[:-2])
    _courses(clerk, place, inside[:-2])


def _busiest(clerk: Desk, place: PrisonPlace) -> str:
    """The committee's facility with the most people inside."""
    query = select(_STAY.c.facility_code).where(_STAY.c.release_day.is_(None), _STAY.c.scope == place.scope)
    with clerk.reading() as connection:
        codes = list(connection.scalars(query))
    return max(place.choices, key=lambda item: codes.count(item.code)).code


def _inside(clerk: Desk) -> list[InsideLine]:
    query = select(_STAY).where(_STAY.c.release_day.is_(None), _STAY.c.status == "convicted").limit(40)
    with clerk.reading() as connection:
        rows = connection.execute(query).all()
    return [
        InsideLine(row.id, row.person_id, "", "", row.inmate_number or "", row.facility_code or "", row.status,
                   row.entry_day, row.expected_release_day, None)
        for row in rows
    ]  # fmt: skip


def _arrivals(clerk: Desk, place: PrisonPlace) -> None:
    assert place.facility is not None
    for number, name, status in _NEW:
        cells = {
            "id": number,
            "name": name,
            "status": status,
            "entry": "-1",
            "reason": "" if number else "lost",
        }
        record_arrival(
            clerk, Arrival(new_id(), cells, place.scope, place.facility.code, place.facility.gender or "male")
        )
    left = (("1087654321", "ناصر بن سعد"), ("1065432109", "عبدالرحمن محمد علي الحربي"), ("10", ""))
    kept = open_arrivals(clerk, place.facility.code)
    rows = [
        KeptRow(new_id(), at, {"id": number, "name": name}) for at, (number, name) in enumerate(left, start=1)
    ]
    keep_rows(clerk, kept.draft_id, rows)
    returned = _released_before(clerk, place.scope)
    if returned is not None:
        cells = {"id": "", "name": "", "status": "1", "reason": "with_authority", "number": "45177"}
        record_arrival(clerk, Arrival(new_id(), cells, place.scope, place.facility.code, person_id=returned))


def _released_before(clerk: Desk, scope: str) -> uuid.UUID | None:
    """Somebody whose only stay has ended."""
    query = (
        select(_STAY.c.person_id)
        .where(_STAY.c.release_day < clerk.today() - dt.timedelta(days=90), _STAY.c.scope == scope)
        .order_by(_STAY.c.id)
        .limit(40)
    )
    with clerk.reading() as connection:
        for person in connection.scalars(query):
            stays = connection.execute(select(_STAY.c.release_day).where(_STAY.c.person_id == person)).all()
            if len(stays) == 1:
                found: uuid.UUID = person
                return found
    return None


def _leaving(clerk: Desk, place: PrisonPlace, lines: list[InsideLine]) -> None:
    mark_released(clerk, lines[0].episode_id, day_code(clerk.today()), "sentence_served")
    other = next((item.code for item in place.choices if item.code != lines[1].facility_code), None)
    if other:
        move_to_facility(clerk, lines[1].episode_id, other, clerk.today(), "قرب الأسرة")


def _requests(clerk: Desk, officer: Desk, place: PrisonPlace, lines: list[InsideLine]) -> None:
    assert place.facility is not None
    made = [
        make_request(clerk, NewRequest(line.person_id, REQUEST_KINDS[at % 4], wording, place.facility.code))
        for at, (line, wording) in enumerate(zip(lines, _WORDINGS, strict=False))
    ]
    for request, (desk, state, answer) in zip(
        made,
        (
            (officer, ANSWERED, "زارته أسرته يوم الخميس"),
            (clerk, REFUSED, "الموعد خارج أوقات الاتصال"),
            (officer, IN_HAND, ""),
        ),
        strict=False,
    ):
        settle_request(desk, request, state, answer)


def _courses(clerk: Desk, place: PrisonPlace, lines: list[InsideLine]) -> None:
    today = clerk.today()
    assert place.facility is not None
    for title, service, weeks, closes in (
        ("مهارات الحياة: إدارة الغضب", "FC-06", (3, 2, 1), False), ("أساسيات الحاسب", "CD-04", (8, 7, 6, 5), True),
    ):  # fmt: skip
        first = today - dt.timedelta(weeks=weeks[0])
        course = make_course(
            clerk, NewCourse(place.scope, service, title, first, place.facility.code, "أ. ناصر الحربي", 8)
        )
        for person in list(dict.fromkeys(line.person_id for line in lines))[: 8 if closes else 14]:
            add_member(clerk, course, person)
        for week in weeks:
            add_session(clerk, course, today - dt.timedelta(weeks=week))
        _mark(clerk, course, leaves_blank=not closes)
        if closes:
            finish_course(clerk, course)


def _mark(clerk: Desk, course: uuid.UUID, *, leaves_blank: bool) -> None:
    """Marks by a fixed pattern; the running course's last session is still to be marked."""
    sheet = attendance_sheet(clerk, course)
    sessions = sheet.sessions[:-1] if leaves_blank else sheet.sessions
    marks: dict[tuple[uuid.UUID, uuid.UUID], Mark | None] = {}
    for place, member in enumerate(sheet.members):
        for at, session in enumerate(sessions):
            turn = (place * 3 + at) % 7
            mark = Mark.ABSENT if turn == 2 else Mark.EXCUSED if turn == 5 else Mark.PRESENT
            marks[session.id, member.person_id] = mark
    if marks:
        mark_attendance(clerk, course, marks)
