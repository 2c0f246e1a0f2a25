"""Runs exchanges on a thread of their own: when somebody asks, and now and then by itself.

The database worker is not touched, so typing never waits for a line. A failed automatic try says nothing: the chip
and the sync centre show the truth anyway.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QTimer

from tarahum_desktop.bootstrap.fetcher import Fetcher
from tarahum_desktop.bootstrap.ways import Ways
from tarahum_desktop.casework.exchange_habits import read_habits
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.sync.exchange.forecast import Forecast, ask_forecast
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.ui.sync_centre.presenter import OFFICE
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled, ExchangeRunner, Report
from tarahum_desktop.ui.worker import Worker

# The day is read and shown first; the line loads its own libraries and would hold it up.
FIRST_MILLISECONDS: Final = 2_000
AUTOMATIC_MILLISECONDS: Final = 5 * 60 * 1000
Told = TypeVar("Told")


class Exchanger:
    """One unlocking's exchanges.

    Attributes:
        runner: what screens show and start.
        files: fetches single contents beside the exchanges.
        beside: for what takes long and is no exchange: a stick, a search, a question to the centre.
    """

    def __init__(self, place: Workplace, ended: Callable[[frozenset[str]], None]) -> None:
        self._place, self._ended = place, ended
        self._ways = Ways(place)
        self.files = Fetcher(place)
        self._worker = Worker("exchange")
        self._aside = Worker("beside")
        self.beside = self._aside.background()
        self._by_itself = self._stopping = False
        self.runner = ExchangeRunner(self._exchange, self._worker.background(), ended)
        self._timer = QTimer()
        self._timer.timeout.connect(self._from_time_to_time)

    def start(self) -> None:
        """Try soon, and then from time to time."""
        self._timer.start(FIRST_MILLISECONDS)

    def _from_time_to_time(self) -> None:
        self._timer.setInterval(AUTOMATIC_MILLISECONDS)
        if not self.runner.running and not read_habits(self._place.replica).paused:
            self._by_itself = True
            self.runner.start()

    def stop(self) -> None:
        """End a running exchange at its next step and join the thread; what was confirmed stays so."""
        self._timer.stop()
        self.runner.cancel()
        self._ways.hang_up()
        self.files.stop()
        self._stopping = True
        self.beside.close()
        self._aside.stop()
        self._worker.stop()

    @property
    def office_found(self) -> str:
        """The address at which the office's machine answered last."""
        return self._ways.found

    def search_office(self) -> str:
        """Look for it on the local network now; takes seconds."""
        return self._ways.search()

    def forecast(self) -> Forecast:
        """What an exchange with the centre would move. Raises LineFailed, SyncError."""
        with self._place.line() as line:
            return ask_forecast(self._place.replica, line)

    def while_open(self, told: Callable[[Told], None]) -> Callable[[Told], None]:
        """A report of long work beside that ends it when the program closes; a stick keeps whole pouches or none."""

        def tell(progress: Told) -> None:
            if self._stopping:
                raise ExchangeCancelled
            told(progress)

        return tell

    def took(self, touched: frozenset[str]) -> None:
        """A pouch brought rows of these kinds, as an exchange does."""
        self._ended(touched)

    def _exchange(self, report: Report) -> Outcome:
        asked, self._by_itself = not self._by_itself, False
        if self.runner.way == OFFICE:
            return self._ways.exchange_with_office(report)
        return self._ways.exchange(report, asked=asked)
