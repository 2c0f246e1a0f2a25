"""What an exchange may spend on contents, and which it leaves for later or for when somebody asks."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlobPolicy:
    """The rules of one exchange's files; records are through before the first of them moves.

    Attributes:
        metered: somebody pays for each byte: thumbnails alone, and what was asked for by name.
        slow_below: bytes a second under which originals are not fetched unless asked for (64 kbit/s).
        budget_bytes: of contents in both directions; a content begun is not broken off for it.
        budget_seconds: time for all of it; what is left goes with the next exchange.
        keep: originals of rows older than this are fetched on demand only.
        wanted: hashes that somebody waits for now: first of all, whatever the line.
        alone: nothing but these moves.
    """

    metered: bool = False
    slow_below: int = 8_000
    budget_bytes: int = 64 * 1024 * 1024
    budget_seconds: float = 120.0
    keep: dt.timedelta = dt.timedelta(days=180)
    wanted: frozenset[bytes] = frozenset()
    alone: bool = False
