"""Fetches contents that somebody wants to look at now, on a thread of its own: neither typing nor an exchange waits."""

from collections.abc import Callable
from contextlib import suppress

from tarahum_desktop.bootstrap.ways import Ways
from tarahum_desktop.casework.attachments.fetch import fetch_blob
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.ui.worker import Failed, Worker


class Fetcher:
    """One unlocking's fetches, one after the other."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._worker = Worker("files")
        self._background = self._worker.background()
        self._ways = Ways(place)
        self._line: HttpCarrier | None = None

    def fetch(self, sha256: bytes, done: Callable[[], None], failed: Failed) -> None:
        """Bring one content here; both are told on the Qt thread."""
        self._background.command(lambda: self.fetch_now(sha256), lambda _nothing: done(), failed)

    def stop(self) -> None:
        """Break a running fetch off and join the thread; what has arrived stays, and the next fetch goes on from there."""
        self._background.close()
        line = self._line
        if line is not None:
            with suppress(RuntimeError):  # it may be closing by itself at this moment
                line.close()
        self._worker.stop()

    def fetch_now(self, sha256: bytes) -> None:
        """From the centre, or where its line fails from the office's hub.

        Raises:
            LineFailed: neither was reached; it is the centre's failure.
            ContentNotThere, ContentNotFetched: by whoever answered.
        """
        try:
            with self._place.line() as line:
                self._fetch(line, sha256, None)
        except LineFailed as failed:
            try:
                opened = self._ways.open_hub()
            except SyncError:  # nobody there, or nobody to be believed
                raise failed from None
            if opened is None:
                raise
            with opened.line as line:
                self._fetch(line, sha256, opened.hub)

    def _fetch(self, line: HttpCarrier, sha256: bytes, hub: OtherSide | None) -> None:
        self._line = line
        try:
            fetch_blob(self._place.replica, line, self._place.enrolment, sha256, hub)
        finally:
            self._line = None
