"""How much of callers' bodies one worker holds in memory at once."""

from collections.abc import Iterator
from contextlib import contextmanager


class BodyRoom:
    """Bytes that bodies may take; each is reserved before its first byte is read."""

    def __init__(self, bytes_at_most: int) -> None:
        self._free = bytes_at_most

    @contextmanager
    def reserved(self, size: int) -> Iterator[bool]:
        """Whether there is room for a body; it is given back at the end."""
        fits = size <= self._free
        if fits:
            self._free -= size
        try:
            yield fits
        finally:
            if fits:
                self._free += size
