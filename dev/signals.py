"""Ends a command on SIGTERM the way Ctrl+C ends it, so that what it started is stopped too."""

import signal
from types import FrameType


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def end_politely() -> None:
    """Turn SIGTERM into SystemExit, which runs every `finally`."""
    signal.signal(signal.SIGTERM, _leave)
