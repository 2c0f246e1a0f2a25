"""The prison desk as a clerk uses it, on a real vault."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tarahum_desktop.casework.prison.arrival_drafts import open_arrivals
from tarahum_desktop.casework.prison.leaving import mark_released
from tarahum_desktop.casework.prison.requests import requests
from tarahum_desktop.models import Case, CustodyEpisode, CustodyMove, Person
from tarahum_desktop.ui.kit import Kit
from tests.casework.prison.prison_world import HAIR, KNOWN_ID, MALAZ, NAME, NEW_ID
from tests.casework.worlds import SCOPE, TODAY, Office, a_person, new_office
from tests.ui.prison.prison_desk import PrisonDesk, course_of, crowd

ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, kit: Kit, office: Office) -> PrisonDesk:
    return PrisonDesk(qtbot, kit, office)


def count(office: Office, entity: type) -> int:
    with office.vault.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(entity.__table__)) or 0


def type_row(desk: PrisonDesk, id_number: str, name: str, status: str = "1") -> None:
    desk.hands.type(id_number)
    desk.hands.enter()
    desk.hands.type(name)
    desk.hands.enter()
    desk.hands.type(status)
    desk.hands.enter()


def test_a_row_is_recorded_by_enter_and_the_next_one_is_ready(desk: PrisonDesk, office: Office) -> None:
    before = count(office, CustodyEpisode)
    type_row(desk, NEW_ID, NAME)
    assert count(office, CustodyEpisode) == before + 1
    assert desk.row_notes(0)["state"] == "حُفظ"
    assert desk.view.arrivals.grid.standing()[1] == "id"
    assert desk.view.arrivals.grid.currentIndex().row() == 1


def test_pressing_enter_again_on_a_recorded_row_records_nothing(desk: PrisonDesk, office: Office) -> None:
    type_row(desk, NEW_ID, NAME)
    after = count(office, CustodyEpisode)
    first = desk.view.arrivals.grid.grid.rows[0].id
    desk.view.arrivals.presenter.finished(first)
    desk.view.arrivals.presenter.finished(first)
    assert count(office, CustodyEpisode) == after


def test_a_number_on_record_names_its_person_while_it_is_typed(desk: PrisonDesk) -> None:
    desk.hands.type(KNOWN_ID)
    assert desk.cell(0, "name") == "فاطمة بنت سعد الغامدي"
    assert desk.row_notes(0)["state"] == "مسجل"
    assert "RYD-2026-12-00001" in desk.view.arrivals.line.text.text()
    desk.view.arrivals.presenter.open_file()
    assert desk.asked.opened == [("family", {"household": str(desk.office.household)})]


def test_a_number_under_another_name_waits_for_one_key(desk: PrisonDesk, office: Office) -> None:
    before = count(office, CustodyEpisode)
    people = count(office, Person)
    desk.hands.type(KNOWN_ID)
    desk.view.arrivals.grid.stand(desk.view.arrivals.grid.standing()[0], "name")
    editor = desk.view.arrivals.grid.indexWidget(desk.view.arrivals.grid.currentIndex())
    editor.selectAll()
    desk.hands.type("سالم حسن علي الزهراني")
    desk.hands.enter()
    desk.hands.type("1")
    desk.hands.enter()
    assert count(office, CustodyEpisode) == before
    assert desk.row_notes(0)["state"] == "مسجل باسم آخر"
    desk.view.arrivals.presenter.different()
    desk.view.arrivals.presenter.finished(desk.view.arrivals.grid.grid.rows[0].id)
    assert count(office, CustodyEpisode) == before + 1
    assert count(office, Person) == people + 1


def test_the_same_name_is_marked_while_typing_and_taken_by_one_key(desk: PrisonDesk, office: Office) -> None:
    office.add(a_person("محمد", "القحطاني", father_name="عبدالله", grandfather_name="سعد", gender="male"))
    people = count(office, Person)
    desk.hands.type("لا")
    desk.view.arrivals.presenter.no_document()
    desk.hands.enter()
    desk.hands.type(NAME)
    assert desk.row_notes(0)["state"] == "الاسم نفسه مسجل"
    desk.view.arrivals.presenter.same()
    assert desk.row_notes(0)["state"] == "مسجل"
    desk.hands.enter()
    desk.hands.type("2")
    desk.hands.enter()
    assert count(office, Person) == people


def test_no_document_names_its_reason_and_gives_a_key(desk: PrisonDesk) -> None:
    desk.view.arrivals.presenter.no_document()
    assert desk.cell(0, "id") == "بلا وثيقة: مفقودة"
    desk.hands.type(NAME)
    desk.hands.enter()
    desk.hands.type("1")
    desk.hands.enter()
    assert "RYD-T12-00001" in desk.row_notes(0)["state"]


def test_who_is_inside_already_is_said_and_not_recorded_again(desk: PrisonDesk, office: Office) -> None:
    type_row(desk, NEW_ID, NAME)
    after = count(office, CustodyEpisode)
    desk.hands.type(NEW_ID)
    assert desk.row_notes(1)["state"] == "موجود في السجن"
    desk.hands.enter()
    desk.hands.type("1")
    desk.hands.enter()
    assert count(office, CustodyEpisode) == after


def test_a_return_is_said_and_keeps_the_first_stay(desk: PrisonDesk, office: Office) -> None:
    office.add(a_person("راشد", "العتيبي", gender="male", id_number="1011111111"))
    desk.hands.type("1011111111")
    desk.hands.enter()
    desk.hands.type("1")
    desk.hands.enter()
    with office.vault.engine.connect() as connection:
        stay = connection.scalar(select(CustodyEpisode.id).order_by(CustodyEpisode.id.desc()))
    mark_released(office.desk("clerk"), stay, "g2026-09-24", "pardon")
    desk.hands.type("1011111111")
    assert desk.row_notes(1)["state"] == "عائد"
    desk.hands.enter()
    desk.hands.type("2")
    desk.hands.enter()
    assert desk.row_notes(1)["state"] == "حُفظ: عودة"
    assert count(office, CustodyEpisode) == 3


def test_what_was_typed_before_a_kill_is_there_again(
    qtbot: QtBot, kit: Kit, desk: PrisonDesk, office: Office
) -> None:
    desk.hands.type("10987")
    desk.hands.press(Qt.Key.Key_Tab)
    desk.hands.type("محمد عب")
    desk.view.arrivals.presenter.keep()  # what the pause of a third of a second does
    again = PrisonDesk.again(qtbot, kit, office)
    assert (again.cell(0, "id"), again.cell(0, "name")) == ("10987", "محمد عب")
    assert len(again.view.arrivals.grid.grid.rows) == 2


def test_a_pasted_block_waits_to_be_confirmed_and_its_good_rows_are_recorded(
    desk: PrisonDesk, office: Office
) -> None:
    before = count(office, CustodyEpisode)
    QApplication.clipboard().setText(
        "رقم الهوية\tالاسم\tالوضع\n١٠٩٨٧٦٥٤٣٢\tمحمد سعد علي الحربي\tموقوف\n"
        "\u202e1023456781\t=CMD()\tمحكوم\n1055555551\tخالد عبدالرحمن سعد العنزي\tسجين\n"
    )
    desk.hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert count(office, CustodyEpisode) == before
    assert len(open_arrivals(office.desk("clerk"), MALAZ).rows) == 3
    assert "status" in desk.row_notes(2)
    desk.view.arrivals.presenter.record_ready()
    assert count(office, CustodyEpisode) == before + 1
    assert len(open_arrivals(office.desk("clerk"), MALAZ).rows) == 2


def test_a_pasted_name_spelled_a_little_otherwise_is_asked_about_like_a_typed_one(
    desk: PrisonDesk, office: Office
) -> None:
    twin = a_person(
        "محمد", "القحطاني", father_name="عبد الله", grandfather_name="سعد", gender="male",
        birth="g1990-05-03", birth_first=dt.date(1990, 5, 3), birth_last=dt.date(1990, 5, 3),
    )  # fmt: skip
    office.add(twin)
    block = "رقم الهوية\tالاسم\tتاريخ الميلاد\n" + "".join(
        f"\t{name}\t1990-05-03\n" for name in (*["خالد تركي علي الشمري"] * 9, "محمد عبدالله سعد القحطانى")
    )
    desk.view.arrivals.presenter.pasted(block)
    rows = list(desk.view.arrivals.presenter.rows.values())
    assert [len(row.alike) for row in rows if row.cells.get("name")] == [0] * 9 + [1]


def test_ten_thousand_rows_are_refused_in_words_and_change_nothing(desk: PrisonDesk) -> None:
    desk.hands.type("109")
    desk.view.arrivals.presenter.pasted("1098765432\tمحمد سعد علي\n" * 10_000)
    assert "10000" in desk.view.arrivals.line.text.text()
    assert [row.cells.get("id") for row in desk.view.arrivals.grid.grid.rows] == ["109"]


def test_a_transfer_takes_four_keys_and_keeps_history(desk: PrisonDesk, office: Office) -> None:
    type_row(desk, NEW_ID, NAME)
    desk.view.open_section("leaving")
    desk.view.leaving.line.edit.setText(NEW_ID)
    desk.view.leaving.take_focus()
    before = desk.hands.keys
    desk.hands.type("7")
    desk.hands.enter()
    desk.hands.type("1")
    assert desk.hands.keys - before <= 6
    with office.vault.engine.connect() as connection:
        move = connection.execute(select(CustodyMove.__table__)).one()
    assert (move.from_facility, move.to_facility, move.moved_on) == (MALAZ, HAIR, TODAY)


def test_a_request_is_written_down_and_answered_by_keys(desk: PrisonDesk, office: Office) -> None:
    desk.hands.type(NEW_ID)
    desk.hands.enter()
    desk.hands.type(NAME)
    desk.hands.enter()
    desk.hands.type("1")
    desk.hands.type("4512")
    desk.hands.enter()
    desk.view.open_section("requests")
    desk.hands.type("4512")
    desk.hands.enter()
    desk.hands.type("2")
    desk.hands.type("يريد الاتصال بأمه")
    desk.hands.enter()
    (line,) = requests(office.desk("clerk"))
    assert (line.kind, line.wording) == ("family_contact", "يريد الاتصال بأمه")
    desk.view.requests.take_focus()
    desk.hands.type("تم")
    desk.hands.enter()
    desk.hands.type("1")
    assert requests(office.desk("clerk")) == ()


def test_a_course_is_made_by_keys_and_takes_its_people_and_marks(desk: PrisonDesk, office: Office) -> None:
    course_of(office, [], TODAY)
    crowd(office, 2)
    desk.view.open_section("courses")
    desk.view.courses.write_new()
    desk.hands.type("1")
    desk.hands.type("دورة جديدة")
    desk.hands.enter()
    assert desk.view.courses.in_sheet
    for number in ("1000000000", "1000000001"):
        desk.view.courses.presenter.add_person(number)
    desk.view.courses.write_new()
    desk.hands.type("10")
    marks = [row.cells[desk.view.courses.sheet.standing()[1]] for row in desk.view.courses.sheet.grid.rows]
    assert marks == ["present", "absent"]
    desk.view.courses.presenter.finish()
    assert "أتم الدورة شخص واحد." in desk.view.courses.words.text.text()


def test_without_a_facility_the_desk_asks_once(qtbot: QtBot, kit: Kit, office: Office) -> None:
    desk = PrisonDesk(qtbot, kit, office, chosen=False)
    assert desk.view.pages.currentWidget() is desk.view.facility
    assert desk.view.facility.choice is not None
    desk.view.facility.choice.set_value(MALAZ)
    desk.view.facility.choice.picked()
    assert desk.view.pages.currentWidget() is desk.view.arrivals
    assert desk.view.header.subtitle.text() == "سجن الملز"
    assert desk.view.arrivals.presenter.around.place.scope == SCOPE
    assert count(office, Case) == 1
