"""Writes pouches to a registered stick: what goes to an office, what only the centre may open, what is carried for others."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tarahum_desktop import __version__
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.parties import Party, party, peer_for, require_carrier
from tarahum_desktop.casework.pouches.records import note_exchange
from tarahum_desktop.casework.pouches.sticks import known_stick
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.pouch import forward, shelf
from tarahum_desktop.sync.pouch.disk import write_whole
from tarahum_desktop.sync.pouch.header import fingerprint_digits
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.newcomer import peek_welcome
from tarahum_desktop.sync.pouch.seal import is_sealing_key
from tarahum_desktop.sync.pouch.write import Addressed, Written
from tarahum_desktop.sync.pouch.write import write_pouch as write_file
from tarahum_desktop.sync.scope_book import read_scopes

Progress = Callable[[int], None]
"""Told how many bytes are written so far; the plan says about how many there will be."""


@dataclass(frozen=True, slots=True)
class PouchWritten:
    """A pouch on the stick. ``fingerprint`` are sixteen digits to compare; ``more`` further files written beside it."""

    number: int
    receiver: int
    receiver_name: str
    file: Path
    fingerprint: str
    made_at: dt.datetime
    expires_at: dt.datetime
    changes: int
    rows: int
    files: int
    receipts: int
    bytes: int
    more: int = 0


def write_pouch(desk: Desk, folder: Path, progress: Progress, to: int | None = None) -> PouchWritten:
    """Write the next pouch to the stick at a folder; without ``to`` for this machine's office.

    Changes of scopes that the office may not read go into a second pouch that the centre alone can open.

    Raises:
        NotAllowed, NoReceiver.
        StickUnregistered, StickForeign, StickRetired, StickFull, StickReadOnly, StickGone, StickUnfaithful: nothing of
            ours is left on the stick, and nothing here has changed.
    """
    started = desk.now()
    with desk.reading() as connection:
        require_carrier(desk, connection)
        known_stick(connection, desk, folder)
        here = party(connection, desk)
        peer, others = peer_for(connection, desk, to)
        secret = _secret_scopes(desk, here, peer)
        centre = find_device(connection, here.enrolment.centre_device)
        last = shelf.last_head(connection, centre.number)
    written = _write(desk, folder, _addressed(here, peer, others), progress)
    more = 0
    if secret and is_sealing_key(centre.sealing_key):
        addressed = _addressed(here, Peer(centre, last), (), frozenset(secret))
        _write(desk, folder, addressed, progress)
        more += 1
    more += _put_carried(desk, folder, peer.device)
    note_exchange(desk, started, pushed=written.counts.changes, bytes_out=written.header.size)
    return told(written, peer.device, folder, more)


def _write(desk: Desk, folder: Path, addressed: Addressed, progress: Progress) -> Written:
    return write_file(desk.replica, addressed, folder, progress)


def _addressed(
    here: Party, peer: Peer, others: tuple[KnownDevice, ...], only: frozenset[str] | None = None
) -> Addressed:
    return Addressed(peer, others, program=__version__, address=here.enrolment.address, only=only)


def _secret_scopes(desk: Desk, here: Party, peer: Peer) -> list[str]:
    """Scopes with changes of ours that the receiver may not read."""
    if here.is_office or peer.device.number == here.enrolment.centre_device:
        return []
    with desk.reading() as connection:
        books = read_scopes(connection)
    return [
        scope
        for scope, book in books.items()
        if book.next_sequence - 1 > book.acknowledged and not peer.may_read(scope)
    ]


def _put_carried(desk: Desk, folder: Path, receiver: KnownDevice) -> int:
    """Put what the centre sealed for the receiver on the stick too."""
    with desk.reading() as connection:
        waiting = forward.carried_for(connection, receiver.number)
    for row in waiting:
        header = forward.parse_header(row.content)
        write_whole(folder / header.file_name, row.content)
        with desk.replica.engine.begin() as connection:
            forward.mark(connection, row.id, shelf.RELAYED, desk.replica.now())
    return len(waiting)


def answer_newcomers(desk: Desk, folder: Path, progress: Progress) -> tuple[PouchWritten, ...]:
    """Write to each newcomer whom the centre admitted its welcome and first records. Raises as ``write_pouch``."""
    with desk.reading() as connection:
        require_carrier(desk, connection)
        known_stick(connection, desk, folder)
        here = party(connection, desk)
        waiting = forward.waiting_welcomes(connection)
    done = []
    for row in waiting:
        number = peek_welcome(row.content).reply.device
        with desk.reading() as connection:
            peer = Peer(find_device(connection, number))
        addressed = Addressed(peer, (), row.content, here.enrolment.address, __version__)
        written = _write(desk, folder, addressed, progress)
        with desk.replica.engine.begin() as connection:
            forward.mark(connection, row.id, shelf.ANSWERED, desk.replica.now())
        done.append(told(written, peer.device, folder, 0))
    return tuple(done)


def told(written: Written, receiver: KnownDevice, folder: Path, more: int) -> PouchWritten:
    """A written pouch in plain values."""
    counts, header = written.counts, written.header
    return PouchWritten(
        header.number, receiver.number, receiver.name, folder / header.file_name,
        fingerprint_digits(header.fingerprint), from_milliseconds(written.made_at),
        from_milliseconds(written.expires_at), counts.changes, counts.rows, counts.files, counts.receipts,
        header.size, more,
    )  # fmt: skip
