"""How much to send at once: from 4 KiB up, doubling on success, halving on failure."""

from dataclasses import dataclass
from typing import Final

LEAST_BYTES: Final = 4 * 1024
MOST_BYTES: Final = 512 * 1024
# A batch is one transaction of its receiver, and somebody may be typing there.
_MOST_ROWS: Final = 4_000


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

    def succeeded(self) -> None:
        """The line took it: twice as much next time."""
        self.bytes_wanted = min(MOST_BYTES, self.bytes_wanted * 2)

    def failed(self) -> None:
        """The line broke: half as much next time."""
        self.bytes_wanted = max(LEAST_BYTES, self.bytes_wanted // 2)
