from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.actions import Action, ActionTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.command_box import CommandBox, Found
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.idle import IdleLock
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.widgets.sync_chip import SyncState, sync_tone
from tarahum_desktop.ui.worker import Immediate
from tests.ui.typing_keys import press, type_text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Sheet(Screen):
    """A screen that remembers what happened to it."""

    def __init__(self, context: ScreenContext, name: str) -> None:
        super().__init__(context)
        self.name, self.opened, self.refreshed, self.free = name, list[Params](), list[frozenset[str]](), True

    def open_with(self, params: Params) -> None:
        self.opened.append(params)

    def refresh(self, changed: frozenset[str]) -> None:
        self.refreshed.append(changed)

    def leave(self) -> bool:
        return self.free

    def screen_actions(self) -> list[Action]:
        return [Action(f"{self.name}.print", "Print", lambda: None, "Ctrl+P", "print")]


class World:
    """A window on two screens, and what it asked for."""

    def __init__(self, kit: Kit) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.locks = 0
        self.chosen: list[Preferences] = []
        self.backgrounds: list[Immediate] = []
        self.found: list[str] = []
        specs = [
            self.spec("today", "Today"),
            self.spec("families", "Families"),
            self.spec("sync", "Sync centre"),
        ]
        self.window = MainWindow(
            WindowParts(
                kit,
                Preferences(),
                specs,
                Person("نورة"),
                self.background,
                self.lock,
                self.chosen.append,
                self.find,
            )
        )
        self.window.resize(1366, 768)
        self.window.open_screen("today")
        self.window.show()

    def spec(self, screen_id: str, title: str) -> ScreenSpec:
        def build(context: ScreenContext) -> Screen:
            self.sheets[screen_id] = Sheet(context, screen_id)
            return self.sheets[screen_id]

        return ScreenSpec(screen_id, title, "today", build)

    def background(self) -> Immediate:
        self.backgrounds.append(Immediate())
        return self.backgrounds[-1]

    def lock(self) -> None:
        self.locks += 1

    def find(self, typed: str) -> list[Found]:
        return [Found(f"أسرة {typed}", "١٠٢٣", "families", lambda: self.found.append(typed))]


@pytest.fixture
def world(qtbot: QtBot, kit: Kit) -> World:
    made = World(kit)
    qtbot.addWidget(made.window)
    return made


def keys(window: MainWindow, *ids: str) -> None:
    for action_id in ids:
        window.actions_table.run(action_id)


def test_screens_are_built_when_first_opened_and_kept(world: World) -> None:
    assert set(world.sheets) == {"today"}
    world.window.open_screen("families", {"id": "7"})
    world.window.open_screen("today")
    world.window.open_screen("families", {"id": "8"})
    assert world.sheets["families"].opened == [{"id": "7"}, {"id": "8"}]


def test_going_back_opens_what_was_open_before(world: World) -> None:
    world.window.open_screen("families", {"id": "7"})
    world.window.open_screen("sync")
    world.window.go_back()
    assert world.window.current == ("families", {"id": "7"})
    world.window.go_back()
    world.window.go_back()
    assert world.window.current == ("today", {})


def test_a_screen_may_keep_the_person(world: World) -> None:
    world.sheets["today"].free = False
    world.window.open_screen("families")
    assert world.window.current == ("today", {})
    assert not world.window.take_down()
    assert not any(background.closed for background in world.backgrounds)


def test_taking_the_window_down_closes_every_way_to_the_worker(world: World) -> None:
    world.window.open_screen("families")
    assert world.window.take_down()
    assert all(background.closed for background in world.backgrounds)


def test_only_the_open_screen_hears_of_changes(world: World) -> None:
    world.window.open_screen("families")
    world.window.rows_changed(frozenset({"visit"}))
    assert world.sheets["families"].refreshed == [frozenset({"visit"})]
    assert world.sheets["today"].refreshed == []


def test_the_open_screens_own_actions_are_offered_and_taken_away(world: World) -> None:
    ids = {action.id for action in world.window.actions_table}
    assert "today.print" in ids
    world.window.open_screen("families")
    ids = {action.id for action in world.window.actions_table}
    assert "families.print" in ids
    assert "today.print" not in ids


@pytest.mark.parametrize(
    ("typed", "screen"), [("الأسر", "families"), ("مزامنة مركز", "sync"), ("لا شيء كهذا", "today")]
)
def test_the_command_box_opens_screens_by_their_words(world: World, typed: str, screen: str) -> None:
    keys(world.window, "window.find")
    box = world.window.box
    type_text(box.edit, typed)
    commands = [at for at in range(box.list.count()) if "١٠٢٣" not in box.list.item(at).text()]
    if commands:
        box.list.setCurrentRow(commands[0])
        press(box.edit, Qt.Key.Key_Return)
    assert world.window.current == (screen, {})


def test_the_command_box_finds_records_first(world: World) -> None:
    keys(world.window, "window.find")
    type_text(world.window.box.edit, "العتيبي")
    press(world.window.box.edit, Qt.Key.Key_Return)
    assert world.found == ["العتيبي"]
    assert not world.window.box.isVisible()


def test_escape_closes_the_box_and_nothing_else(world: World) -> None:
    world.window.open_screen("families")
    keys(world.window, "window.find")
    press(world.window.box.edit, Qt.Key.Key_Escape)
    assert not world.window.box.isVisible()
    assert world.window.current == ("families", {})


def test_a_screen_that_was_read_meanwhile_does_not_take_the_keyboard_from_the_box(
    world: World, qtbot: QtBot
) -> None:
    world.window.activateWindow()
    keys(world.window, "window.find")
    box = world.window.box
    qtbot.waitUntil(box.edit.hasFocus)
    world.window.navigation.setFocus(Qt.FocusReason.OtherFocusReason)
    world.window.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(box.edit.hasFocus)
    assert box.isVisible()
    world.window.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not box.isVisible()


def test_the_sheet_of_keys_is_made_from_the_table(world: World) -> None:
    keys(world.window, "window.keys")
    assert world.window.sheet.isVisible()
    shown = {child.text() for child in world.window.sheet.findChildren(QObject) if hasattr(child, "text")}
    assert any("Ctrl+P" in text for text in shown)
    assert any("Alt+2" in text for text in shown)


def test_choices_are_handed_on_whole(world: World) -> None:
    keys(world.window, "window.theme", "window.language", "window.zoom_in", "window.lock")
    assert [choice.theme for choice in world.chosen[:1]] == ["dark"]
    assert world.chosen[1].language == "en"
    assert world.chosen[2].zoom == 110
    assert world.locks == 1


def test_smaller_than_ordinary_is_not_offered(world: World) -> None:
    assert not world.window.actions_table.run("window.zoom_out")


def test_two_actions_cannot_want_the_same_key() -> None:
    table = ActionTable([Action("a.b", "A", lambda: None, "Ctrl+P")])
    with pytest.raises(ValueError, match=r"Ctrl\+P"):
        table.add(Action("c.d", "C", lambda: None, "Ctrl+P"))
    with pytest.raises(ValueError, match="twice"):
        table.add(Action("a.b", "A", lambda: None))


@pytest.mark.parametrize(
    ("kept", "days", "tone"), [(0, 1, "soft"), (3, 1, "attention"), (0, 3.1, "danger"), (3, None, "danger")]
)
def test_the_chip_turns_red_after_three_days(kept: int, days: float | None, tone: str) -> None:
    last = None if days is None else NOW - timedelta(days=days)
    assert sync_tone(SyncState(kept, 10, 10, last), NOW) == tone


def test_the_chip_says_all_four_things(world: World) -> None:
    world.window.header.chip.show_state(SyncState(12, 3402, 3400, NOW - timedelta(days=4)), NOW)
    text = world.window.header.chip.accessibleName()
    assert all(part in text for part in ("١٢", "٣٬٤٠٢", "٣٬٤٠٠", "قبل ٤ أيام"))


def test_an_announcement_offers_to_undo(world: World) -> None:
    undone = list[bool]()
    world.window.announce("حُفظت", action="تراجع", on_action=lambda: undone.append(True))
    assert world.window.toast.isVisible()
    world.window.toast.press_button()
    assert undone == [True]
    assert not world.window.toast.isVisible()


def idle(clock: Callable[[], float]) -> tuple[IdleLock, list[bool]]:
    locked = list[bool]()
    return IdleLock(clock, lambda: locked.append(True), 300), locked


@pytest.mark.usefixtures("kit")
def test_the_vault_locks_after_the_idle_time_and_only_once(qapp: QApplication) -> None:
    now = [0.0]
    watch, locked = idle(lambda: now[0])
    watch.start(qapp)
    now[0] = 299.0
    watch.check()
    assert locked == []
    QApplication.sendEvent(
        watch, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    )
    now[0] = 500.0
    watch.check()
    assert locked == []
    now[0] = 600.0
    watch.check()
    watch.check()
    watch.stop()
    assert locked == [True]


def test_the_box_never_says_that_nothing_was_found_before_it_has_looked(qtbot: QtBot, kit: Kit) -> None:
    asked: list[str] = []
    background = _Slow()
    window = QWidget()
    qtbot.addWidget(window)
    box = CommandBox(kit, window, ActionTable([]), lambda typed: asked.append(typed) or [], background)
    box.open()
    box.edit.setText("قققق")
    assert box.notice.text() == "يجري البحث…"
    background.answer()
    assert asked == ["قققق"]
    assert box.notice.text().startswith("لا نتائج")


class _Slow(Immediate):
    """Answers only when told to."""

    def query(self, work, done, failed, *, replaces="") -> None:
        self.answer = lambda: Immediate.query(self, work, done, failed, replaces=replaces)
