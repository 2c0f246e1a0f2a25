"""How fast the line is, measured on what it carried, and how much to give it at once."""

import time
from collections.abc import Callable
from typing import Final

LEAST_BYTES: Final = 4 * 1024
MOST_BYTES: Final = 256 * 1024
_FIRST_BYTES: Final = 16 * 1024
# A cut loses one piece: on a line that is cut every 20 seconds that is a twentieth of what it carried.
_SECONDS_A_PIECE: Final = 2.0
# Less than this is mostly waiting for an answer, and says nothing of how much the line carries.
_TELLING_BYTES: Final = 8 * 1024


class LineSpeed:
    """Bytes a second, waiting included: ``piece`` bytes take about two seconds there and back.

    Attributes:
        rate: None until something was carried.
        piece: how many bytes to ask for, or to send, at once.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.rate: float | None = None
        self.piece = _FIRST_BYTES

    def now(self) -> float:
        """Seconds that never go back."""
        return self._clock()

    def carried(self, size: int, since: float) -> None:
        """So many bytes went since a moment."""
        seconds = max(self._clock() - since, 0.001)
        fresh = size / seconds
        if size >= _TELLING_BYTES:
            self.rate = fresh if self.rate is None else (self.rate + fresh) / 2
        if size >= self.piece // 2 or seconds > _SECONDS_A_PIECE:
            wanted = min(fresh * _SECONDS_A_PIECE, self.piece * 4)
            self.piece = int(min(MOST_BYTES, max(LEAST_BYTES, wanted)))

    def failed(self) -> None:
        """The line broke: half as much next time."""
        self.piece = max(LEAST_BYTES, self.piece // 2)

    def is_below(self, bytes_a_second: int) -> bool:
        """Whether the line was measured and found slower."""
        return self.rate is not None and self.rate < bytes_a_second
