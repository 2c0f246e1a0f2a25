"""Writes the next pouch for a receiver, from one consistent state of the database, and remembers that it was written."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from tarahum_desktop.sync.blobs.words import unconfirmed
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.handing import seal_unsent
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.contents import Counts, frames_of
from tarahum_desktop.sync.pouch.disk import clear_leftovers
from tarahum_desktop.sync.pouch.errors import NoReceiver
from tarahum_desktop.sync.pouch.files import wanted_files
from tarahum_desktop.sync.pouch.header import SUFFIX, Header
from tarahum_desktop.sync.pouch.layout import CENTRE, MOST_FILE_BYTES, Layout, Peer, lay_out
from tarahum_desktop.sync.pouch.manifest import MOST_WANTED, Head, ScopeHere
from tarahum_desktop.sync.pouch.seal import is_sealing_key
from tarahum_desktop.sync.pouch.write_file import write_file, write_into
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes, read_vector

Report = Callable[[int], None]
_LEAST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Addressed:
    """For whom a pouch is: the receiver it is laid out for, and who else may open it.

    ``welcome`` is the centre's word for a newcomer, ``address`` the centre's, ``program`` this program's version.
    ``only`` these scopes go along, where it is given.
    """

    peer: Peer
    others: tuple[KnownDevice, ...] = ()
    welcome: bytes = b""
    address: str = ""
    program: str = ""
    file_bytes: int = MOST_FILE_BYTES
    only: frozenset[str] | None = None

    @property
    def devices(self) -> tuple[KnownDevice, ...]:
        """Everybody it is sealed to, the receiver first."""
        return (self.peer.device, *self.others)


@dataclass(frozen=True, slots=True)
class Written:
    """A pouch that is whole."""

    header: Header
    made_at: int
    expires_at: int
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class _Made:
    """A pouch about to be written: its header so far, its frames, for whom, and about how large it gets."""

    header: Header
    frames: Iterator[bytes]
    keys: Sequence[bytes]
    size: int


def write_pouch(replica: Replica, addressed: Addressed, folder: Path, report: Report) -> Written:
    """Write the next pouch into a folder.

    Raises:
        NoReceiver: a receiver has no sealing key.
        StickFull, StickReadOnly, StickGone, StickUnfaithful: nothing here has changed but the number given out.
    """
    clear_leftovers(folder, SUFFIX)
    return _write(
        replica,
        addressed,
        lambda made: write_file(folder, made.header, made.frames, made.keys, made.size, report),
    )


def write_pouch_into(replica: Replica, addressed: Addressed, file: BinaryIO) -> Written:
    """The same into an open file that can be sought."""
    return _write(
        replica,
        addressed,
        lambda made: write_into(file, made.header, made.frames, made.keys, lambda _size: None),
    )


def _write(replica: Replica, addressed: Addressed, write: Callable[[_Made], Header]) -> Written:
    keys = [device.sealing_key for device in addressed.devices]
    if not all(map(is_sealing_key, keys)):
        raise NoReceiver
    _seal_own(replica, addressed)
    peer, now = addressed.peer, replica.now()
    with replica.engine.begin() as connection:
        row, number = shelf.begin_out(connection, replica.device, peer.device.number, now)
    counts = Counts()
    with replica.engine.execution_options(read_only=True).connect() as connection:
        layout = lay_out(connection, replica, peer, file_bytes=addressed.file_bytes, only=addressed.only)
        head = _head(connection, replica, addressed, number, now)
        header = Header(number, replica.device, tuple(head.receivers))
        frames = frames_of(connection, replica, head, layout, counts)
        done = write(_Made(header, frames, keys, _LEAST_BYTES + layout.size))
    with replica.engine.begin() as connection:
        summary = {**counts.told(), shelf.OWN: _own(replica, layout)}
        shelf.finish_out(connection, row, done, summary, replica.now())
    return Written(done, head.made_at, head.expires_at, counts)


def _own(replica: Replica, layout: Layout) -> dict[str, int]:
    """The last of this machine's own changes that went along of each scope."""
    found = {}
    for part in layout.scopes:
        mine = [entry.last for entry in part.batches if entry.device == replica.device]
        if mine:
            found[part.scope] = max(mine)
    return found


def _seal_own(replica: Replica, addressed: Addressed) -> None:
    peer, only = addressed.peer, addressed.only
    with replica.engine.execution_options(read_only=True).connect() as connection:
        scopes = [
            scope
            for scope in read_scopes(connection)
            if peer.may_read(scope) and (only is None or scope in only)
        ]
    for scope in scopes:
        seal_unsent(replica, scope)


def _head(connection: Connection, replica: Replica, addressed: Addressed, number: int, now_ms: int) -> Head:
    peer = addressed.peer
    scopes = scopes_here(connection, replica, peer)
    life = shelf.LIFE // dt.timedelta(milliseconds=1)
    return Head(
        number=number,
        maker=replica.device,
        receivers=[device.number for device in addressed.devices],
        made_at=now_ms,
        expires_at=now_ms + life,
        schema=replica.schema,
        program=addressed.program,
        scopes=scopes,
        answers=peer.last.number if peer.last else 0,
        open=shelf.open_numbers(connection, replica.device, peer.device.number),
        wanted=wanted_files(connection, list(scopes)),
        welcome=addressed.welcome,
        address=addressed.address,
        unconfirmed=unconfirmed(connection, MOST_WANTED),
    )


def scopes_here(connection: Connection, replica: Replica, peer: Peer) -> dict[str, ScopeHere]:
    """What is here of the scopes that the receiver may know of; a scope not begun yet is asked for."""
    me = find_device(connection, replica.device)
    found = {}
    for scope, book in read_scopes(connection).items():
        if not peer.may_hold(scope):
            continue
        vector = {**read_vector(connection, scope), replica.device: book.next_sequence - 1}
        complete = book.complete or me.kind == CENTRE
        wants = me.may_read(scope)
        found[scope] = ScopeHere(
            vector, book.next_sequence - 1, book.acknowledged, book.remote_position, book.digest,
            book.row_count, complete, wants,
        )  # fmt: skip
    return found
