"""What the sync centre shows, as plain words."""

from dataclasses import dataclass

from tarahum_desktop.casework.exchange_habits import ExchangeHabits
from tarahum_desktop.ui.tokens import Tone

Said = tuple[str, Tone]


@dataclass(frozen=True)
class ScopeRow:
    """A scope as shown."""

    name: str
    rows: str
    state: str
    tone: Tone


@dataclass(frozen=True)
class HistoryRow:
    """An exchange as shown."""

    when: str
    sent: str
    received: str
    size: str
    result: str
    tone: Tone
    way: str


@dataclass(frozen=True)
class HealRow:
    """A difference that was found, as shown."""

    when: str
    name: str
    other: str
    result: str
    tone: Tone


@dataclass(frozen=True)
class HeldRow:
    """A batch that waits here, as shown."""

    since: str
    name: str
    maker: str
    changes: str
    reason: str


@dataclass(frozen=True)
class SyncView:
    """Everything the screen shows but the running exchange. ``waits`` is what waits beside changes.

    ``not_there`` is how many changes the centre lacks.
    """

    kept: str
    handed: str
    confirmed: str
    files: str
    state: Said
    line: Said
    warnings: tuple[Said, ...]
    scopes: tuple[ScopeRow, ...]
    history: tuple[HistoryRow, ...]
    waits: tuple[Said, ...]
    heals: tuple[HealRow, ...]
    held: tuple[HeldRow, ...]
    habits: ExchangeHabits
    not_there: int = 0


@dataclass(frozen=True)
class RunView:
    """The running exchange: what it is doing, what it has done, for how long; ``share`` is 0 while nobody knows."""

    phase: str
    counts: str
    elapsed: str
    share: float = 0.0
