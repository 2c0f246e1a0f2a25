"""Reads a pouch: checked whole first, then taken in, then remembered; nothing changes here before all of it was checked."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import Connection

from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import UnknownDevice
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.clock_proof import proven_time
from tarahum_desktop.sync.pouch.contacts import note_contact
from tarahum_desktop.sync.pouch.errors import PouchExpired, PouchMakerRevoked, PouchMakerUnknown
from tarahum_desktop.sync.pouch.header import Header
from tarahum_desktop.sync.pouch.layout import CENTRE, MOST_KEPT_BYTES, OFFICE
from tarahum_desktop.sync.pouch.manifest import Head
from tarahum_desktop.sync.pouch.opened import Opened, look_through, read_again
from tarahum_desktop.sync.pouch.take import Taken, Taker, Trusted
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.reseal import restamp_and_reseal
from tarahum_desktop.sync.restamp import set_clock_offset

Report = Callable[[Taken], None]


@dataclass(frozen=True, slots=True)
class PouchRead:
    """What came of reading one pouch.

    ``repeated`` says when it had been read before; ``missing`` are numbers of earlier pouches from the same maker that
    never came here (whatever was in them is in this one too, or will be in the next); ``clock_set`` tells that this
    machine's clock was proven wrong by it.
    """

    header: Header
    head: Head
    taken: Taken
    repeated: dt.datetime | None = None
    missing: tuple[int, ...] = ()
    clock_set: bool = False


@dataclass(frozen=True)
class Reader:
    """Where pouches are read: the replica, its private sealing key (32 bytes) and whom it believes.

    ``asked_at`` is when a newcomer asked to join, in UTC milliseconds by this machine's clock.
    """

    replica: Replica
    private: bytes = field(repr=False)
    trusted: Trusted
    asked_at: int | None = None

    def read(self, file: BinaryIO, report: Report) -> PouchRead:
        """Take a pouch in.

        Raises:
            PouchError and its kinds: nothing has changed here.
        """
        opened = look_through(file, self.private, self._key_of)
        with self.replica.engine.begin() as connection:
            before = shelf.find_read(connection, opened.header)
            clock_set = self._learn_time(connection, opened.head)
            if self.replica.now() > opened.head.expires_at and self._leads(connection, opened.head.maker):
                raise PouchExpired(number=opened.header.number, maker=opened.header.maker)
        if before is not None and not before.summary.get("left_over"):
            return PouchRead(opened.header, opened.head, Taken(), before.handled_at)
        taker = Taker(self.replica, opened, self.trusted, report)
        read_again(file, opened, self.private, taker.take)
        taken = taker.finish()
        missing = self._remember(file, opened, taken)
        return PouchRead(opened.header, opened.head, taken, None, missing, clock_set)

    def _key_of(self, head: Head) -> bytes:
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            try:
                device = self.trusted.device(connection, head.maker)
            except UnknownDevice as error:
                raise PouchMakerUnknown(maker=head.maker) from error
        if device.revoked and not self.trusted.is_centre:  # the centre has a quarantine for what it sends
            raise PouchMakerRevoked(maker=head.maker)
        return device.signing_key

    def _learn_time(self, connection: Connection, head: Head) -> bool:
        """Set the clock right by an answer, where nothing else does; returns whether it was wrong."""
        if self.trusted.is_centre:
            return False
        if not self._leads(connection, head.maker):
            return False
        asked_at = self.asked_at or shelf.made_at(connection, self.replica.device, head.maker, head.answers)
        true_ms = proven_time(self.replica.now(), head.made_at, asked_at)
        if true_ms is not None:
            set_clock_offset(connection, self.replica, true_ms)
        # Even where the clock is right by now: it may have been set back since the changes were made.
        restamp_and_reseal(connection, self.replica, self.replica.now())
        return true_ms is not None

    def _leads(self, connection: Connection, maker: int) -> bool:
        """Whether a maker speaks for others: only its word can be out of date. What people wrote is never too old."""
        return self.trusted.device(connection, maker).kind in {CENTRE, OFFICE}

    def _remember(self, file: BinaryIO, opened: Opened, taken: Taken) -> tuple[int, ...]:
        head, now = opened.head, self.replica.now()
        left_over = taken.held + taken.for_centre + taken.clock_ahead
        keeps = bool(taken.for_centre) and opened.header.size <= MOST_KEPT_BYTES
        content = whole_file(file) if keeps else None
        summary = {
            "changes": taken.changes, "rows": taken.rows, "held": taken.held, "for_centre": taken.for_centre,
            "clock_ahead": taken.clock_ahead, "conflicts": taken.conflicts, "files": taken.files,
            "receipts": taken.receipts, "confirmed": taken.confirmed, "left_over": left_over,
            "head": shelf.packed_head(head),
        }  # fmt: skip
        with self.replica.engine.begin() as connection:
            read_before = shelf.numbers_read(connection, head.maker)
            missing = tuple(number for number in head.open if number not in read_before)
            if head.answers:
                shelf.note_answer(connection, self.replica.device, head.maker, head.answers, now)
            times = (head.made_at, head.expires_at)
            state = shelf.CARRIED if content is not None else shelf.READ
            shelf.keep_read(connection, opened.header, state, times, summary, now, content)
            note_contact(connection, head, from_milliseconds(now))
        return missing


def whole_file(file: BinaryIO) -> bytes:
    """The file as it is, for somebody else to open."""
    file.seek(0)
    return file.read()
