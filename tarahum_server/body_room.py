"""How much of callers' bodies one worker holds in memory at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class BodyRoom:
    """Bytes that bodies may take, counted as they arrive: who announces much and sends little holds little."""

    def __init__(self, bytes_at_most: int) -> None:
        self._free = bytes_at_most

    @contextmanager
    def share(self) -> Iterator[Callable[[int], bool]]:
        """One request's part, given back at the end; it grows by so many bytes, or says that there is no room."""
        held = 0

        def grow(size: int) -> bool:
            nonlocal held
            if size > self._free:
                return False
            self._free -= size
            held += size
            return True

        try:
            yield grow
        finally:
            self._free += held
