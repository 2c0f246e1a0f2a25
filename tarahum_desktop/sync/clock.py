"""Hybrid logical clock (Kulkarni et al., 2014) and the stamps made from it.

A stamp is 12 bytes: 48 bits of milliseconds, 16 bits of counter, 32 bits of device number, big-endian, so
that comparing bytes compares stamps and no two devices ever make the same one. The clock never goes
back; wall time is passed in, never read here.
"""

import threading
from typing import Final

from tarahum_desktop.sync.errors import ClockAhead

Stamp = bytes

STAMP_BYTES: Final = 12
MAX_AHEAD_MS: Final = 10 * 60 * 1000
COUNTER_BITS: Final = 16


def make_stamp(reading: int, device: int) -> Stamp:
    """The stamp of a 64-bit clock reading on a device."""
    return reading.to_bytes(8, "big") + device.to_bytes(4, "big")


def stamp_reading(stamp: Stamp) -> int:
    """The 64-bit clock reading of a stamp."""
    return int.from_bytes(stamp[:8], "big")


def stamp_device(stamp: Stamp) -> int:
    """The number of the device that made a stamp."""
    return int.from_bytes(stamp[8:], "big")


def stamp_milliseconds(stamp: Stamp) -> int:
    """The wall time part of a stamp, in milliseconds since 1970."""
    return stamp_reading(stamp) >> COUNTER_BITS


class HybridClock:
    """Hands out growing readings; safe to share between threads."""

    def __init__(self, last_reading: int = 0) -> None:
        self._last = last_reading
        self._lock = threading.Lock()

    @property
    def last_reading(self) -> int:
        """The highest reading handed out or seen."""
        return self._last

    def tick(self, wall_ms: int) -> int:
        """A reading later than every earlier one; a counter overflow borrows from the next millisecond."""
        with self._lock:
            self._last = max(self._last + 1, wall_ms << COUNTER_BITS)
            return self._last

    def observe(self, reading: int, wall_ms: int) -> None:
        """Take note of a reading made elsewhere, so that what is written here next counts as later.

        Raises:
            ClockAhead: the reading lies more than ten minutes in this clock's future; it is not taken over,
                or one wrong clock would drag every replica's time along.
        """
        ahead = (reading >> COUNTER_BITS) - wall_ms
        if ahead > MAX_AHEAD_MS:
            raise ClockAhead(ahead_ms=ahead)
        with self._lock:
            self._last = max(self._last, reading)

    def resume(self, reading: int) -> None:
        """Never fall behind a reading known to be our own, from the database."""
        with self._lock:
            self._last = max(self._last, reading)

    def restart(self, reading: int) -> None:
        """Go back on purpose: only when this clock was found wrong and its unsent stamps are made anew."""
        with self._lock:
            self._last = reading
