"""The calendar by its keys, over a real office."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.care.task_records import plan_contact
from tarahum_desktop.casework.care.tasks import task_board
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import CustodyEpisode, FollowUp
from tarahum_desktop.ui.calendar.view import CalendarScreenView
from tarahum_desktop.ui.kit import Kit
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office
from tests.ui.calendar.calendar_world import Asked, calendar_of
from tests.ui.typing_keys import press, type_text

Shown = tuple[CalendarScreenView, Asked]


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, view: CalendarScreenView) -> None:
        self.view, self.count = view, 0

    def here(self) -> QWidget:
        made = self.view.focusWidget()
        assert made is not None
        return made

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.count += 1
            press(self.here(), key)

    def type(self, text: str) -> None:
        self.count += len(text)
        type_text(self.here(), text)


def shown(qtbot: QtBot, made: Shown) -> Shown:
    view = made[0]
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with({})
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return made


@pytest.fixture
def calendar(qtbot: QtBot, kit: Kit, office: Office) -> Shown:
    plan_contact(office.desk(), office.case, "call", TODAY)
    plan_contact(office.desk(), office.case, "visit", TODAY - dt.timedelta(2))
    return shown(qtbot, calendar_of(kit, office))


def titles(view: CalendarScreenView) -> list[str]:
    table = view.table
    return [table.rows_model.index(row, 0).data() for row in range(table.rows_model.rowCount())]


def contact(office: Office, kind: str) -> FollowUp:
    with UnitOfWork(office.desk()) as work:
        return work.session.query(FollowUp).filter(FollowUp.kind == kind).order_by(FollowUp.id).first()


def test_it_opens_on_today_with_the_keyboard_in_the_month(calendar: Shown) -> None:
    view, _asked = calendar
    assert view.grid.chosen == TODAY
    assert view.focusWidget() is view.grid
    assert titles(view) == ["اتصال"]
    assert {cell.day for cell in view.grid.cells if cell.count} >= {TODAY, TODAY - dt.timedelta(2)}


def test_arrows_follow_the_reading_direction_and_pages_turn_months(calendar: Shown) -> None:
    view, _asked = calendar
    keys = Keys(view)
    for key, day in (
        (Qt.Key.Key_Left, dt.date(2026, 9, 25)),
        (Qt.Key.Key_Right, TODAY),
        (Qt.Key.Key_Down, dt.date(2026, 10, 1)),
        (Qt.Key.Key_Up, TODAY),
        (Qt.Key.Key_PageDown, dt.date(2026, 10, 24)),
        (Qt.Key.Key_PageUp, TODAY),
        (Qt.Key.Key_PageUp, dt.date(2026, 8, 24)),
        (Qt.Key.Key_Home, TODAY),
    ):
        keys.press(key)
        assert view.grid.chosen == day


def test_enter_on_a_day_with_one_task_opens_its_family(calendar: Shown, office: Office) -> None:
    view, asked = calendar
    Keys(view).press(Qt.Key.Key_Return)
    assert asked.opened == [("family", {"household": str(office.household)})]


@pytest.mark.parametrize("letter", ["d", "ي"], ids=["latin", "arabic"])
def test_a_contact_is_recorded_in_at_most_four_keys_under_any_layout(
    calendar: Shown, office: Office, letter: str
) -> None:
    view, asked = calendar
    view.table.setFocus()
    keys = Keys(view)
    keys.type(letter)
    keys.type("1")
    keys.press(Qt.Key.Key_Return)
    assert keys.count <= 4
    assert (contact(office, "call").done_on, contact(office, "call").outcome) == (TODAY, "reached")
    assert asked.said == ["حُفظ."]
    assert titles(view) == []


@pytest.mark.parametrize("letter", ["r", "ق"], ids=["latin", "arabic"])
def test_a_contact_is_put_off_by_its_letter_and_a_number(
    calendar: Shown, office: Office, letter: str
) -> None:
    view, _asked = calendar
    view.table.setFocus()
    keys = Keys(view)
    keys.type(letter)
    keys.type("3")
    keys.press(Qt.Key.Key_Return)
    assert keys.count <= 4
    assert contact(office, "call").due_on == TODAY + dt.timedelta(7)


def test_another_day_can_be_written_in_either_calendar(calendar: Shown, office: Office) -> None:
    view, _asked = calendar
    view.table.setFocus()
    keys = Keys(view)
    keys.type("r")
    view.act.day.edit.setFocus()
    keys.type("2026-10-05")
    keys.press(Qt.Key.Key_Return)
    assert contact(office, "call").due_on == dt.date(2026, 10, 5)


def test_a_day_that_passed_is_refused_with_a_sentence(calendar: Shown, office: Office) -> None:
    view, asked = calendar
    view.table.setFocus()
    keys = Keys(view)
    keys.type("r")
    view.act.day.edit.setFocus()
    keys.type("2026-01-05")
    keys.press(Qt.Key.Key_Return)
    assert asked.said == ["مضى هذا اليوم. فضلًا اختر اليوم أو يومًا بعده."]
    assert contact(office, "call").due_on == TODAY


def test_escape_leaves_the_question_and_then_the_list(calendar: Shown, office: Office) -> None:
    view, _asked = calendar
    view.table.setFocus()
    keys = Keys(view)
    keys.type("d")
    keys.press(Qt.Key.Key_Escape)
    assert not view.act.isVisible()
    assert view.focusWidget() is view.table
    keys.press(Qt.Key.Key_Escape)
    assert view.focusWidget() is view.grid
    assert contact(office, "call").done_on is None


def test_overdue_work_is_one_list(calendar: Shown) -> None:
    view, _asked = calendar
    view.presenter.choose_mode("overdue")
    assert titles(view) == ["التهيئة قبل الإفراج: خالد بن سعد الحربي", "زيارة"]
    assert view.table.rows_model.index(1, 2).data() == "متأخرة يومين"


def test_what_only_the_work_settles_opens_the_course_of_the_case(calendar: Shown, office: Office) -> None:
    view, asked = calendar
    view.presenter.choose_mode("overdue")
    view.table.setFocus()
    keys = Keys(view)
    keys.type("d")
    assert not view.act.isVisible()
    assert "تكتمل هذه المهمة بإنجاز العمل نفسه" in asked.said[0]
    keys.press(Qt.Key.Key_Return)
    assert asked.opened == [("care", {"household": str(office.household)})]


def test_kinds_narrow_the_days(calendar: Shown) -> None:
    view, _asked = calendar
    view.presenter.filter(kinds="visits")
    assert titles(view) == []
    view.presenter.filter(kinds="contacts")
    assert titles(view) == ["اتصال"]


def test_who_has_no_cases_sees_an_empty_day_that_says_what_to_do(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    view, _asked = shown(qtbot, calendar_of(kit, office, "clerk"))
    assert view.nothing.isVisible()
    assert view.nothing.text() == "لا شيء مستحق في هذا اليوم. انتقل بين الأيام بالأسهم."


def test_a_supervisor_goes_from_the_work_of_all_to_one_officers_overdue(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    plan_contact(office.desk(), office.case, "visit", TODAY - dt.timedelta(2))
    view, _asked = shown(qtbot, calendar_of(kit, office, "supervisor"))
    view.presenter.choose_mode("workload")
    row = view.work.rows_model.index(0, 0)
    assert row.data() == "موظف officer"
    assert row.siblingAtColumn(2).data() == "١"
    view.work.setFocus()
    Keys(view).press(Qt.Key.Key_Return)
    assert "زيارة" in titles(view)


def test_who_leads_without_cases_of_their_own_begins_with_everybodys(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    plan_contact(office.desk(), office.case, "visit", TODAY)
    view, _asked = shown(qtbot, calendar_of(kit, office, "supervisor"))
    assert view.whose.value() == "all"
    assert titles(view) == ["زيارة"]
    view.presenter.filter(whose="mine")
    assert view.whose.value() == "mine"
    assert titles(view) == []


def test_contacts_after_a_release_stand_on_their_days(qtbot: QtBot, kit: Kit, office: Office) -> None:
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        stay.release_day, stay.status = TODAY - dt.timedelta(2), "released"
    view, _asked = shown(qtbot, calendar_of(kit, office))
    view.presenter.go_to(TODAY + dt.timedelta(5))
    assert titles(view) == ["الرعاية اللاحقة: بعد أسبوع: خالد بن سعد الحربي"]


def test_a_vault_that_cannot_be_read_offers_to_try_again(qtbot: QtBot, kit: Kit, office: Office) -> None:
    view, _asked = calendar_of(kit, office)
    qtbot.addWidget(view)
    office.vault.lock()
    view.open_with({})
    assert view.panel.state == "error"


def test_an_offices_month_is_read_in_two_parts_that_say_the_same_as_one(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    for days in (-60, -10, -3, 0, 2, 9):
        office.add(
            FollowUp(
                scope=SCOPE, case_id=office.case, officer_id=STAFF["officer"], kind="call",
                due_on=TODAY + dt.timedelta(days=days),
            )
        )  # fmt: skip
    view, _asked = calendar_of(kit, office, "supervisor")
    qtbot.addWidget(view)
    view.open_with({})
    view.presenter.filter(whose="all")
    shown, query = view.presenter.state.board, view.presenter.state.asked
    assert shown is not None
    assert query is not None
    assert shown == task_board(office.desk("supervisor"), query)
    assert [line.days for line in shown.overdue][-3:] == [60, 10, 3]
