"""The first screen through its widgets: everything that waits is there, and keys alone open it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.today.line_list import FEW, LineButton
from tarahum_desktop.ui.today.view import TodayScreenView, spec
from tarahum_desktop.ui.worker import Immediate
from tests.ui.today.day_world import (
    EMPTY,
    FULL,
    LEADING,
    Asked,
    Boards,
    draft,
    due,
    ports_of,
    screen_of,
    some_id,
)
from tests.ui.typing_keys import press

Shown = tuple[TodayScreenView, Asked, Boards]


@pytest.fixture
def full(qtbot: QtBot, kit: Kit) -> Shown:
    return shown(qtbot, screen_of(kit, FULL))


def shown(qtbot: QtBot, made: Shown) -> Shown:
    view = made[0]
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with({})
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return made


def texts(view: TodayScreenView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view)]


def top(view: TodayScreenView, card: str) -> int:
    lines = view.lists[card]
    return lines.mapTo(view, lines.rect().topLeft()).y()


def focused(view: TodayScreenView) -> LineButton:
    made = view.focusWidget()
    assert isinstance(made, LineButton)
    return made


def test_the_day_starts_on_the_visit_left_half_done_and_enter_goes_on_with_it(full: Shown) -> None:
    view, asked, _boards = full
    press(focused(view), Qt.Key.Key_Return)
    assert asked.opened == [("visit", {"draft": str(some_id(301))})]


def test_without_drafts_the_day_starts_on_what_is_latest(qtbot: QtBot, kit: Kit) -> None:
    view, _asked, _boards = shown(qtbot, screen_of(kit, replace(FULL, drafts=())))
    assert focused(view).line.when == "متأخرة يومين"


def test_a_first_draft_moves_its_card_to_the_top(qtbot: QtBot, kit: Kit) -> None:
    view, _asked, _boards = shown(qtbot, screen_of(kit, replace(FULL, drafts=()), FULL))
    assert top(view, "due") < top(view, "drafts")
    view.refresh(frozenset({"draft"}))
    QApplication.processEvents()
    assert top(view, "drafts") < top(view, "due")
    assert top(view, "releases") < top(view, "back")


def test_enter_opens_the_family_of_a_visit(full: Shown) -> None:
    view, asked, _boards = full
    press(view.lists["due"].buttons[1], Qt.Key.Key_Return)
    assert asked.opened == [("family", {"household": str(some_id(0))})]


def test_arrows_walk_from_the_first_line_of_the_first_card_to_the_last_of_the_last(full: Shown) -> None:
    view = full[0]
    walked = [focused(view).line.key]
    while True:
        press(focused(view), Qt.Key.Key_Down)
        if focused(view).line.key == walked[-1]:
            break
        walked.append(focused(view).line.key)
    cards = ("drafts", "due", "contacts", "releases", "back")
    assert walked == [made.line.key for card in cards for made in view.lists[card].buttons]
    press(focused(view), Qt.Key.Key_Up)
    assert focused(view).line.key == walked[-2]


def test_tab_stops_once_in_each_card(full: Shown) -> None:
    for lines in full[0].lists.values():
        stops = [made for made in lines.buttons if made.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(stops) == 1


def test_a_release_without_a_family_here_opens_nothing(full: Shown) -> None:
    view, asked, _boards = full
    unknown = view.lists["releases"].buttons[-1]
    press(unknown, Qt.Key.Key_Return)
    assert "لا أسرة مسجلة هنا" in unknown.line.detail
    assert asked.opened == []


def test_the_rest_of_a_long_list_is_one_press_away(qtbot: QtBot, kit: Kit) -> None:
    many = tuple(due(at, 7 - at, stop=at) for at in range(1, 8))
    view, _asked, _boards = shown(qtbot, screen_of(kit, replace(FULL, visits=many)))
    lines = view.lists["due"]
    assert len(lines.buttons) == FEW
    rest = next(made for made in lines.findChildren(QPushButton) if made.text() == "عرض الكل (٧)")
    rest.click()
    assert len(lines.buttons) == 7
    assert focused(view) is lines.buttons[FEW]


def test_a_card_that_has_nothing_to_say_any_more_goes(qtbot: QtBot, kit: Kit) -> None:
    view, _asked, _boards = shown(qtbot, screen_of(kit, LEADING, FULL))
    assert view.lists["alerts"].isVisible()
    view.refresh(frozenset({"alert"}))
    assert not view.lists["alerts"].isVisible()


def test_both_dates_and_the_person_are_in_the_greeting(full: Shown) -> None:
    header = full[0].header
    assert header.title.text() == "صباح الخير، نورة القحطاني"
    assert "الاثنين · ١٣ جمادى الآخرة ١٤٤٨" in header.subtitle.text()
    assert "2026-11-23" in header.subtitle.text()


def test_the_sync_state_is_said_in_words_and_leads_to_the_sync_centre(full: Shown) -> None:
    view, asked, _boards = full
    assert view.sync.text.text().startswith(
        "١٤ تغييرًا محفوظة هنا ولم تُرسل بعد. آخر مزامنة مكتملة: قبل يومين."
    )
    view.sync.press_button()
    assert asked.opened == [("sync", {})]


def test_an_empty_day_says_what_to_do_and_stands_on_new_visit(qtbot: QtBot, kit: Kit) -> None:
    view, asked, _boards = shown(qtbot, screen_of(kit, EMPTY))
    assert any("زيارة جديدة" in text and "للبحث عن أسرة" in text for text in texts(view))
    assert view.focusWidget() is view.new_visit
    press(view.new_visit, Qt.Key.Key_Return)
    assert asked.opened == [("families", {})]


def test_a_board_that_cannot_be_read_offers_to_try_again(qtbot: QtBot, kit: Kit) -> None:
    view, _asked, boards = shown(qtbot, screen_of(kit, TarahumError("database_damaged"), FULL))
    assert view.panel.state == "error"
    again = next(made for made in view.panel.findChildren(QPushButton) if made.text() == "حاول مرة أخرى")
    again.click()
    assert (view.panel.state, boards.read) == ("content", 2)


def test_a_refresh_keeps_the_line_stood_on(qtbot: QtBot, kit: Kit) -> None:
    later = replace(FULL, visits=FULL.visits[2:], drafts=(draft(6, 0, 2), *FULL.drafts))
    view, _asked, _boards = shown(qtbot, screen_of(kit, FULL, later))
    view.lists["drafts"].buttons[1].setFocus()
    stood = focused(view).line.key
    view.refresh(frozenset({"visit"}))
    assert len(view.lists["drafts"].buttons) == 3
    assert focused(view).line.key == stood


def test_who_comes_back_stands_where_they_left(full: Shown) -> None:
    view = full[0]
    left = view.lists["due"].buttons[2]
    key = left.line.key
    press(left, Qt.Key.Key_Return)
    view.new_visit.setFocus()
    view.open_with({})
    assert focused(view).line.key == key


def test_a_refresh_does_not_take_the_focus_from_elsewhere(qtbot: QtBot, kit: Kit) -> None:
    view, _asked, _boards = shown(qtbot, screen_of(kit, FULL, replace(FULL, visits=(due(1, 5),))))
    view.new_visit.setFocus()
    view.refresh(frozenset({"follow_up"}))
    assert view.focusWidget() is view.new_visit


def test_each_line_is_read_aloud_as_one_sentence(full: Shown) -> None:
    names = [made.accessibleName() for made in full[0].lists["releases"].buttons]
    assert names[0].startswith("فهد بن ناصر بن إبراهيم الدوسري, بعد ٩ أيام. ")


@pytest.mark.parametrize(("width", "stacked"), [(1150, False), (700, True)])
def test_a_narrow_window_has_one_column(full: Shown, width: int, *, stacked: bool) -> None:
    view = full[0]
    view.resize(width, 700)
    QApplication.processEvents()
    due_card, releases = view.lists["due"], view.lists["releases"]
    below = (
        releases.mapTo(view, releases.rect().topLeft()).y()
        > due_card.mapTo(view, due_card.rect().topLeft()).y()
    )
    assert below is stacked


def test_its_keys_work_in_the_window(qtbot: QtBot, kit: Kit) -> None:
    opened: list[str] = []

    class Other(Screen):
        def open_with(self, params: Params) -> None:
            opened.append(params.get("draft", "no draft"))

    specs = [
        spec(ports_of(Boards([FULL]))),
        ScreenSpec("families", "Families", "families", Other),
        ScreenSpec("visit", "Visit form", "visit", Other, in_navigation=False),
    ]
    parts = WindowParts(
        kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None
    )
    window = MainWindow(parts)
    qtbot.addWidget(window)
    window.open_screen("today")
    assert window.actions_table.run("today.new_visit")
    window.go_back()
    assert window.actions_table.run("today.resume")
    assert opened == ["no draft", str(some_id(301))]
