"""What goes into a pouch for one receiver: decided by what it is known to have, and by what it may read.

Own changes are repeated in every pouch until the receiver, or the centre, is known to have them: a stick that is lost
on the way costs nothing but time, and pouches may be read in any order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.models import BatchLog
from tarahum_desktop.sync.blobs.words import BlobReceipt, words_on
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.blobs import named_for
from tarahum_desktop.sync.exchange.vector import VectorReceipt, vector_receipt
from tarahum_desktop.sync.pouch.files import FileHere, files_for
from tarahum_desktop.sync.pouch.manifest import MOST_WANTED, Head, ScopeHere
from tarahum_desktop.sync.receipts import newest_receipt
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes, read_vector

CENTRE: Final = "centre"
OFFICE: Final = "office"
NATIONAL: Final = "national"
MOST_FILE_BYTES: Final = 24 * 1024 * 1024
MOST_KEPT_BYTES: Final = 32 * 1024 * 1024
"""The largest pouch that an office hands on to the centre as it is; whatever goes upwards is laid out to stay below."""
_ROOM_UPWARDS: Final = MOST_KEPT_BYTES - 2 * 1024 * 1024  # the rest is for head, frames and seal
_REPACK: Final = 0
_LOG: Any = BatchLog.__table__
_BYTES_A_ROW: Final = 120


@dataclass(frozen=True, slots=True)
class Peer:
    """The receiver of a pouch, and the head of the last pouch that came from it, if one did."""

    device: KnownDevice
    last: Head | None = None

    def may_read(self, scope: str) -> bool:
        """Whether it may be given rows of a scope."""
        return self.device.kind == CENTRE or self.device.may_read(scope)

    def may_hold(self, scope: str) -> bool:
        """Whether it may write to a scope at all, and so wants receipts for it."""
        return self.may_read(scope) or self.device.may_send(scope)

    def has(self, scope: str) -> ScopeHere | None:
        """What it said it has of a scope."""
        return self.last.scopes.get(scope) if self.last else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One batch of the log, not read yet."""

    position: int
    device: int
    first: int
    last: int
    rows: int
    size: int


@dataclass(slots=True)
class ScopeLayout:
    """What goes along of one scope: log entries in order, or all of its rows as pages.

    ``later`` changes found no room and go with the next pouch, once this one is answered.
    """

    scope: str
    batches: list[Entry] = field(default_factory=list)
    unsealed: int = 0
    pages: bool = False
    page_rows: int = 0
    later: int = 0

    @property
    def changes(self) -> int:
        """How many changes."""
        return sum(entry.rows for entry in self.batches) + self.unsealed

    @property
    def size(self) -> int:
        """About how many bytes."""
        return sum(entry.size for entry in self.batches) + (self.unsealed + self.page_rows) * _BYTES_A_ROW


@dataclass(slots=True)
class Layout:
    """Everything that goes along."""

    scopes: list[ScopeLayout]
    receipts: list[VectorReceipt]
    files: list[FileHere]
    words: list[BlobReceipt] = field(default_factory=list)

    @property
    def size(self) -> int:
        """About how many bytes."""
        return sum(part.size for part in self.scopes) + sum(part.size for part in self.files)


def lay_out(
    connection: Connection,
    replica: Replica,
    peer: Peer,
    *,
    file_bytes: int = MOST_FILE_BYTES,
    only: frozenset[str] | None = None,
) -> Layout:
    """Decide what goes to a receiver, from one consistent state of the database; of ``only`` some scopes."""
    me = find_device(connection, replica.device)
    books = read_scopes(connection)
    wanted_scopes = books if only is None else [scope for scope in books if scope in only]
    order = sorted(wanted_scopes, key=lambda scope: (scope != NATIONAL, scope))
    scopes = [_scope_layout(connection, me, books[scope], peer) for scope in order if peer.may_read(scope)]
    held = [scope for scope in order if peer.may_hold(scope)]
    receipts = [
        found for scope in held if (found := _receipt(connection, replica, me, peer, scope)) is not None
    ]
    readable = [scope for scope in order if peer.may_read(scope)]
    wanted = peer.last.wanted if peer.last else []
    if not _is_downwards(me, peer):
        file_bytes = min(file_bytes, _fit(scopes, _ROOM_UPWARDS))
    files = files_for(connection, readable, wanted, file_bytes)
    filled = [part for part in scopes if part.batches or part.unsealed or part.pages or part.later]
    return Layout(filled, receipts, files, _words(connection, replica, me, peer))


def _is_downwards(me: KnownDevice, peer: Peer) -> bool:
    return me.kind in {CENTRE, OFFICE} and peer.device.kind != CENTRE


def _fit(scopes: Sequence[ScopeLayout], room: int) -> int:
    """Leave for later what does not fit, always the end of a scope's log; returns the room that is left."""
    for scope in scopes:
        stay = 0
        for entry in scope.batches:
            if entry.size > room:
                room = 0
                break
            room -= entry.size
            stay += 1
        scope.later = sum(entry.rows for entry in scope.batches[stay:])
        del scope.batches[stay:]
        if scope.later or scope.unsealed * _BYTES_A_ROW > room:
            scope.later, scope.unsealed, room = scope.later + scope.unsealed, 0, 0
        room -= scope.unsealed * _BYTES_A_ROW
    return room


def _words(connection: Connection, replica: Replica, me: KnownDevice, peer: Peer) -> list[BlobReceipt]:
    """The centre's words on those contents that the receiver asked about and may know of."""
    asked = peer.last.unconfirmed[:MOST_WANTED] if peer.last else []
    if not asked or peer.device.kind == CENTRE:
        return []
    return words_on(connection, replica, named_for(connection, peer.device, asked), own=me.kind == CENTRE)


def _receipt(
    connection: Connection, replica: Replica, me: KnownDevice, peer: Peer, scope: str
) -> VectorReceipt | None:
    if peer.device.kind == CENTRE:
        return None
    if me.kind == CENTRE:
        only = None if peer.may_read(scope) else peer.device.number
        return vector_receipt(connection, replica, scope, only)
    return newest_receipt(connection, scope)


def _scope_layout(connection: Connection, me: KnownDevice, book: ScopeBook, peer: Peer) -> ScopeLayout:
    downwards = _is_downwards(me, peer)
    whole_here = downwards and (book.complete or me.kind == CENTRE)
    has = peer.has(book.scope)
    if downwards and (has is None or not has.complete):
        return _pages(book) if whole_here and (has is None or has.wants) else ScopeLayout(book.scope)
    mine = {**read_vector(connection, book.scope), me.number: book.next_sequence - 1}
    theirs = _vector_there(connection, book, me, peer, mine, downwards=downwards)
    lacking = {
        device: theirs.get(device, 0)
        for device, sequence in mine.items()
        if sequence > theirs.get(device, 0) and device not in {peer.device.number, _REPACK}
    }
    entries = _entries(connection, book.scope, lacking)
    unsealed = 0
    for device, after in lacking.items():
        covered = _covered(entries, device, after)
        if device == me.number and covered >= book.acknowledged:
            unsealed = mine[device] - covered
        elif covered < mine[device] and whole_here:
            return _pages(book)
    return ScopeLayout(book.scope, entries, unsealed)


def _pages(book: ScopeBook) -> ScopeLayout:
    return ScopeLayout(book.scope, pages=True, page_rows=book.row_count)


def _vector_there(
    connection: Connection,
    book: ScopeBook,
    me: KnownDevice,
    peer: Peer,
    mine: Mapping[int, int],
    *,
    downwards: bool,
) -> dict[int, int]:
    """What the receiver is known to have, by its own word or the centre's."""
    has = peer.has(book.scope)
    told = dict(has.vector) if has else {}
    receipt = newest_receipt(connection, book.scope)
    if peer.device.kind == CENTRE:
        told[peer.device.number] = mine.get(peer.device.number, 0)
        for device, sequence in (receipt.vector if receipt else {}).items():
            told[device] = max(told.get(device, 0), sequence)
    elif has is None:
        told = dict(mine) | {me.number: 0}  # it fetches others' work by itself until it says what it has
    if not downwards:
        told[me.number] = max(told.get(me.number, 0), book.acknowledged)
    return told


def _entries(connection: Connection, scope: str, lacking: Mapping[int, int]) -> list[Entry]:
    columns = (_LOG.c.position, _LOG.c.device, _LOG.c.first_sequence, _LOG.c.last_sequence, _LOG.c.rows)
    found: list[Entry] = []
    for device, after in sorted(lacking.items()):
        query = select(*columns, func.length(_LOG.c.payload)).where(
            _LOG.c.scope == scope, _LOG.c.device == device, _LOG.c.last_sequence > after
        )
        found += (Entry(*entry) for entry in connection.execute(query))
    return sorted(found, key=lambda entry: entry.position)


def _covered(entries: list[Entry], device: int, after: int) -> int:
    """How far the entries of a device reach without a gap from a sequence on."""
    for entry in sorted((one for one in entries if one.device == device), key=lambda one: one.first):
        if entry.first > after + 1:
            break
        after = max(after, entry.last)
    return after
