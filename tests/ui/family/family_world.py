"""A window that came from the list to a family's file, over records in memory."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from tarahum_desktop.ui.family.spec import spec
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate
from tests.ui.family.family_sample import HOUSEHOLD, Records
from tests.ui.typing_keys import press


class Other(Screen):
    """Stands for the list one comes from and the form one goes to."""

    opened: Params | None = None

    def open_with(self, params: Params) -> None:
        self.opened = params


class World:
    """A window that came from the list to a family's file."""

    def __init__(self, kit: Kit, records: Records, household: str = str(HOUSEHOLD)) -> None:
        self.records = records
        self.others: dict[str, Other] = {}
        specs = [self._other("families"), self._other("visit"), spec(records.ports())]
        self.window = MainWindow(
            WindowParts(
                kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None
            )
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_screen("families")
        self.window.open_screen("family", {"household": household})
        view = self.window.stack.currentWidget()
        assert isinstance(view, FamilyView)
        self.view = view
        QApplication.processEvents()

    def _other(self, screen_id: str) -> ScreenSpec:
        def build(context: ScreenContext) -> Screen:
            self.others[screen_id] = Other(context)
            return self.others[screen_id]

        return ScreenSpec(screen_id, "Families", "families", build)

    def said(self) -> str:
        shown = [label.text() for label in self.view.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown)

    def escape(self) -> bool:
        """Press Esc as Qt does: the screen may keep it from the window's shortcut."""
        target = QApplication.focusWidget() or self.view
        override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        override.ignore()
        QApplication.sendEvent(target, override)
        if not override.isAccepted():
            self.window.go_back()
            return False
        press(target, Qt.Key.Key_Escape)
        return True
