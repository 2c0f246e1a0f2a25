"""The running desktop: the lock screen, or the window of whoever unlocked it, never both.

Only the lock screen is built at the start; unlocking imports and builds the rest, locking takes it down and drops
engine, sessions and key.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.bootstrap.preferences_file import read_preferences, write_preferences
from tarahum_desktop.i18n.words import Language
from tarahum_desktop.ui.lock.presenter import Enrolment, LockServices, LockUser
from tarahum_desktop.ui.lock.view import LockScreen
from tarahum_desktop.ui.shell.idle import IdleLock
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Worker
from tarahum_desktop.vault.errors import SlotFileMissing
from tarahum_desktop.vault.slots import list_users

if TYPE_CHECKING:
    from tarahum_desktop.bootstrap.workspace import Workspace
    from tarahum_desktop.casework.workplace import Workplace

FIRST_SIZE = (1280, 800)
# Loading shares the interpreter with painting: the screen is there first, then what comes after it.
UNTIL_PAINTED_MILLISECONDS = 250


def wall_ms() -> int:
    """This machine's clock in UTC milliseconds; an exchange finds out when it is wrong."""
    return time.time_ns() // 1_000_000


def _load_rooms() -> None:
    import_module("tarahum_desktop.bootstrap.workspace")


class Program:
    """Owns the worker threads and whichever top-level window is shown.

    Attributes:
        window: the lock screen or the main window.
        workspace: what unlocking built; None while locked.
    """

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._preferences = read_preferences(folder)
        self._kit = kit_for(self._preferences)
        self._worker = Worker()
        self._idle = IdleLock(time.monotonic, self.lock)
        self.window: QWidget | None = None
        self.workspace: Workspace | None = None

    def start(self) -> None:
        """Show the lock screen, and load what unlocking will need while somebody types."""
        apply_look(self._app, self._kit.look)
        self._show_lock()
        QTimer.singleShot(UNTIL_PAINTED_MILLISECONDS, self._app, self._load_ahead)

    def _load_ahead(self) -> None:
        self._worker.background().query(_load_rooms, lambda _none: None, lambda _error: None)

    def stop(self) -> None:
        """Lock and end the threads; what was asked of them is carried out first."""
        self._close_workspace()
        self._worker.stop()

    def lock(self) -> None:
        """Take the work down and show the lock screen."""
        if self.workspace is not None and self._close_workspace():
            self._show_lock()

    def switch_user(self) -> None:
        """Lock at once and offer the other user first; whose work stays behind is said."""
        if self.workspace is None:
            return
        login, note = self.workspace.place.vault.login, self.workspace.left_behind(self._kit)
        if self._close_workspace():
            users = [user.login for user in self._list_users()]
            after = users.index(login) + 1 if login in users else 0
            others = [*users[after:], *users[:after]]
            self._show_lock(next((other for other in others if other != login), login), note)

    def _show_lock(self, preferred: str = "", note: str = "") -> None:
        services = LockServices(self._list_users, self._unlock, self._join)
        tools = ((self._other_language(), "language", self._change_language),)
        lock = LockScreen(
            self._kit, self._worker.background(), services, self._opened, tools, preferred=preferred, note=note
        )  # fmt: skip
        self._put(lock)

    def _list_users(self) -> Sequence[LockUser]:
        try:
            logins = list_users(self._folder)
        except SlotFileMissing:
            return []
        return [LockUser(login, login) for login in logins]

    def _unlock(self, login: str, passphrase: str) -> object:
        from tarahum_desktop.casework.workplace import open_workplace  # noqa: PLC0415 - imported while people type

        return open_workplace(self._folder, login, passphrase, wall_ms)

    def _join(self, wanted: Enrolment) -> object:
        from tarahum_desktop.casework.workplace import Joining, join_centre  # noqa: PLC0415 - as above

        joining = Joining(wanted.server_url, wanted.code, wanted.login)
        return join_centre(self._folder, joining, wanted.passphrase, wall_ms)

    def _opened(self, opened: object) -> None:
        from tarahum_desktop.bootstrap.workspace import Workspace  # noqa: PLC0415 - as above

        place: Workplace = opened  # type: ignore[assignment]  # the lock screen hands on unread what unlocking gave
        self.workspace = Workspace(
            place, self._worker, self._preferences, self.lock, self._choose, self.switch_user
        )  # fmt: skip
        self._put(self.workspace.build(self._kit))
        self._idle.start(self._app)

    def _close_workspace(self) -> bool:
        """Take the work down; False when something typed must be settled first."""
        if self.workspace is None:
            return True
        if not self.workspace.close():
            return False
        self._idle.stop()
        self.workspace = None
        return True

    def _choose(self, preferences: Preferences) -> None:
        """Keep new choices and build what is shown anew with them."""
        self._preferences = preferences
        self._kit = kit_for(preferences)
        write_preferences(self._folder, preferences)
        apply_look(self._app, self._kit.look)
        if self.workspace is None:
            self._show_lock()
        elif (window := self.workspace.rebuild(self._kit, preferences)) is not None:
            self._put(window)

    def _other_language(self) -> str:
        return "English" if self._preferences.language == "ar" else "العربية"

    def _change_language(self) -> None:
        other: Language = "en" if self._preferences.language == "ar" else "ar"
        self._choose(replace(self._preferences, language=other))

    def _put(self, window: QWidget) -> None:
        """Show a top-level window in the place of the one before."""
        old = self.window
        window.setWindowTitle(window.windowTitle() or self._kit.words.t("Tarahum"))
        if old is None:
            window.resize(*FIRST_SIZE)
        else:
            window.restoreGeometry(old.saveGeometry())
        window.show()
        self.window = window
        if old is not None:
            old.close()
            old.deleteLater()
