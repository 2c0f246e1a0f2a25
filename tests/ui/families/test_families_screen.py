from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.families.spec import spec
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate
from tests.ui.families.family_hits import FAMILIES, PLACES, Office
from tests.ui.typing_keys import press, type_text

MOST_KEYS_TO_A_KNOWN_FAMILY = 12


class Blank(Screen):
    """Stands for the family file and remembers what it was opened with."""

    opened: Params | None = None

    def open_with(self, params: Params) -> None:
        self.opened = params
        self.setFocus()


class Later(Immediate):
    """Answers when told, the oldest question first."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Any, Any, Any]] = []

    def query(self, work: Any, done: Any, failed: Any, *, replaces: str = "") -> None:
        del replaces
        self.waiting.append((work, done, failed))

    def answer(self) -> None:
        super().command(*self.waiting.pop(0))


class World:
    """A window with the families screen open."""

    def __init__(self, kit: Kit, office: Office, background: type[Immediate] = Immediate) -> None:
        self.office = office
        self.backgrounds: list[Immediate] = []

        def make() -> Immediate:
            self.backgrounds.append(background())
            return self.backgrounds[-1]

        self.blank: Blank | None = None
        specs = [
            spec(office.ports()),
            ScreenSpec("family", "Family", "file", self._blank, in_navigation=False),
        ]
        self.window = MainWindow(
            WindowParts(kit, Preferences(), specs, Person("نورة"), make, lambda: None, lambda _chosen: None)
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_screen("families")
        self.view = self.window.stack.currentWidget()
        assert isinstance(self.view, FamiliesView)

    @property
    def families(self) -> FamiliesView:
        assert isinstance(self.view, FamiliesView)
        return self.view

    def _blank(self, context: ScreenContext) -> Screen:
        self.blank = Blank(context)
        return self.blank

    def opened(self) -> str:
        return (self.blank.opened or {}).get("household", "") if self.blank else ""


@pytest.fixture
def world(kit: Kit, qtbot: QtBot, qapp: QApplication) -> World:
    made = World(kit, Office())
    qtbot.addWidget(made.window)
    qapp.processEvents()
    return made


def typed(world: World, text: str) -> FamiliesView:
    type_text(world.families.line, text)
    return world.families


def offered(view: FamiliesView) -> QPushButton:
    QApplication.processEvents()  # the layout shows what was put into it
    return next(made for made in view.states.findChildren(QPushButton) if made.isVisible())


def names_shown(view: FamiliesView) -> list[str]:
    return [hit.head_name for hit in view.table.rows_model.rows]


def test_the_search_line_has_the_keyboard_on_opening_and_the_page_says_what_can_be_typed(
    world: World,
) -> None:
    assert QApplication.focusWidget() is world.families.line
    assert world.families.states.state == "empty"
    assert world.office.asked == []


def test_each_key_asks_and_the_first_families_are_there_with_the_key(world: World) -> None:
    view = typed(world, "محم")
    assert world.office.asked == ["م", "مح", "محم"]
    assert view.states.state == "content"
    assert names_shown(view)[0] == FAMILIES[0].head_name
    assert view.table.current_row() == FAMILIES[0]


def test_a_known_family_opens_within_twelve_keys(world: World) -> None:
    keys = "خالد سع"
    typed(world, keys)
    press(world.families.line, Qt.Key.Key_Return)
    assert world.opened() == str(FAMILIES[3].household_id)
    assert len(keys) + 1 <= MOST_KEYS_TO_A_KNOWN_FAMILY


def test_arrows_walk_the_list_while_the_line_keeps_the_keyboard(world: World) -> None:
    view = typed(world, "محمد")
    press(view.line, Qt.Key.Key_Down)
    press(view.line, Qt.Key.Key_Down)
    press(view.line, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is view.line
    press(view.line, Qt.Key.Key_Return)
    assert world.opened() == str(FAMILIES[1].household_id)


def test_coming_back_finds_the_search_as_it_was_left(world: World) -> None:
    view = typed(world, "خالد")
    press(view.line, Qt.Key.Key_Return)
    press(world.window, Qt.Key.Key_Escape)
    world.window.go_back()
    assert view.line.text() == "خالد"
    assert view.line.selectedText() == "خالد"
    assert names_shown(view) == [FAMILIES[3].head_name]


def test_nothing_found_advises_and_registers_with_the_name_taken_over(world: World) -> None:
    view = typed(world, "صالح بن عمر الغامدي")
    assert view.states.state == "empty"
    press(offered(view), Qt.Key.Key_Return)
    assert view.registering
    assert [line.value() for line in view.panel.head.names] == ["صالح", "عمر", "", "الغامدي"]
    assert QApplication.focusWidget() is view.panel.head.names[0].edit


def test_an_error_is_said_and_can_be_tried_again(world: World) -> None:
    world.office.fails = "database_failed"
    view = typed(world, "خالد")
    assert view.states.state == "error"
    press(view.line, Qt.Key.Key_Return)
    assert world.opened() == ""
    world.office.fails = ""
    press(offered(view), Qt.Key.Key_Return)
    assert names_shown(view) == [FAMILIES[3].head_name]


def test_a_slow_first_answer_shows_that_it_is_looked_for_and_later_ones_do_not_flicker(
    kit: Kit, qtbot: QtBot
) -> None:
    made = World(kit, Office(), Later)
    qtbot.addWidget(made.window)
    view = typed(made, "خ")
    assert view.states.state == "loading"
    own = next(one for one in made.backgrounds if isinstance(one, Later) and one.waiting)
    own.answer()  # the person's lists
    assert view.states.state == "loading"
    own.answer()
    assert view.states.state == "content"
    typed(made, "ا")
    assert view.states.state == "content"


def test_enter_before_the_answer_opens_what_was_typed_and_not_what_stood_there(
    kit: Kit, qtbot: QtBot
) -> None:
    made = World(kit, Office(), Later)
    qtbot.addWidget(made.window)
    view = typed(made, "محمد")
    own = next(one for one in made.backgrounds if isinstance(one, Later) and one.waiting)
    while own.waiting:
        own.answer()
    view.line.clear()
    typed(made, "خالد")
    press(view.line, Qt.Key.Key_Return)
    assert made.opened() == ""
    own.waiting = own.waiting[-1:]
    own.answer()
    assert made.opened() == str(FAMILIES[3].household_id)


def test_a_person_of_no_family_here_is_said_and_not_opened(kit: Kit, qtbot: QtBot) -> None:
    made = World(kit, Office([replace(FAMILIES[0], household_id=None, file_number="", head_name="")]))
    qtbot.addWidget(made.window)
    view = typed(made, FAMILIES[0].person_name)
    press(view.line, Qt.Key.Key_Return)
    assert made.blank is None
    assert made.window.toast.isVisible()


def fill(view: FamiliesView) -> None:
    for line, text in zip(view.panel.head.names, ("صالح", "عمر", "", "الغامدي"), strict=True):
        line.setFocus()
        type_text(line, text)
    view.panel.head.gender.set_value("male")


def test_a_new_family_is_registered_and_its_file_opens(world: World) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    fill(view)
    type_text(view.panel.head.mobile, "٠٥٠١٢٣٤٥٦٧")
    view.panel.place.set_value("RUH-6")
    world.window.actions_table.run("families.save")
    head, home = world.office.registered[0]
    assert head.relation == "self"
    assert head.entered == {
        "first_name": "صالح", "father_name": "عمر", "family_name": "الغامدي", "gender": "male",
        "mobile": "+966501234567",
    }  # fmt: skip
    assert home == {"place_code": "RUH-6"}
    assert world.opened().endswith("1389")
    assert not view.registering


def test_a_doubtful_identity_number_warns_and_never_blocks(world: World) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    fill(view)
    type_text(view.panel.head.document.number, "1023456789")
    view.panel.submit()
    assert world.office.registered[0][0].entered["id_number"] == "1023456789"


def test_what_is_still_missing_gets_the_keyboard_and_nothing_is_sent(world: World) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    view.panel.submit()
    assert world.office.registered == []
    assert QApplication.focusWidget() is view.panel.head.names[0].edit
    assert view.panel.head.names[3].note is not None


def test_an_identity_number_on_record_is_told_before_a_second_file_is_made(
    world: World, qtbot: QtBot
) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    type_text(view.panel.head.document.number, FAMILIES[0].id_number)
    press(view.panel.head.document.number, Qt.Key.Key_Return)
    qtbot.waitUntil(view.panel.head.banner.isVisible)
    assert FAMILIES[0].head_name in view.panel.head.banner.text.text()
    view.panel.head.banner.press_button()
    assert world.opened() == str(FAMILIES[0].household_id)


def test_escape_closes_the_card_and_keeps_what_was_typed(world: World) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    type_text(view.panel.head.names[0], "صالح")
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.panel.head.names[0].edit, event)
        assert event.isAccepted()
    assert not view.registering
    world.window.actions_table.run("families.new")
    assert view.panel.head.names[0].value() == "صالح"


def test_a_refused_registration_keeps_the_card(world: World) -> None:
    view = world.families
    world.window.actions_table.run("families.new")
    fill(view)
    world.office.fails = "not_allowed"
    view.panel.submit()
    assert view.registering
    assert view.panel.banner.isVisible()
    assert view.panel.head.names[0].value() == "صالح"
    world.office.fails = ""
    view.panel.submit()
    assert len(world.office.registered) == 1


def test_the_places_of_the_office_can_be_chosen(world: World) -> None:
    world.window.actions_table.run("families.new")
    assert [option.code for option in world.families.panel.place.options] == [one.code for one in PLACES]
