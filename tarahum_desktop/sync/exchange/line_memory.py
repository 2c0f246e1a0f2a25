"""What is remembered of a line from try to try: how much fits on it, and the pieces of what was cut.

How much fits is kept for the next exchange as well, so that each does not find it out anew.
"""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.messages import MAX_MESSAGE_BYTES, LogEntry, Piece
from tarahum_desktop.sync.exchange.pace import FIRST_BYTES, LEAST_BYTES, MOST_BYTES, SENDING_SECONDS, Pace
from tarahum_desktop.sync.settings import read_setting, write_setting

_KEPT: Final = "pace"


@dataclass(slots=True)
class PartialEntry:
    """The beginning of a log entry that is larger than what fits on the line at once."""

    position: int
    size: int
    content: bytearray


@dataclass(slots=True)
class LineMemory:
    """The paces there and back, and what was received of a scope's next entry in so many ``pieces``."""

    out: Pace = field(default_factory=lambda: Pace(seconds_each=SENDING_SECONDS))
    back: Pace = field(default_factory=Pace)
    parts: dict[str, PartialEntry] = field(default_factory=dict)
    pieces: int = 0

    @property
    def answers(self) -> int:
        """How often the other side answered what moves the exchange on, were it a piece of an entry."""
        return self.out.answers + self.back.answers + self.pieces

    def met(self, seconds: float, *, runs: bool) -> None:
        """The greeting took so long, and the other side does or does not take runs of batches."""
        self.out.runs = runs
        self.out.met(seconds)
        self.back.met(seconds)

    def received(self, scope: str) -> tuple[int, int]:
        """``(position, bytes)`` of the entry that was begun; zeros where there is none."""
        part = self.parts.get(scope)
        return (part.position, len(part.content)) if part else (0, 0)

    def join(self, scope: str, piece: Piece) -> LogEntry | None:
        """Take a piece; the entry once it is whole.

        Raises:
            SyncError: ``pull_stuck`` when it does not follow on, ``message_too_large`` when it never could be taken.
        """
        if piece.size > MAX_MESSAGE_BYTES:
            raise SyncError("message_too_large")
        part = self.parts.get(scope)
        if part is None or piece.offset == 0 or (part.position, part.size) != (piece.position, piece.size):
            # Another entry, or a re-pack that took its place since.
            part = self.parts[scope] = PartialEntry(piece.position, piece.size, bytearray())
        if piece.offset != len(part.content) or not 0 < len(piece.content) <= part.size - len(part.content):
            del self.parts[scope]
            raise SyncError("pull_stuck")
        part.content += piece.content
        self.pieces += 1
        if len(part.content) < part.size:
            return None
        del self.parts[scope]
        return LogEntry(part.position, bytes(part.content))


def read_memory(connection: Connection) -> LineMemory:
    """What fitted last time."""
    kept = read_setting(connection, _KEPT)
    if not (isinstance(kept, list) and len(kept) == 2 and all(isinstance(size, int) for size in kept)):
        kept = [FIRST_BYTES, FIRST_BYTES]
    memory = LineMemory()
    for pace, size in zip((memory.out, memory.back), kept, strict=True):
        pace.bytes_wanted = max(LEAST_BYTES, min(MOST_BYTES, size))
    return memory


def keep_memory(connection: Connection, memory: LineMemory) -> None:
    """For the next exchange."""
    write_setting(connection, _KEPT, [memory.out.bytes_wanted, memory.back.bytes_wanted])
