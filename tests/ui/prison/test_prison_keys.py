"""The key counts the desk is judged by, pressed in its real widgets on a real vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tarahum_desktop.demo.keys.prison_keys import (
    arrival_of_known,
    arrival_of_new,
    attendance_but_for,
    attendance_of_all,
    release_of_first,
)
from tarahum_desktop.models import Attendance, CustodyEpisode
from tarahum_desktop.ui.kit import Kit
from tests.casework.worlds import TODAY, Office, new_office
from tests.ui.prison.prison_desk import PrisonDesk, course_of, crowd


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made


def test_an_arrival_on_record_takes_fourteen_keys(qtbot: QtBot, kit: Kit, office: Office) -> None:
    desk = PrisonDesk(qtbot, kit, office)
    assert arrival_of_known(desk.hands, desk.view, "1023456781") <= 14
    stays = select(func.count()).select_from(CustodyEpisode).where(CustodyEpisode.person_id == office.head)
    with office.vault.engine.connect() as connection:
        assert connection.scalar(stays) == 1


def test_a_new_arrival_takes_thirty_keys_at_most(qtbot: QtBot, kit: Kit, office: Office) -> None:
    crowd(office, 24)
    desk = PrisonDesk(qtbot, kit, office)
    assert arrival_of_new(desk.hands, desk.view, "1098765432", "محمد عبدالله سعد القحطاني") <= 30


def test_attendance_of_thirty_people_takes_a_key_each(qtbot: QtBot, kit: Kit, office: Office) -> None:
    course_of(office, crowd(office, 30), TODAY)
    desk = PrisonDesk(qtbot, kit, office)
    desk.view.open_section("courses")
    desk.hands.enter()
    assert attendance_of_all(desk.hands, desk.view, absent=(3, 7)) <= 60
    marks = select(Attendance.mark, func.count()).group_by(Attendance.mark)
    with office.vault.engine.connect() as connection:
        assert dict(connection.execute(marks).all()) == {"present": 28, "absent": 2}


def test_all_present_but_three_takes_fewer(qtbot: QtBot, kit: Kit, office: Office) -> None:
    course_of(office, crowd(office, 30), TODAY)
    desk = PrisonDesk(qtbot, kit, office)
    desk.view.open_section("courses")
    desk.hands.enter()
    assert attendance_but_for(desk.hands, desk.view, (3, 9, 12)) <= 20


def test_a_release_takes_two_keys(qtbot: QtBot, kit: Kit, office: Office) -> None:
    office.add(
        CustodyEpisode(
            scope="ryd", person_id=office.child, status="convicted", facility_code="ryd-malaz", entry="g2025-02-01",
            entry_day=TODAY.replace(year=2025), expected_release_day=TODAY,
        )
    )  # fmt: skip
    desk = PrisonDesk(qtbot, kit, office)
    assert release_of_first(desk.hands, desk.view) <= 6
