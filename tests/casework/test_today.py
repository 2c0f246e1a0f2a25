"""The day of each role: what waits for whom, in which order, and no family twice."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.casework.care.alerts import raise_alert
from tarahum_desktop.casework.care.day_route import family_lines
from tarahum_desktop.casework.care.task_records import plan_contact
from tarahum_desktop.casework.care.tasks import TaskLine
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.waiting_counts import Awaited, WaitingCount
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.route import Point
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import Amendment, Case, Committee
from tests.casework.worlds import SCOPE, STAFF, TODAY

POINTS = st.builds(Point, st.integers(24_000_000, 25_000_000), st.integers(44_000_000, 45_000_000))


def a_task(home: int, kind: TaskKind, days: int, point: Point | None = None, place: str = "") -> TaskLine:
    return TaskLine(
        kind, TODAY - dt.timedelta(days), days, uuid.UUID(int=home), uuid.UUID(int=home), f"F-{home}", "", "",
        place, "", "", "", mine=True, point=point,
    )  # fmt: skip


TASKS = st.lists(
    st.builds(a_task, st.integers(1, 6), st.sampled_from(TaskKind), st.integers(-20, 60), st.none() | POINTS),
    max_size=20,
)


@given(TASKS, st.none() | POINTS)
def test_no_family_stands_in_the_day_twice_and_stops_are_numbered_without_gaps(tasks, start) -> None:
    visits, contacts = family_lines(tasks, TODAY, start)
    homes = [line.household_id for line in (*visits, *contacts)]
    assert len(homes) == len(set(homes))
    assert [line.stop for line in visits] == list(range(1, len(visits) + 1))
    assert all(line.stop == 0 for line in contacts)
    late = {task.household_id for task in tasks if task.days >= 0}
    assert late <= set(homes), "nothing that is due is left out"


def test_todays_visits_are_driven_in_order_before_those_of_the_week() -> None:
    far, near, middle = (
        Point(24_900_000, 44_500_000),
        Point(24_100_000, 44_500_000),
        Point(24_500_000, 44_500_000),
    )
    visits, _contacts = family_lines(
        [
            a_task(1, TaskKind.VISIT, 0, far), a_task(2, TaskKind.VISIT, 9, near), a_task(3, TaskKind.VISIT, -4, middle),
            a_task(4, TaskKind.VISIT, 0, middle), a_task(5, TaskKind.VISIT, 1, place="ب"),
            a_task(6, TaskKind.VISIT, 1, place="أ"),
        ],
        TODAY,
        Point(24_000_000, 44_500_000),
    )  # fmt: skip
    assert [line.file_number for line in visits] == ["F-2", "F-4", "F-1", "F-6", "F-5", "F-3"]


def state(office, value: str) -> None:
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).state = value


@pytest.mark.parametrize(
    ("login", "waits_in"),
    [
        ("supervisor", {"registered", "assessed", "plan_pending", "reopened"}),
        ("panel", {"plan_pending"}),
        ("office_admin", {"approved"}),
        ("officer", set()),
        ("clerk", set()),
        ("analyst", set()),
        ("stranger", set()),
    ],
)
def test_each_role_is_told_of_the_cases_that_wait_for_it(office, login: str, waits_in: set[str]) -> None:
    told = set()
    for value in (
        "registered",
        "study",
        "assessed",
        "plan_pending",
        "approved",
        "active",
        "reopened",
        "transfer_out",
    ):
        state(office, value)
        if [line.state for line in today_board(office.desk(login)).waiting] == [value]:
            told.add(value)
    assert told == waits_in


def test_a_supervisor_sees_alerts_corrections_and_everybodys_work(office) -> None:
    plan_contact(office.desk(), office.case, "visit", TODAY - dt.timedelta(2))
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE)
    office.add(
        Amendment(
            scope=SCOPE, visit_id=uuid.UUID(int=1), household_id=office.household, changes={}, reason="تصحيح",
            state="proposed", proposed_by=STAFF["officer"], proposed_at=office.desk().now(),
        )
    )  # fmt: skip
    board = today_board(office.desk("supervisor"))
    assert [line.kind for line in board.alerts] == ["domestic_violence"]
    assert board.counts == (WaitingCount(Awaited.AMENDMENTS, 1),)
    assert [(line.officer_id, line.overdue) for line in board.workload] == [(STAFF["officer"], 1)]
    assert [line.household_id for line in board.visits] == [office.household]


def test_an_officer_sees_the_own_day_and_not_the_offices(office) -> None:
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE)
    board = today_board(office.desk())
    assert (board.workload, board.counts, board.late_steps) == ((), (), ())
    assert [line.mine for line in board.alerts] == [False]
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).officer_id = STAFF["supervisor"]
    assert today_board(office.desk()).alerts == ()


def test_who_has_no_right_here_is_shown_nothing(office) -> None:
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE)
    plan_contact(office.desk(), office.case, "visit", TODAY)
    board = today_board(office.desk("stranger"))
    assert (board.visits, board.contacts, board.alerts, board.waiting, board.releases) == ((), (), (), (), ())


def test_the_drive_begins_in_the_town_of_the_office(office) -> None:
    from tarahum_desktop.casework.care.day_route import office_point
    from tarahum_desktop.models import Place, User

    with UnitOfWork(office.desk()) as work:
        work.session.get_one(User, STAFF["officer"]).committee_code = SCOPE
        (town,) = work.session.query(Place)
        town.latitude_e6, town.longitude_e6 = 24_500_000, 44_400_000
    office.add(
        Committee(
            scope="national", code=SCOPE, region_code="ryd", name_ar="الرياض", name_en="Riyadh",
            seat_city_ar="الدوادمي", has_women_section=True,
        )
    )  # fmt: skip
    desk = office.desk()
    with desk.reading() as connection:
        assert office_point(connection, desk) == Point(24_500_000, 44_400_000)
        assert office_point(connection, office.desk("supervisor")) is None
