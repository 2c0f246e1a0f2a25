"""Looks through the records for what people must decide, on a thread of its own: after an exchange, daily, and when asked.

The same pass lets contents of attachments go that nothing here needs. Neither the database worker nor an exchange
waits for it; locking ends it at its next chunk with nothing half written.
"""

import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer

from tarahum_desktop.casework.attachments.sweeping import sweep_contents
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates, yielding
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.worker import Worker

# The first screen, then the first exchange, have the machine to themselves.
FIRST_MILLISECONDS: Final = 30_000
AUTOMATIC_MILLISECONDS: Final = 6 * 60 * 60 * 1000


class _Stopped(TarahumError):
    """The machine is being locked."""

    code = "look_stopped"


class Looker:
    """One unlocking's passes.

    Attributes:
        doing: what a running pass does (``reading``, ``comparing``, ``checking``); empty when none runs.
        rows: how many rows it has seen.
    """

    def __init__(self, place: Workplace, ended: Callable[[frozenset[str]], None]) -> None:
        self._place, self._ended = place, ended
        self._worker = Worker("looker")
        self._background = self._worker.background()
        self._stopping = threading.Event()
        self._running = False
        self._timer = QTimer()
        self._timer.timeout.connect(self._from_time_to_time)
        self.doing, self.rows = "", 0

    def start(self) -> None:
        """Look soon, and then from time to time."""
        self._timer.start(FIRST_MILLISECONDS)

    def look(self, *, whole: bool = False) -> bool:
        """Begin a pass; False when one is running."""
        if self._running or self._stopping.is_set():
            return False
        self._running, self.doing, self.rows = True, "reading", 0
        self._background.command(lambda: self._look(whole=whole), self._done, self._failed)
        return True

    def stop(self) -> None:
        """End a running pass at its next chunk and join the thread."""
        self._timer.stop()
        self._stopping.set()
        self._worker.stop()

    def _from_time_to_time(self) -> None:
        self._timer.setInterval(AUTOMATIC_MILLISECONDS)
        self.look()

    def _look(self, *, whole: bool) -> None:
        replica = self._place.replica
        look_for_duplicates(replica, whole=whole, pause=self._pause)
        look_for_exceptions(replica, self._pause)
        sweep_contents(self._place, lambda _doing, rows: self._pause("checking", rows))

    def _pause(self, doing: str, rows: int) -> None:
        self.doing, self.rows = doing, rows
        if self._stopping.is_set():
            raise _Stopped
        yielding(doing, rows)

    def _done(self, _answer: None) -> None:
        self._running, self.doing = False, ""
        self._ended(frozenset({"finding"}))

    def _failed(self, _error: TarahumError) -> None:
        """A pass that failed is tried again later; what it found before stays listed."""
        self._running, self.doing = False, ""
