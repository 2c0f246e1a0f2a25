"""What an exchange tells while it runs and when it has ended."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.blob_phase import Files
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.sync.exchange.heal import Healed

Report = Callable[["Progress"], None]


@dataclass(slots=True)
class Progress:
    """What an exchange has done so far; handed to the listener after each step."""

    phase: str = "hello"
    pushed: int = 0
    pulled: int = 0
    touched: dict[str, set[bytes]] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    forecast: Forecast = field(default_factory=Forecast)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an exchange ended.

    ``offered`` are the scopes this device may hold; ``proven`` those whose digests agreed with the other side at
    the end; ``disputed`` those that did not although nothing was left to send or take; ``held`` those of which
    the other side keeps a batch unapplied; ``left`` those that were let go because the other side asked for it.
    ``healed`` tells of each scope whose rows were found to differ what was done about it.
    ``hub`` is the device number of the office it was with; 0 for the centre.
    """

    pushed: int
    pulled: int
    proven: frozenset[str]
    disputed: frozenset[str]
    clock_error_ms: int
    lease_until: int
    held: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    files: Files = field(default_factory=Files)
    hub: int = 0
    healed: tuple[Healed, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every scope of this device was proven equal."""
        return bool(self.offered) and self.proven == self.offered


def refuse_disputed(outcome: Outcome) -> None:
    """Raise when a digest differs; for callers that must not go on then."""
    if outcome.disputed:
        raise SyncError("digest_differs", scope=min(outcome.disputed))
