"""How much to send at once: what the line carries in a second or two, so that a cut wastes little of it.

A line that answers at once is given four times as much each time; a slower one is measured and given what its rate
allows, at most twice as much as before; a broken one half.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

LEAST_BYTES: Final = 2 * 1024
FIRST_BYTES: Final = 16 * 1024
CAREFUL_BYTES: Final = 8 * 1024
BOLD_BYTES: Final = 64 * 1024
MOST_BYTES: Final = 512 * 1024
# A batch is one transaction of its receiver, and somebody may be typing there.
_MOST_ROWS: Final = 4_000
# No line worth sparing carries there and back in this time.
_AT_ONCE_SECONDS: Final = 0.25
# What is under way when a line is reset every 20 s is a twentieth of what it carries at most. Batches sent one behind
# the other may be smaller, for none waits for the answer to the one before.
TAKING_SECONDS: Final = 2.0
SENDING_SECONDS: Final = 1.0
_BATCHES_A_RUN: Final = 8
_LEAST_ROW_BYTES: Final = 16.0
Message = TypeVar("Message")
Reply = TypeVar("Reply")


@dataclass(slots=True)
class Pace:
    """Batch size in bytes and in rows; a row's size is learnt from the batches made so far.

    So many ``answers`` came so far, and the line ``broke`` since the last of them.
    """

    bytes_wanted: int = FIRST_BYTES
    bytes_a_row: float = 48.0
    seconds_each: float = TAKING_SECONDS
    answers: int = 0
    slow: bool = False
    runs: bool = False
    broke: bool = False

    @property
    def batches(self) -> int:
        """How many go one behind the other before an answer is awaited."""
        return _BATCHES_A_RUN if self.slow and self.runs else 1

    @property
    def rows(self) -> int:
        """How many changes make a batch of the wanted size."""
        return max(1, min(_MOST_ROWS, int(self.bytes_wanted / self.bytes_a_row)))

    def learn(self, rows: int, size: int) -> None:
        """Take note of a batch's real size."""
        self.bytes_a_row = max(_LEAST_ROW_BYTES, (self.bytes_a_row + 3 * size / rows) / 4)

    def met(self, seconds: float) -> None:
        """The greeting took so long: what fitted on yesterday's line, better or worse, need not be what fits on this."""
        self.slow = seconds >= _AT_ONCE_SECONDS
        if self.slow:
            self._want(min(self.bytes_wanted, CAREFUL_BYTES))
        elif not self.broke:
            self._want(max(self.bytes_wanted, BOLD_BYTES))

    def succeeded(self, seconds: float, size: int) -> None:
        """The line carried so many bytes, and they were answered after so long."""
        self.answers += 1
        self.broke = False
        self.slow = seconds >= _AT_ONCE_SECONDS
        if not self.slow:
            self._want(self.bytes_wanted * 4)
            return
        fitting = int(size * self.seconds_each / seconds)
        # A small remainder says how long the way is, not how much the line can carry.
        if seconds > 2 * self.seconds_each or 2 * size > self.bytes_wanted:
            self._want(min(fitting, 2 * self.bytes_wanted))

    def failed(self) -> None:
        """The line broke: half as much next time, however soon it greets again."""
        self.broke = True
        self._want(self.bytes_wanted // 2)

    def _want(self, size: int) -> None:
        self.bytes_wanted = max(LEAST_BYTES, min(MOST_BYTES, size))


def timed(call: Callable[[Message], Reply], message: Message) -> tuple[Reply, float]:
    """A call's reply and the seconds it took."""
    start = time.monotonic()
    reply = call(message)
    return reply, time.monotonic() - start
