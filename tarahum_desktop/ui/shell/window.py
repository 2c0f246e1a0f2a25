"""The main window after unlocking: it hosts screens that know nothing of each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.ui.actions import ActionTable, bind_shortcuts
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.command_box import CommandBox, FindRecords
from tarahum_desktop.ui.shell.header import Header, Person
from tarahum_desktop.ui.shell.key_sheet import KeySheet
from tarahum_desktop.ui.shell.navigation import Navigation
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window_actions import WindowCommands, window_actions
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.banner import Toast
from tarahum_desktop.ui.worker import Background

NO_PARAMS: Params = {}
MOST_REMEMBERED = 50


@dataclass(frozen=True)
class WindowParts:
    """What the window is made of.

    Attributes:
        kit: words, formats and look of ``preferences``.
        preferences: the person's choices now.
        specs: the screens, in the order of the navigation; the first one opens.
        person: who is working.
        background: makes a new way to the worker for each screen.
        find: finds records for the command box; None where there are none.
        lock: locks the vault; the caller takes the window down.
        choose: keeps new choices; the caller applies the look and builds the window anew.
        sync_screen: the id of the screen the chip opens.
        switch_user: locks and offers another user first; None where there is only one way to lock.
        on_changed: told which kinds of rows a screen changed, so that the chip can be counted again.
        on_built: told that a screen was opened for the first time; it stays as long as the window.
    """

    kit: Kit
    preferences: Preferences
    specs: Sequence[ScreenSpec]
    person: Person
    background: Callable[[], Background]
    lock: Callable[[], None]
    choose: Callable[[Preferences], None]
    find: FindRecords | None = None
    sync_screen: str = "sync"
    on_changed: Callable[[frozenset[str]], None] = lambda _kinds: None
    switch_user: Callable[[], None] | None = None
    on_built: Callable[[], None] = lambda: None


class MainWindow(QMainWindow):
    """Navigation, header and one screen at a time."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self.parts = parts
        self.kit = parts.kit
        self._specs = {spec.id: spec for spec in parts.specs}
        self._screens: dict[str, Screen] = {}
        self._backgrounds: list[Background] = []
        self._shortcuts: list[QShortcut] = []
        self._trail: list[tuple[str, Params]] = []
        commands = WindowCommands(
            self._find, self._show_keys, parts.lock, parts.switch_user or parts.lock, self.open_screen, parts.choose
        )  # fmt: skip
        self._fixed = window_actions(parts.preferences, parts.specs, commands)
        self.actions_table = ActionTable(self._fixed)
        self.setWindowTitle(self.kit.words.t("Tarahum"))
        self._build()
        bind_shortcuts(self, self.actions_table, self._fixed)
        QShortcut(Qt.Key.Key_Escape, self, self.go_back)

    @property
    def current(self) -> tuple[str, Params] | None:
        """The open screen and its parameters, to come back to after a rebuild."""
        return self._trail[-1] if self._trail else None

    def open_screen(self, screen_id: str, params: Params = NO_PARAMS) -> None:
        """Open a screen if the one that is open lets the person go."""
        if not self._may_leave():
            return
        self._trail = [*self._trail, (screen_id, params)][-MOST_REMEMBERED:]
        self._show(screen_id, params)

    def go_back(self) -> None:
        """Open the screen that was open before."""
        if self.box.isVisible() or self.sheet.isVisible():
            self.box.hide()
            self.sheet.hide()
            return
        if len(self._trail) > 1 and self._may_leave():
            self._trail.pop()
            self._show(*self._trail[-1])

    def announce(
        self,
        sentence: str,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something at the lower edge and to screen readers."""
        self.toast.say(sentence, tone, action, on_action)
        QAccessible.updateAccessibility(QAccessibleEvent(self.toast, QAccessible.Event.Alert))

    def rows_changed(self, kinds: frozenset[str]) -> None:
        """Have the open screen read again what changed, here or by an exchange."""
        if self._trail and (screen := self._screens.get(self._trail[-1][0])):
            screen.refresh(kinds)
        self.parts.on_changed(kinds)

    def take_down(self) -> bool:
        """Settle the open screen and drop all answers to come; False keeps the person here."""
        if not self._may_leave():
            return False
        for background in self._backgrounds:
            background.close()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the screen where the window is narrow for its zoom."""
        super().resizeEvent(event)
        self.navigation.be_narrow(narrow=self.width() < self.kit.look.px(880))

    def _build(self) -> None:
        center = QWidget()
        center.setProperty("paper", "page")
        row = QHBoxLayout(center)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        listed = [spec for spec in self.parts.specs if spec.in_navigation]
        self.navigation = Navigation(self.kit, listed, self.open_screen)
        self.header = Header(
            self.kit, self.parts.person, self.actions_table, lambda: self.open_screen(self.parts.sync_screen)
        )
        self.stack = QStackedWidget()
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.header)
        beside.addWidget(self.stack, 1)
        row.addWidget(self.navigation)
        row.addLayout(beside, 1)
        self.setCentralWidget(center)
        self.toast = Toast(self.kit, center)
        self.box = CommandBox(self.kit, center, self.actions_table, self.parts.find, self._new_background())
        self.sheet = KeySheet(self.kit, center, self.actions_table)

    def _show(self, screen_id: str, params: Params) -> None:
        screen = self._screens.get(screen_id) or self._make(screen_id)
        self.stack.setCurrentWidget(screen)
        self.navigation.mark(screen_id)
        self._offer(screen)
        screen.open_with(params)
        title = self.kit.words.t(self._specs[screen_id].title)
        self.setWindowTitle(f"{title} – {self.kit.words.t('Tarahum')}")

    def _make(self, screen_id: str) -> Screen:
        context = ScreenContext(
            self.kit, self._new_background(), self.open_screen, self.go_back, self.announce, self.rows_changed
        )
        screen = self._specs[screen_id].build(context)
        self._screens[screen_id] = screen
        self.stack.addWidget(screen)
        self.parts.on_built()
        return screen

    def _offer(self, screen: Screen) -> None:
        fixed = {action.id for action in self._fixed}
        for action in [action for action in self.actions_table if action.id not in fixed]:
            self.actions_table.remove(action.id)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        own = list(screen.screen_actions())
        for action in own:
            self.actions_table.add(action)
        self._shortcuts = bind_shortcuts(self, self.actions_table, own)

    def _new_background(self) -> Background:
        background = self.parts.background()
        self._backgrounds.append(background)
        return background

    def _may_leave(self) -> bool:
        return not self._trail or self._screens[self._trail[-1][0]].leave()

    def _find(self) -> None:
        self.sheet.hide()
        self.box.open()

    def _show_keys(self) -> None:
        self.box.hide()
        if self.sheet.isVisible():
            self.sheet.hide()
        else:
            self.sheet.open()
