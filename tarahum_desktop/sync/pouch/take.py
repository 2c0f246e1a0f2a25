"""Takes the parts of a checked pouch into this replica, each in a short transaction of its own.

Every part may come again: what is here already changes nothing, so a reading that was broken off is simply repeated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select, update

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Conflict, ScopeState
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.blobs.words import take_word
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.codec.page import open_page
from tarahum_desktop.sync.errors import ClockAhead, SyncError, UnknownDevice
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.relay import note_carried
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.handing import note_handed
from tarahum_desktop.sync.permissions_check import check_batch
from tarahum_desktop.sync.pouch.errors import PouchTampered
from tarahum_desktop.sync.pouch.files import keep_piece
from tarahum_desktop.sync.pouch.frames import Kind, Part
from tarahum_desktop.sync.pouch.layout import CENTRE, OFFICE
from tarahum_desktop.sync.pouch.opened import Opened
from tarahum_desktop.sync.receipts import take_receipt
from tarahum_desktop.sync.receive import Gate, header_of, hold_batch, hold_reason, receive_batch, retry_held
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import advance_vector, open_scope, read_scopes, read_vector
from tarahum_desktop.sync.signatures import verify

_CONFLICT: Any = Conflict.__table__
_STATE: Any = ScopeState.__table__
_LATER = frozenset({"batch_gap", "batch_waiting"})


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom a reader believes before its national scope tells it more.

    ``introduced`` are devices the centre named to a newcomer; ``is_centre`` when the reader is the centre itself.
    """

    centre_device: int
    centre_key: bytes
    scopes: frozenset[str]
    introduced: Mapping[int, KnownDevice] = field(default_factory=dict)
    is_centre: bool = False

    def device(self, connection: Connection, number: int) -> KnownDevice:
        """A device by its number; raises UnknownDevice."""
        if number == self.centre_device and not self.is_centre:
            return KnownDevice(number, CENTRE, self.centre_key, frozenset(), revoked=False, kind=CENTRE)
        try:
            return find_device(connection, number)
        except UnknownDevice:
            if number not in self.introduced:
                raise
            return self.introduced[number]


@dataclass(slots=True)
class Taken:
    """What came of a pouch here.

    ``changes`` and ``rows`` were new; ``held`` batches wait here for what they need; ``for_centre`` batches are not
    for this machine to judge and go on as they are; ``clock_ahead`` batches were stamped in the future; ``confirmed``
    own changes are covered by the centre's word that came along, ``files_confirmed`` contents likewise; ``stale`` scopes are newer here than in the pouch.
    """

    changes: int = 0
    rows: int = 0
    held: int = 0
    for_centre: int = 0
    clock_ahead: int = 0
    conflicts: int = 0
    files: int = 0
    receipts: int = 0
    confirmed: int = 0
    files_confirmed: int = 0
    stale: list[str] = field(default_factory=list)
    touched: dict[str, set[bytes]] = field(default_factory=dict)

    def touch(self, touched: Mapping[str, set[bytes]]) -> None:
        """Remember which rows changed, for screens to refresh."""
        for entity, row_ids in touched.items():
            self.touched.setdefault(entity, set()).update(row_ids)


class Taker:
    """Takes in one opened pouch."""

    def __init__(
        self, replica: Replica, opened: Opened, trusted: Trusted, report: Callable[[Taken], None]
    ) -> None:
        self._replica, self._opened, self._trusted, self._report = replica, opened, trusted, report
        self._gate = Gate(self._key_of, self._check, keeps_late=trusted.is_centre)
        self.taken = Taken()
        with replica.engine.execution_options(read_only=True).connect() as connection:
            self._conflicts = _open_conflicts(connection)
            self._maker = trusted.device(connection, opened.head.maker)

    def take(self, place: int, part: Part) -> None:
        """One part, in its order."""
        if part.kind == Kind.BATCH:
            self._take_batch(part.content)
        elif part.kind == Kind.PAGE:
            self._take_page(place, part)
        elif part.kind == Kind.FILE and not self._maker.revoked:
            with self._replica.engine.begin() as connection:
                now = from_milliseconds(self._replica.now())
                self.taken.files += keep_piece(connection, part, now, self._replica.at_rest)
        self._report(self.taken)

    def finish(self) -> Taken:
        """After the last part: what was waiting, receipts, what the maker has of ours, conflicts."""
        self._begin_empty()
        for scope in self._readable():
            with self._replica.engine.begin() as connection:
                retry_held(connection, self._replica, scope, self._gate)
        for receipt in self._opened.receipts.values():
            self._take_receipt(receipt)
        self._take_words()
        self._note_handed()
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            self.taken.conflicts = max(0, _open_conflicts(connection) - self._conflicts)
        return self.taken

    def _begin_empty(self) -> None:
        """A scope in which there is nothing yet has no pages, and is complete all the same."""
        for scope, here in self._opened.head.scopes.items():
            if (
                here.rows
                or not here.complete
                or scope not in self._trusted.scopes
                or not self._vouches(scope)
            ):
                continue
            with self._replica.engine.begin() as connection:
                empty = not open_scope(connection, scope).complete
                if empty and _is_newer(connection, self._replica, scope, here.vector):
                    _finish_scope(connection, self._replica, scope, here.vector, here.position)

    def _readable(self) -> list[str]:
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            return [scope for scope in read_scopes(connection) if scope in self._opened.tail.scopes]

    def _take_batch(self, payload: bytes) -> None:
        head = header_of(payload)
        if not self._holds(head.scope):
            self.taken.for_centre += 1
            return
        try:
            with self._replica.engine.begin() as connection:
                done = receive_batch(connection, self._replica, payload, self._gate)
                if done.changes and not self._trusted.is_centre:
                    note_carried(connection, head.scope)
        except TarahumError as error:
            self._after_refusal(payload, error)
            return
        self.taken.changes += done.changes
        self.taken.touch(done.touched)

    def _after_refusal(self, payload: bytes, error: TarahumError) -> None:
        if isinstance(error, ClockAhead):
            self.taken.clock_ahead += 1
            return
        waits = error.code in _LATER or error.code == "row_unknown"
        reason = "batch_waiting" if error.code in _LATER else hold_reason(error)
        if reason is None and not isinstance(error, SyncError):
            raise error
        if not waits and not self._trusted.is_centre:
            self.taken.for_centre += 1  # the centre knows more of devices and roles, and has a quarantine
            return
        if reason is None:
            raise error
        with self._replica.engine.begin() as connection:
            hold_batch(connection, self._replica, payload, reason)
        self.taken.held += 1

    def _holds(self, scope: str) -> bool:
        if self._trusted.is_centre or scope in self._trusted.scopes:
            return True
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            return scope in read_scopes(connection)

    def _key_of(self, connection: Connection, device: int) -> bytes:
        return self._trusted.device(connection, device).signing_key

    def _check(self, connection: Connection, batch: Batch) -> None:
        if batch.header.device != self._trusted.centre_device and not self._covered(batch.header):
            check_batch(connection, batch)

    def _covered(self, head: BatchHeader) -> bool:
        """Whether the centre's own word, in this pouch, says that it took the batch in."""
        receipt = self._opened.receipts.get(head.scope)
        return (
            receipt is not None
            and receipt.vector.get(head.device, 0) >= head.last
            and verify(self._trusted.centre_key, receipt.signature, receipt.signed_bytes())
        )

    def _take_page(self, place: int, part: Part) -> None:
        scope = part.scope
        if scope not in self._trusted.scopes or not self._vouches(scope) or scope in self.taken.stale:
            return
        here = self._opened.head.scopes.get(scope)
        if here is None:
            raise PouchTampered
        page = open_page(part.content, self._maker.signing_key, verify)
        if page.scope != scope:
            raise PouchTampered
        with self._replica.engine.begin() as connection:
            if not _is_newer(connection, self._replica, scope, here.vector):
                self.taken.stale.append(scope)
                return
            _set_complete(connection, scope, complete=False)
            self.taken.rows += apply_page(connection, self._replica, page)
            if place == self._opened.last_page[scope]:
                _finish_scope(connection, self._replica, scope, here.vector, here.position)
        self.taken.touch({page.group.entity: set(page.group.row_ids)})

    def _vouches(self, scope: str) -> bool:
        """Whether the maker may speak for a whole scope: the centre for all, an office for those it reads."""
        maker = self._maker
        return maker.kind == CENTRE or (maker.kind == OFFICE and maker.may_read(scope) and not maker.revoked)

    def _take_receipt(self, receipt: VectorReceipt) -> None:
        try:
            with self._replica.engine.begin() as connection:
                self.taken.confirmed += take_receipt(
                    connection, self._replica, receipt, self._trusted.centre_key
                )
        except SyncError as error:
            if error.code != "receipt_foreign":  # a scope that is not held here: nothing to confirm
                raise
            return
        self.taken.receipts += 1

    def _take_words(self) -> None:
        trusted = self._trusted
        if trusted.is_centre or not self._opened.words:
            return
        with self._replica.engine.begin() as connection:
            self.taken.files_confirmed = sum(
                take_word(connection, self._replica, word, trusted.centre_device, trusted.centre_key)
                for word in self._opened.words
            )

    def _note_handed(self) -> None:
        for scope, here in self._opened.head.scopes.items():
            sequence = here.vector.get(self._replica.device, 0)
            if sequence and not self._trusted.is_centre:
                with self._replica.engine.begin() as connection:
                    if scope in read_scopes(connection):
                        note_handed(connection, scope, sequence)


def _open_conflicts(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(_CONFLICT)).scalar_one())


def _is_newer(connection: Connection, replica: Replica, scope: str, vector: Mapping[int, int]) -> bool:
    """Whether a state holds everything that is here but what was not confirmed: only then may it take its place."""
    book = open_scope(connection, scope)
    mine = {**read_vector(connection, scope), replica.device: book.acknowledged}
    return all(vector.get(device, 0) >= sequence for device, sequence in mine.items())


def _set_complete(connection: Connection, scope: str, *, complete: bool) -> None:
    connection.execute(
        update(_STATE).where(_STATE.c.scope == scope).values(complete=complete, snapshot_cursor=None)
    )


def _finish_scope(
    connection: Connection, replica: Replica, scope: str, vector: Mapping[int, int], position: int
) -> None:
    """All of a scope's rows are here as the maker had them: its vector holds from now on."""
    for device, sequence in vector.items():
        if device != replica.device:
            advance_vector(connection, scope, device, sequence)
    book = open_scope(connection, scope)
    book.remote_position = max(book.remote_position, position)
    book.complete = True
    book.save(connection)
    _set_complete(connection, scope, complete=True)
