"""Runs one exchange with an office's hub and keeps its record; only the centre's own word confirms anything."""

from typing import Final

from tarahum_desktop.casework.exchanges import (
    OK,
    RUNNING,
    CountingLine,
    KnownCentre,
    begin_record,
    end_record,
)
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.exchange.hub import exchange_with_hub
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress, Report
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

CARRIER: Final = "hub"
_ADDRESS: Final = "hub_address"


def exchange_with_office(
    replica: Replica, line: CountingLine, hub: OtherSide, centre: KnownCentre, report: Report
) -> Outcome:
    """Exchange with a hub over an open line, closed by the caller; arguments and errors as ``exchange_now``.

    The record says ``hub`` and never that anything was proven: equal with the office is not equal with the centre.
    """
    record = begin_record(replica, CARRIER)
    last = Progress()

    def listen(progress: Progress) -> None:
        nonlocal last
        last = progress
        report(progress)

    side = OtherSide(centre.centre_device, centre.centre_key, is_centre=True)
    try:
        outcome = exchange_with_hub(replica, line, hub, side, listen)
    except TarahumError as error:
        end_record(replica, record, error.code, last, line, proven=False)
        raise
    except BaseException:
        end_record(replica, record, RUNNING, last, line, proven=False)
        raise
    end_record(replica, record, OK, outcome, line, proven=False)
    return outcome


def typed_hub_address(replica: Replica) -> str:
    """The address somebody typed for the office's hub; empty when it is to be searched."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return read_setting(connection, _ADDRESS) or ""


def keep_hub_address(replica: Replica, address: str) -> None:
    """Keep a typed address; empty goes back to searching."""
    with replica.engine.begin() as connection:
        write_setting(connection, _ADDRESS, address.strip() or None)
