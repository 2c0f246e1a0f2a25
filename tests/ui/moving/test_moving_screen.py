"""Cases in hand through real widgets: hand over, offer, answer and decide by few keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.moving.moving_world import CASES, EMPTY, FULL, LATE, NOURA, Office, World, view_of
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.typing_keys import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, world: World) -> None:
        self._world, self.count = world, 0

    def press(self, key: Qt.Key) -> None:
        self.count += 1
        press(self._focus(), key)

    def act(self, action: str) -> None:
        """A shortcut of the screen."""
        self.count += 1
        found = next(one for one in self._world.view.screen_actions() if one.id == action)
        assert found.enabled()
        found.run()

    def type(self, text: str) -> None:
        self.count += len(text)
        type_text(self._focus(), text)

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def world(qtbot: QtBot, kit: Kit) -> World:
    made = World(kit, Office())
    qtbot.addWidget(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def test_a_whole_caseload_is_handed_over_in_five_keys(world: World) -> None:
    keys = Keys(world)
    keys.press(Qt.Key.Key_Return)
    keys.count += 1
    press(world.view.officers.cases, Qt.Key.Key_A, CONTROL)
    keys.act("moving.hand_over")
    keys.type("1")
    keys.act("moving.yes")
    assert world.office.done == [
        ("hand_over", [case.case_id for case in CASES if not case.leaving], NOURA, "")
    ]
    assert keys.count == 5
    assert not world.view.bar.asking


def test_marked_families_are_offered_with_a_reason(world: World) -> None:
    keys = Keys(world)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Space)
    keys.act("moving.offer")
    keys.type("1")
    keys.act("moving.yes")
    assert world.office.done == []
    keys.type("انتقلت")
    keys.press(Qt.Key.Key_Return)
    assert world.office.done == [("offer", [CASES[0].household_id], "jed", "انتقلت")]


def test_a_refusal_keeps_what_was_typed(world: World) -> None:
    world.office.refuses = "household_shares_people"
    keys = Keys(world)
    keys.act("moving.restrict")
    keys.type("خطر")
    keys.press(Qt.Key.Key_Return)
    assert world.view.bar.asking
    assert world.view.bar.reason.value() == "خطر"
    assert "أسرة أخرى" in world.view.bar.banner.text.text()
    keys.press(Qt.Key.Key_Escape)
    assert not world.view.bar.asking


def test_an_offered_family_is_accepted_by_two_keys_or_refused_with_a_reason(world: World) -> None:
    keys = Keys(world)
    keys.act("moving.incoming")
    keys.act("moving.yes")
    assert (world.office.done, keys.count) == ([("answer", FULL.incoming[0].id, True, "")], 2)
    keys.act("moving.no")
    keys.type("لا متسع")
    keys.press(Qt.Key.Key_Return)
    assert world.office.done[-1] == ("answer", FULL.incoming[0].id, False, "لا متسع")


def test_a_refused_family_is_taken_back(world: World) -> None:
    keys = Keys(world)
    keys.act("moving.outgoing")
    keys.press(Qt.Key.Key_Down)
    assert "ردهم" in world.view.outgoing.told.text()
    keys.act("moving.back")
    assert world.office.done == [("take_back", FULL.outgoing[1].id)]


def test_a_late_edit_shows_both_values_and_is_decided_by_one_key(world: World) -> None:
    keys = Keys(world)
    keys.act("moving.late")
    told = world.view.late.told.text()
    assert "لا شيء" in told
    assert "حي النخيل" in told
    keys.act("moving.yes")
    keys.act("moving.no")
    assert world.office.done == [("take", LATE.id), ("set_aside", LATE.id)]


def test_the_tabs_say_how_much_waits(world: World) -> None:
    texts = {code: made.text() for code, made in world.view.tabs.items()}
    assert texts["incoming"].endswith("(١)")
    assert texts["late"].endswith("(١)")
    assert "(" not in texts["outgoing"]


def test_nothing_marked_and_nothing_there_are_said_plainly(qtbot: QtBot, kit: Kit) -> None:
    world = World(kit, Office(EMPTY))
    qtbot.addWidget(world.window)
    for action in ("moving.hand_over", "moving.offer", "moving.restrict"):
        next(one for one in world.view.screen_actions() if one.id == action).run()
    assert world.office.done == []
    assert not world.view.bar.asking
    for section in ("incoming", "outgoing", "late"):
        world.view.open_section(section)
    assert [panel.states.state for panel in world.view.panels.values()] == ["empty"] * 4


def test_a_list_is_built_when_it_is_first_shown_and_filled_at_once(world: World) -> None:
    assert list(world.view.panels) == ["officers"]
    world.view.open_section("incoming")
    assert list(world.view.panels) == ["officers", "incoming"]
    assert world.view.incoming.table.rows_model.rows


def test_what_cannot_be_read_says_so_and_can_be_tried_again(qtbot: QtBot, kit: Kit) -> None:
    office = Office(fails="disk_full")
    world = World(kit, office)
    qtbot.addWidget(world.window)
    assert world.view.states.state == "error"
    office.fails = ""
    world.view.presenter.open()
    assert world.view.states.state == "content"


@pytest.mark.parametrize("section", ["officers", "incoming", "outgoing", "late"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, section: str) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    view = view_of(kit, Office())
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with({"section": section})
    view.show()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []


def test_a_link_of_another_version_opens_the_first_list(world: World) -> None:
    world.view.open_with({"section": "of another version"})
    assert world.view.tabs["officers"].isChecked()
