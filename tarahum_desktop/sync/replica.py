"""A replica: one database, one device identity, one clock. Everything in this room works on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from tarahum_desktop.models.migrations import HEAD
from tarahum_desktop.sync.blobs.at_rest import CLEAR, AtRest
from tarahum_desktop.sync.clock import HybridClock, stamp_reading
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.settings import raise_setting, read_setting, write_setting

CLOCK_KEY = "clock"
OFFSET_KEY = "clock_offset"
WallClock = Callable[[], int]


class RowIndex(Protocol):
    """Something derived from rows and kept beside them, such as the search index of persons."""

    entity: str

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:
        """Rebuild what is derived from these rows; they may be new or changed."""


@dataclass
class Replica:
    """What sync needs to know of the place it runs in.

    Attributes:
        engine: the open database.
        device: this device's number, part of every stamp made here.
        signer: signs this device's batches.
        wall: wall time in UTC milliseconds.
        schema: the number of the newest schema this program knows.
        indexes: derived tables to keep up to date.
        clock: hands out readings.
        keeps_history: whether each edit of a field is kept for people to read; not where the log itself is.
        offset_ms: what to add to the machine's clock, learnt from the other side of an exchange.
        at_rest: how contents of attachments lie in its database.
        sealing_private: the key (32 bytes, X25519) that opens what is sealed to this device; empty where none is held.
    """

    engine: Engine
    device: int
    signer: Signer
    wall: WallClock
    schema: int = int(HEAD)
    indexes: tuple[RowIndex, ...] = ()
    clock: HybridClock = field(default_factory=HybridClock)
    offset_ms: int = 0
    keeps_history: bool = False
    at_rest: AtRest = CLEAR
    sealing_private: bytes = field(default=b"", repr=False)

    def load(self) -> "Replica":
        """Take up clock and offset where this database left them."""
        with self.engine.connect() as connection:
            self.clock.resume(read_setting(connection, CLOCK_KEY) or 0)
            self.offset_ms = read_setting(connection, OFFSET_KEY) or 0
        return self

    def now(self) -> int:
        """The best known true time in UTC milliseconds."""
        return self.wall() + self.offset_ms

    def tick(self, connection: Connection) -> int:
        """The next clock reading, never earlier than any this database has seen, kept in the transaction."""
        stored: Any = read_setting(connection, CLOCK_KEY, lock=True)
        self.clock.resume(stored or 0)
        reading = self.clock.tick(self.now())
        write_setting(connection, CLOCK_KEY, reading)
        return reading

    def observe(self, stamp: bytes) -> None:
        """Move the clock past a stamp made elsewhere; raises ClockAhead for one too far in the future."""
        self.clock.observe(stamp_reading(stamp), self.now())

    def keep_clock(self, connection: Connection) -> None:
        """Keep what was observed, as the last write of a transaction: on a server every writer waits for this row."""
        raise_setting(connection, CLOCK_KEY, self.clock.last_reading)
