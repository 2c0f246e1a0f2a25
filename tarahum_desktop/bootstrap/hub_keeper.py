"""Keeps the office's hub running between unlocking and locking, beside the window and never in front of it.

The serving code is loaded only on a machine that was told to serve.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.exchange.relay import serves

if TYPE_CHECKING:
    from tarahum_desktop.bootstrap.hub import Hub


@dataclass(frozen=True, slots=True)
class HubState:
    """``addresses`` are what a person types at a laptop; ``announced`` whether laptops find it by themselves.

    ``failed`` is the code of why it could not start although it is switched on.
    """

    serving: bool = False
    announced: bool = False
    addresses: Sequence[str] = ()
    failed: str = ""


class HubKeeper:
    """One unlocking's hub.

    Args:
        place: the unlocked machine.
        taken: told from a thread of the hub that a laptop's batch was answered.
    """

    def __init__(self, place: Workplace, taken: Callable[[], None] = lambda: None) -> None:
        self._place, self._taken = place, taken
        self._hub: Hub | None = None
        self._failed = ""
        self._changing = threading.Lock()
        self._starting: threading.Thread | None = None

    def start(self) -> None:
        """Serve again if this machine was left serving; returns at once."""
        with self._place.replica.engine.execution_options(read_only=True).connect() as connection:
            if not serves(connection):
                return
        self._starting = threading.Thread(target=self._resume, name="hub start", daemon=True)
        self._starting.start()

    def switch(self, *, on: bool) -> HubState:
        """Start or stop for good; takes seconds, so it is called from a worker. Raises as ``Hub.switch``."""
        with self._changing:
            hub = self._loaded()
            hub.switch(on=on)
            self._failed = ""
            if on:
                hub.announce()
        return self.state()

    def state(self) -> HubState:
        """What a screen shows."""
        hub = self._hub
        if hub is None or not hub.port:
            return HubState(failed=self._failed)
        return HubState(serving=True, announced=hub.announced, addresses=hub.addresses)

    def stop(self) -> None:
        """Answer what is being answered and end, before the database is closed."""
        if self._starting is not None:
            self._starting.join()
        with self._changing:
            if self._hub is not None:
                self._hub.stop()

    def _resume(self) -> None:
        with self._changing:
            hub = self._loaded()
            try:
                hub.resume()
            except TarahumError as error:
                self._failed = error.code
                return
            hub.announce()

    def _loaded(self) -> "Hub":
        if self._hub is None:
            made: Hub = import_module("tarahum_desktop.bootstrap.hub").Hub(self._place, self._taken)
            self._hub = made
        return self._hub
