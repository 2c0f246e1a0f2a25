"""The running desktop with a person at it: unlocking, finding a family, exchanging, as each part of the day needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tarahum_desktop.bootstrap.program import Program
from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.demo.hands import Hands, HandsWaitedError
from tarahum_desktop.demo.world import DemoWorld, Machine
from tarahum_desktop.i18n.words import Language
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.shell.screen import Screen
from tarahum_desktop.ui.sync_centre.view import SyncScreenView
from tarahum_desktop.ui.today.view import TodayScreenView

SCREEN: Final = (1366, 768)
_DIGITS: Final = 9


class DeskHands:
    """One machine's desktop.

    Attributes:
        out: the folder for pictures and findings.
        size: of the window in pixels; without a display Qt thinks of a screen smaller than any real one.
        picture_name: the file name of a picture; by default machine and name.
    """

    def __init__(
        self,
        app: QApplication,
        world: DemoWorld,
        machine: Machine,
        out: Path,
        size: tuple[int, int] = SCREEN,
        picture_name: Callable[[str], str] | None = None,
    ) -> None:
        self.machine, self.out, self.size = machine, out, size
        self._picture_name = picture_name or (lambda name: f"{machine.name}-{name}.png")
        self.program = Program(app, world.vault(machine))
        self.hands = Hands(lambda: self.program.window)

    @property
    def workspace(self) -> Workspace:
        """What unlocking built."""
        if self.program.workspace is None:
            raise HandsWaitedError("the machine is locked")
        return self.program.workspace

    def screen(self, kind: type[Screen]) -> Screen:
        """The screen that is open, which must be of this kind."""
        window = self.workspace.window
        shown = None if window is None else window.stack.currentWidget()
        if not isinstance(shown, kind):
            raise HandsWaitedError(f"{kind.__name__} is not open")
        return shown

    @property
    def language(self) -> Language:
        """The language of the window."""
        return (
            "en"
            if self.workspace.window is not None and self.workspace.window.kit.words.language == "en"
            else "ar"
        )

    def shows(self, kind: type[Screen]) -> bool:
        """Whether a screen of this kind is open."""
        window = self.workspace.window
        return window is not None and isinstance(window.stack.currentWidget(), kind)

    def picture(self, name: str) -> None:
        """Save what is seen."""
        self.hands.picture(self.out / self._picture_name(name))

    def settle_size(self) -> None:
        """Give the window its size."""
        self.hands.window.resize(*self.size)
        self.hands.settle()

    def unlock(self) -> TodayScreenView:
        """Start the program, type the passphrase, and be where the day starts."""
        self.program.start()
        self.settle_size()
        hands = self.hands
        hands.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no line for the passphrase")
        self.picture("locked")
        hands.type(self.machine.passphrase)
        hands.enter()
        hands.wait(lambda: self.program.workspace is not None, "the passphrase did not unlock")
        self.settle_size()
        today = self.screen(TodayScreenView)
        assert isinstance(today, TodayScreenView)
        hands.wait(lambda: today.panel.state == "content", "the day is not shown")
        self.picture("today")
        return today

    def go(self, screen_id: str) -> None:
        """Open a screen of the side bar as people do: by its digit, or by its name where there are too many."""
        window, hands = self.workspace.window, self.hands
        assert window is not None
        listed = {spec.id: spec.title for spec in window.parts.specs if spec.in_navigation}
        number = list(listed).index(screen_id) + 1
        if number <= _DIGITS:
            hands.shortcut(f"Alt+{number}")
            return
        hands.shortcut("Ctrl+K")
        hands.type(window.kit.words.t(listed[screen_id]))
        hands.wait(lambda: window.box.list.count() > 0, f"the box does not know {screen_id}")
        hands.enter()

    def open_family(self, typed: str) -> FamilyView:
        """Search as one types, and open the first family with Enter."""
        hands = self.hands
        hands.shortcut("Alt+2")
        families = self.screen(FamiliesView)
        hands.wait(lambda: QApplication.focusWidget() is not None, "nothing has the keyboard")
        assert isinstance(families, FamiliesView)
        hands.type(typed)
        hands.wait(lambda: families.states.state == "content", "no family is found")
        self.picture("families-found")
        hands.enter()
        return self.family()

    def family(self) -> FamilyView:
        """The family file, once it is read."""
        self.hands.wait(lambda: self.shows(FamilyView), "Enter does not open the family")
        view = self.screen(FamilyView)
        assert isinstance(view, FamilyView)
        self.hands.wait(lambda: view.presenter.page is not None, "the family file does not open")
        return view

    def exchange(self) -> SyncScreenView:
        """Press the button of the sync centre and wait for the end of the exchange."""
        hands, runner = self.hands, self.workspace.exchanger.runner
        hands.wait(lambda: not runner.running, "the exchange at unlocking does not end")
        self.go("sync")
        sync = self.screen(SyncScreenView)
        assert isinstance(sync, SyncScreenView)
        hands.wait(
            lambda: sync.panel.state == "content" and sync.card.exchange.isEnabled(), "no button to exchange"
        )
        before = runner.last
        sync.card.exchange.setFocus()
        hands.enter()
        hands.wait(lambda: runner.last is not before and not runner.running, "the exchange does not end")
        if runner.last is None or runner.last.outcome is None:
            raise HandsWaitedError(
                f"the exchange failed: {runner.last.error.code if runner.last and runner.last.error else ''}"
            )
        hands.wait(lambda: not sync.presenter.following, "the end of the exchange is not shown")
        self.picture("exchanged")
        return sync

    def save_as(self, shortcut: str, file: Path) -> None:
        """Press a shortcut that asks where to save, type the place into the dialog and press Enter."""
        QTimer.singleShot(0, lambda: self._answer_dialog(file))
        self.hands.shortcut(shortcut)
        self.hands.wait(file.is_file, "the file was not written")

    def digests(self) -> dict[str, str]:
        """The digest of each scope here, in hex."""
        with self.workspace.place.desk.reading() as connection:
            return {scope: book.digest.hex() for scope, book in read_scopes(connection).items()}

    def stop(self) -> None:
        """Lock and end the program."""
        self.program.stop()

    def _answer_dialog(self, file: Path) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, lambda: self._answer_dialog(file))
            return
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None, "the dialog has no line for a name"
        line.setText("")
        line.setFocus()
        self.hands.type(str(file))
        self.hands.enter()
