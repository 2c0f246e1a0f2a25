"""How this machine exchanges: by itself or not, and whether somebody pays for each byte of its line."""

from dataclasses import dataclass
from typing import Final

from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.sync.exchange.outcome import Progress
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

_KEPT: Final = "exchange/habits"
LARGE_BYTES: Final = 1024 * 1024


class LargeExchange(CaseworkError):
    """On a line that is paid for by the byte, nothing large moves unless somebody asks. Fact ``bytes``."""

    code = "exchange_large"


@dataclass(frozen=True, slots=True)
class ExchangeHabits:
    """``paused``: only when somebody asks. ``metered``: small things by themselves, large ones and files when asked."""

    paused: bool = False
    metered: bool = False


def read_habits(replica: Replica) -> ExchangeHabits:
    """The habits of this machine, the same for everybody who uses it."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        kept = read_setting(connection, _KEPT)
    if not (isinstance(kept, list) and len(kept) == 2):
        return ExchangeHabits()
    return ExchangeHabits(bool(kept[0]), bool(kept[1]))


def keep_habits(replica: Replica, habits: ExchangeHabits) -> None:
    """Change them."""
    with replica.engine.begin() as connection:
        write_setting(connection, _KEPT, [habits.paused, habits.metered])


def refuse_large(progress: Progress) -> None:
    """For an exchange nobody asked for on a metered line; raises LargeExchange before anything moves."""
    expected = progress.forecast.bytes_in + progress.forecast.bytes_out
    if expected > LARGE_BYTES:
        raise LargeExchange(bytes=expected)
