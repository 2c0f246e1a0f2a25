"""How much to send at once: from 4 KiB up, doubling on success (fourfold while answers come at once), halving on failure."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

LEAST_BYTES: Final = 4 * 1024
MOST_BYTES: Final = 512 * 1024
# A batch is one transaction of its receiver, and somebody may be typing there.
_MOST_ROWS: Final = 4_000
# No line worth sparing carries there and back in this time.
_AT_ONCE_SECONDS: Final = 0.25
Message = TypeVar("Message")
Reply = TypeVar("Reply")


@dataclass(slots=True)
class Pace:
    """Batch size in bytes and in rows; a row's size is learnt from the batches made so far."""

    bytes_wanted: int = LEAST_BYTES
    bytes_a_row: float = 100.0

    @property
    def rows(self) -> int:
        """How many changes make a batch of the wanted size."""
        return max(1, min(_MOST_ROWS, int(self.bytes_wanted / self.bytes_a_row)))

    def learn(self, rows: int, size: int) -> None:
        """Take note of a batch's real size."""
        self.bytes_a_row = max(16.0, (self.bytes_a_row + size / rows) / 2)

    def succeeded(self, seconds: float) -> None:
        """The line took it and answered after so long: more next time."""
        growth = 4 if seconds < _AT_ONCE_SECONDS else 2
        self.bytes_wanted = min(MOST_BYTES, self.bytes_wanted * growth)

    def failed(self) -> None:
        """The line broke: half as much next time."""
        self.bytes_wanted = max(LEAST_BYTES, self.bytes_wanted // 2)


def timed(call: Callable[[Message], Reply], message: Message) -> tuple[Reply, float]:
    """A call's reply and the seconds it took."""
    start = time.monotonic()
    reply = call(message)
    return reply, time.monotonic() - start
