"""Exchanges keep their own record, however they end."""

import pytest

from tarahum_desktop.casework.errors import ExchangeRunning
from tarahum_desktop.casework.exchanges import close_forgotten, exchange_now
from tarahum_desktop.casework.sync_state import state_of
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.exchange.carrier import LineFailed


class BrokenLine:
    """A line that breaks at the first word."""

    bytes_out, bytes_in = 40, 0

    def __init__(self, meanwhile=None):
        self._meanwhile = meanwhile

    def hello(self, _request):
        if self._meanwhile:
            self._meanwhile()
        raise LineFailed


class Centre:
    centre_key, centre_device = bytes(32), 1


class Stopped(TarahumError):
    code = "stopped_by_hand"


def run(office, line):
    return exchange_now(office.replica, line, Centre(), lambda _progress: None)


def test_a_broken_line_is_on_record_and_nothing_counts_as_sent(office):
    kept = state_of(office.replica).kept_here
    with pytest.raises(LineFailed):
        run(office, BrokenLine())
    state = state_of(office.replica)
    (line,) = state.history
    assert (line.result, line.bytes_out, line.proven) == ("line_failed", 40, False)
    assert line.ended_at is not None
    assert (state.kept_here, state.sent, state.confirmed, state.last_complete_at) == (kept, 0, 0, None)


def test_a_second_exchange_meanwhile_is_refused(office):
    with pytest.raises(ExchangeRunning):
        run(office, BrokenLine(lambda: run(office, BrokenLine())))


def test_an_exchange_cut_off_by_a_kill_is_shown_as_broken_off_and_blocks_nothing(office):
    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(office, BrokenLine(die))
    line = state_of(office.replica).history[0]
    assert (line.result, line.ended_at is not None) == ("running", True)
    from sqlalchemy import update

    from tarahum_desktop.models import ExchangeRecord

    with office.replica.engine.begin() as connection:
        connection.execute(update(ExchangeRecord).values(ended_at=None))
    with pytest.raises(ExchangeRunning):
        run(office, BrokenLine())
    assert close_forgotten(office.replica) == 1
    with pytest.raises(LineFailed):
        run(office, BrokenLine())
