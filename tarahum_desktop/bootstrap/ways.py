"""The ways an exchange may take, in their order: the centre, and where its line fails the office's hub."""

from contextlib import suppress

from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.office_exchange import exchange_with_office, typed_hub_address
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.hub_line import HubLine, open_hub_line
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.outcome import Outcome, Report
from tarahum_desktop.sync.exchange.relay import serves


class HubMissing(LineFailed):
    """No machine of the office answers on the local network, and no address was typed."""

    code = "hub_missing"


class Ways:
    """One unlocking's lines; one exchange at a time, which another thread may break off."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._line: HttpCarrier | None = None
        self._found = ""

    def exchange(self, report: Report, *, asked: bool) -> Outcome:
        """Exchange with the centre, or with the hub when the centre's line fails; the outcome says with whom.

        Raises:
            LineFailed: neither was reached; it is the centre's failure, for the hub is only a help.
            TarahumError: as ``exchange_now``.
        """
        try:
            return self._with_centre(report, asked=asked)
        except LineFailed as failed:
            try:
                outcome = self._with_hub(report)
            except SyncError:  # nobody there, or nobody to be believed
                raise failed from None
            if outcome is None:
                raise
            return outcome

    def exchange_with_office(self, report: Report) -> Outcome:
        """Exchange with the office's hub alone, because somebody asked for that.

        Raises:
            HubMissing: none is known and none was found.
            TarahumError: as ``exchange_with_office``.
        """
        outcome = self._with_hub(report)
        if outcome is None:
            raise HubMissing
        return outcome

    @property
    def found(self) -> str:
        """Where a hub answered last; empty for nowhere yet."""
        return self._found

    def search(self) -> str:
        """Look for the hub anew; takes seconds. Returns its address, empty for none."""
        self._found = ""
        return self._hub_address()

    def hang_up(self) -> None:
        """Break off what is running at its next step."""
        line = self._line
        if line is not None:
            with suppress(RuntimeError):  # it may be closing by itself at this moment
                line.close()

    def _with_centre(self, report: Report, *, asked: bool) -> Outcome:
        place = self._place
        with place.line() as line:
            self._line = line
            try:
                return exchange_now(place.replica, line, place.enrolment, report, asked=asked)
            finally:
                self._line = None

    def _with_hub(self, report: Report) -> Outcome | None:
        place = self._place
        opened = self.open_hub()
        if opened is None:
            return None
        with opened.line as line:
            self._line = line
            try:
                return exchange_with_office(place.replica, line, opened.hub, place.enrolment, report)
            finally:
                self._line = None

    def open_hub(self) -> HubLine | None:
        """A line to the office's hub, closed by the caller; None where no hub is known or found.

        Raises:
            LineFailed, SyncError: as ``open_hub_line``.
        """
        place, address = self._place, self._hub_address()
        if not address:
            return None
        try:
            return open_hub_line(place.replica, place.keys, address, place.enrolment.committee)
        except SyncError:
            self._found = ""
            raise

    def _hub_address(self) -> str:
        """The typed one, the one found last, or what answers on the local network now; none for the hub itself."""
        place, known = self._place, self._place.enrolment
        with place.replica.engine.execution_options(read_only=True).connect() as connection:
            if serves(connection) or not known.committee:
                return ""
        if typed := typed_hub_address(place.replica):
            return typed
        from tarahum_desktop.sync.carriers.lan_search import find_hub  # noqa: PLC0415 - loaded where a line failed only

        self._found = self._found or find_hub(known.committee, known.centre_key) or ""
        return self._found
