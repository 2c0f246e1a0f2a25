"""What the sync centre needs from the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tarahum_desktop.casework.sync_state import SyncState
from tarahum_desktop.ui.sync_centre.runner import ExchangeRunner


@dataclass(frozen=True)
class SyncPorts:
    """Functions of the casework room, and the one runner of exchanges.

    Attributes:
        state: reads the books; runs on the database worker's thread.
        runner: shared by every window of this unlocking, so that a rebuilt window finds a running exchange.
        now: the moment, with its zone; called on the Qt thread.
        centre: the address of the centre; empty for a machine that has not joined one.
    """

    state: Callable[[], SyncState]
    runner: ExchangeRunner
    now: Callable[[], datetime]
    centre: str = ""
