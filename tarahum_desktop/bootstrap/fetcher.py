"""Fetches contents that somebody wants to look at now, on a thread of its own: neither typing nor an exchange waits."""

from collections.abc import Callable
from contextlib import suppress

from tarahum_desktop.casework.attachments.fetch import fetch_blob
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.ui.worker import Failed, Worker


class Fetcher:
    """One unlocking's fetches, one after the other."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._worker = Worker("files")
        self._background = self._worker.background()
        self._line: HttpCarrier | None = None

    def fetch(self, sha256: bytes, done: Callable[[], None], failed: Failed) -> None:
        """Bring one content here; both are told on the Qt thread."""
        self._background.command(lambda: self._fetch(sha256), lambda _nothing: done(), failed)

    def stop(self) -> None:
        """Break a running fetch off and join the thread; what has arrived stays, and the next fetch goes on from there."""
        self._background.close()
        line = self._line
        if line is not None:
            with suppress(RuntimeError):  # it may be closing by itself at this moment
                line.close()
        self._worker.stop()

    def _fetch(self, sha256: bytes) -> None:
        place = self._place
        with place.line() as line:
            self._line = line
            try:
                fetch_blob(place.replica, line, place.enrolment, sha256)
            finally:
                self._line = None
