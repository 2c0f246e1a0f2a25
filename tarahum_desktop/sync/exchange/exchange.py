"""One exchange from hello to proof. Reads like a table of contents; each phase has its own file.

Nothing here knows HTTP. State shown to people comes from what this returns and from the books, both written
only after receipts.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.store import doubt_blobs
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.errors import BatchHeld, BatchTooEarly, SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.blob_phase import Files, move_files
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.forecast import Forecast, forecast
from tarahum_desktop.sync.exchange.heal import ROW_UNKNOWN, Healed, heal_scope
from tarahum_desktop.sync.exchange.hello import Greeting, say_hello
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.messages import LOWEST_VERSION, ScopeOffer
from tarahum_desktop.sync.exchange.mine import is_older_copy
from tarahum_desktop.sync.exchange.pull import LOG_GONE, pull_scope
from tarahum_desktop.sync.exchange.push import push_scope
from tarahum_desktop.sync.exchange.relay import (
    OtherSide,
    ask_vector,
    fetch_receipt,
    must_relay,
    others_vector,
    relay_scope,
    serves,
    take_from_start,
    was_set_back,
)
from tarahum_desktop.sync.exchange.snapshot import take_snapshot
from tarahum_desktop.sync.handing import sealed_up_to
from tarahum_desktop.sync.leave import FULL, LEAVE, LEFT, forget_traces, keep_modes, leave_scope
from tarahum_desktop.sync.mend_book import count_when_due
from tarahum_desktop.sync.receive import Gate, retry_held
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.reseal import restamp_and_reseal
from tarahum_desktop.sync.restamp import set_clock_offset
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes
from tarahum_desktop.sync.set_back import go_on_behind
from tarahum_desktop.sync.trim import trim_log

_NATIONAL = "national"
Report = Callable[["Progress"], None]


@dataclass(slots=True)
class Progress:
    """What an exchange has done so far; handed to the listener after each step."""

    phase: str = "hello"
    pushed: int = 0
    pulled: int = 0
    touched: dict[str, set[bytes]] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    forecast: Forecast = field(default_factory=Forecast)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an exchange ended.

    ``offered`` are the scopes this device may hold; ``proven`` those whose digests agreed with the other side at
    the end; ``disputed`` those that did not although nothing was left to send or take; ``held`` those of which
    the other side keeps a batch unapplied; ``left`` those that were let go because the other side asked for it.
    ``healed`` tells of each scope whose rows were found to differ what was done about it.
    ``hub`` is the device number of the office it was with; 0 for the centre.
    """

    pushed: int
    pulled: int
    proven: frozenset[str]
    disputed: frozenset[str]
    clock_error_ms: int
    lease_until: int
    held: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    files: Files = field(default_factory=Files)
    hub: int = 0
    healed: tuple[Healed, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every scope of this device was proven equal."""
        return bool(self.offered) and self.proven == self.offered


def exchange(
    replica: Replica,
    carrier: Carrier,
    centre_key: bytes,
    centre_device: int,
    report: Report,
    memory: LineMemory | None = None,
    files: BlobPolicy | None = None,
) -> Outcome:
    """Send what is unsent, take what is new, and compare; then move contents of attachments as ``files`` allows.

    ``memory`` is what earlier tries learnt of the line.

    Raises:
        LineFailed: the line broke; everything acknowledged so far is kept.
        SyncError: the other side refused; local work goes on.
    """
    run = _Exchange(replica, carrier, centre_key, centre_device, report, memory or LineMemory())
    return run.with_files(run.run(), files or BlobPolicy())


class _Exchange:
    """The state of one running exchange."""

    def __init__(
        self,
        replica: Replica,
        carrier: Carrier,
        centre_key: bytes,
        centre_device: int,
        report: Report,
        memory: LineMemory,
    ) -> None:
        self._replica = replica
        self._carrier = carrier
        self._key = centre_key
        self._gate = Gate(self._key_of, _trust_the_centre, centre_key=centre_key)
        self._centre_device = centre_device
        self._side = OtherSide(centre_device, centre_key, is_centre=True)
        self._report = report
        self._progress = Progress()
        self._line = memory
        self._moved: set[str] = set()
        self._healed: list[Healed] = []
        self._held: set[str] = set()
        self._version = LOWEST_VERSION

    def run(self) -> Outcome:
        count_when_due(self._replica)
        begun = time.monotonic()
        greeting = say_hello(self._replica, self._carrier)
        self._version = greeting.reply.version
        self._line.met(time.monotonic() - begun, runs=self._version > LOWEST_VERSION)
        with self._replica.engine.begin() as connection:
            set_clock_offset(connection, self._replica, greeting.reply.time)
            # Even where the clock is right by now: it may have been set back since the changes were made.
            restamp_and_reseal(connection, self._replica, greeting.reply.time)
            keep_modes(connection, {scope: offer.mode for scope, offer in greeting.reply.scopes.items()})
            self._progress.forecast = forecast(connection, greeting)
        self._report(self._progress)
        if self._go_on_behind(greeting):
            greeting = say_hello(self._replica, self._carrier)
        relaying = self._relaying(greeting)
        if relaying or not _without_news(greeting):
            self._relay(relaying)
            self._send(greeting)
            self._take(greeting)
            self._fetch_receipts(relaying)
            self._enter("compare")
            greeting = say_hello(self._replica, self._carrier)
            if self._catch_up(greeting):
                greeting = say_hello(self._replica, self._carrier)
        if self._heal(greeting):
            greeting = say_hello(self._replica, self._carrier)
        left = self._let_go(greeting)
        if left:
            greeting = say_hello(self._replica, self._carrier)  # so that the other side knows
        proven, disputed = compare(greeting)
        self._trim(greeting, proven)
        done = self._progress
        return Outcome(
            done.pushed,
            done.pulled,
            proven,
            disputed,
            greeting.clock_error_ms,
            greeting.reply.lease_until,
            frozenset(self._held),
            frozenset(greeting.reply.scopes),
            left,
            healed=tuple(self._healed),
        )

    def with_files(self, outcome: Outcome, policy: BlobPolicy) -> Outcome:
        """The same outcome, with what became of the contents: whatever that is, the records are through."""
        if self._version == LOWEST_VERSION:
            return outcome
        self._progress.phase = "files"
        return replace(
            outcome, files=move_files(self._replica, self._carrier, self._side, policy, self._files)
        )

    def _files(self, files: Files) -> None:
        self._progress.files = files
        self._report(self._progress)

    def _let_go(self, greeting: Greeting) -> frozenset[str]:
        """Leave the scopes the other side says are to be left, each once all that was written there has arrived."""
        left: set[str] = set()
        for scope, offer in greeting.reply.scopes.items():
            book = greeting.books.get(scope)
            held = book is not None and book.mode != LEFT and _all_sent(book, offer)
            if offer.mode == LEAVE and held and leave_scope(self._replica, scope):
                left.add(scope)
        if left:
            forget_traces(self._replica.engine)
        return frozenset(left)

    def _go_on_behind(self, greeting: Greeting) -> bool:
        """Where this machine's files were set back to an older copy: see to it that no number is used twice."""
        if self._version == LOWEST_VERSION:
            return False
        moved = False
        for scope, offer in greeting.reply.scopes.items():
            book = greeting.books.get(scope)
            if book is None or offer.acknowledged <= book.acknowledged:
                continue
            with self._replica.engine.execution_options(read_only=True).connect() as connection:
                if not is_older_copy(connection, self._carrier, book, offer.acknowledged):
                    continue
            there = ask_vector(self._carrier, scope, self._side).vector.get(self._replica.device, 0)
            with self._replica.engine.begin() as connection:
                go_on_behind(connection, scope, there)
            moved = True
        return moved

    def _relaying(self, greeting: Greeting) -> list[str]:
        """The scopes of whose log the centre may lack something, the one with the devices' keys first."""
        if greeting.reply.version == LOWEST_VERSION:
            return []
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            found = [
                scope
                for scope, offer in greeting.reply.scopes.items()
                if (book := greeting.books.get(scope)) and must_relay(connection, self._replica, book, offer)
            ]
        return sorted(found, key=_national_first)

    def _relay(self, scopes: Iterable[str]) -> None:
        for scope in scopes:
            self._enter("push")
            theirs = ask_vector(self._carrier, scope, self._side).vector
            if not relay_scope(self._replica, self._carrier, scope, theirs, self._side, self._pushed):
                self._held.add(scope)
            self._moved.add(scope)

    def _fetch_receipts(self, relayed: Iterable[str]) -> None:
        """The centre's word on what was relayed, and for those who get it from here on everything that moved."""
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            wanted = {*relayed, *(self._moved if serves(connection) else ())}
        for scope in sorted(wanted):
            fetch_receipt(self._replica, self._carrier, scope, self._side)

    def _catch_up(self, greeting: Greeting) -> bool:
        """Where digests differ because one side's log was set back and grew again: bring what each lacks."""
        if greeting.reply.version == LOWEST_VERSION:
            return False
        _, disputed = compare(greeting)
        moved = False
        for scope in sorted(disputed, key=_national_first):
            theirs = ask_vector(self._carrier, scope, self._side).vector
            with self._replica.engine.execution_options(read_only=True).connect() as connection:
                mine = others_vector(connection, self._replica, scope)
            if any(theirs.get(device, 0) < sequence for device, sequence in mine.items()):
                self._relay([scope])
                moved = True
            if any(mine.get(other, 0) < theirs[other] for other in theirs if other != self._replica.device):
                self._start_anew(scope)
                self._pull(scope, 1)
                moved = True
        return moved

    def _heal(self, greeting: Greeting) -> bool:
        """Where digests differ although nothing is left to move: find the rows and bring them together."""
        if greeting.reply.version == LOWEST_VERSION:
            return False
        _, disputed = compare(greeting)
        for scope in sorted(disputed, key=_national_first):
            if self._heal_scope(scope, offers=True).offered:
                self._push(scope, greeting.books[scope].acknowledged)
                self._pull(scope, self._position(scope) + 1)
        return bool(disputed)

    def _heal_scope(self, scope: str, *, offers: bool) -> Healed:
        self._enter("heal")
        side = (self._side.device, self._side.key)
        healed = heal_scope(self._replica, self._carrier, scope, side, self._pulled, offers=offers)
        self._healed.append(healed)
        return healed

    def _trim(self, greeting: Greeting, proven: Iterable[str]) -> None:
        """What the centre was proven to hold need not lie in the log here for ever."""
        for scope in sorted(proven):
            book = greeting.books.get(scope)
            if book is not None and greeting.reply.scopes[scope].mode == FULL:
                trim_log(self._replica, scope, book.head)

    def _start_anew(self, scope: str) -> None:
        with self._replica.engine.begin() as connection:
            take_from_start(connection, scope)
            doubt_blobs(connection)

    def _send(self, greeting: Greeting) -> None:
        self._enter("push")
        for scope, offer in greeting.reply.scopes.items():
            book = greeting.books.get(scope)
            if book is not None and not _all_sent(book, offer) and scope not in self._held:
                self._moved.add(scope)
                self._push(scope, self._receipts_lost(greeting, book, offer))
            if book is not None and was_set_back(book, offer):
                self._start_anew(scope)

    def _receipts_lost(self, greeting: Greeting, book: ScopeBook, offer: ScopeOffer) -> int:
        """The last own change with a receipt, those included that were lost on the way: asking costs less than sending."""
        if greeting.reply.version == LOWEST_VERSION or offer.acknowledged <= book.acknowledged:
            return book.acknowledged
        receipt = fetch_receipt(self._replica, self._carrier, book.scope, self._side)
        confirmed = min(receipt.vector.get(self._replica.device, 0), book.next_sequence - 1)
        self._pushed(max(0, confirmed - book.acknowledged))
        return max(confirmed, book.acknowledged)

    def _push(self, scope: str, after: int) -> None:
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            after = sealed_up_to(connection, scope, self._replica.device, after)
        try:
            push_scope(self._replica, self._carrier, scope, after, self._line.out, self._key, self._pushed)
        except BatchHeld:
            self._held.add(scope)  # what it waits for may be among what is taken next, here or there

    def _take(self, greeting: Greeting) -> None:
        # The national scope first: it holds the keys of the devices whose batches follow.
        for scope in sorted(greeting.reply.scopes, key=_national_first):
            offer = greeting.reply.scopes[scope]
            book = greeting.books.get(scope)
            if offer.mode != FULL:
                continue
            gone = book is not None and book.remote_position < offer.horizon
            if book is None or not book.complete or gone:
                self._snapshot(scope, anew=gone)
            self._enter("pull")
            position = self._position(scope)
            # What was just pushed, or written while a snapshot was read, lies beyond the head that hello named.
            head = position + 1 if scope in self._moved else offer.position
            try:
                self._pull(scope, head)
            except BatchTooEarly:
                # A log that was set back and grew again beyond the position has other entries before it.
                self._start_anew(scope)
                self._pull(scope, 1)

    def _snapshot(self, scope: str, *, anew: bool) -> None:
        self._enter("snapshot")
        take_snapshot(
            self._replica, self._carrier, scope, self._line.back, self._key, self._pulled, anew=anew
        )
        self._moved.add(scope)
        with self._replica.engine.begin() as connection:
            retry_held(connection, self._replica, scope, self._gate)

    def _pull(self, scope: str, head: int) -> None:
        try:
            self._pull_from_here(scope, head)
        except SyncError as error:
            if error.code == LOG_GONE:  # the centre let go of what comes next, perhaps just now
                self._snapshot(scope, anew=True)
            elif error.code == ROW_UNKNOWN and self._version > LOWEST_VERSION:  # a row was lost here
                self._heal_scope(scope, offers=False)
            else:
                raise
            self._pull_from_here(scope, self._position(scope) + 1)

    def _pull_from_here(self, scope: str, head: int) -> None:
        position = self._position(scope)
        pull_scope(self._replica, self._carrier, scope, position, head, self._line, self._gate, self._pulled)

    def _position(self, scope: str) -> int:
        with self._replica.engine.connect() as connection:
            return read_scopes(connection)[scope].remote_position

    def _enter(self, phase: str) -> None:
        self._progress.phase = phase
        self._report(self._progress)

    def _pushed(self, rows: int) -> None:
        self._progress.pushed += rows
        self._report(self._progress)

    def _pulled(self, rows: int, touched: dict[str, set[bytes]]) -> None:
        self._progress.pulled += rows
        self._progress.touched = touched
        self._report(self._progress)

    def _key_of(self, connection: Connection, device: int) -> bytes:
        return self._key if device == self._centre_device else find_device(connection, device).signing_key


def _trust_the_centre(_connection: Connection, _batch: Batch) -> None:
    """The centre checked what each author may write before it let a batch into its log."""


def _national_first(scope: str) -> tuple[bool, str]:
    return scope != _NATIONAL, scope


def _without_news(greeting: Greeting) -> bool:
    return all(_settled(greeting.books.get(scope), offer) for scope, offer in greeting.reply.scopes.items())


def _settled(book: ScopeBook | None, offer: ScopeOffer) -> bool:
    if offer.mode != FULL:
        return book is None or _all_sent(book, offer)
    return (
        book is not None
        and book.complete
        and _all_sent(book, offer)
        and book.remote_position >= offer.position
        and not was_set_back(book, offer)
    )


def _all_sent(book: ScopeBook, offer: ScopeOffer) -> bool:
    """Only a receipt counts: what arrived there while its receipt was lost on the way is sent again."""
    return book.next_sequence - 1 == book.acknowledged == offer.acknowledged


def compare(greeting: Greeting) -> tuple[frozenset[str], frozenset[str]]:
    """``(proven, disputed)`` scopes: where nothing is left to move, the digests must agree."""
    proven: set[str] = set()
    disputed: set[str] = set()
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        if not _settled(book, offer):
            continue
        # Where this device only sends, there is nothing to compare: that all of it arrived is what can be known.
        same = offer.mode != FULL or book is None or _same(book, offer)
        (proven if same else disputed).add(scope)
    return frozenset(proven), frozenset(disputed)


def _same(book: ScopeBook, offer: ScopeOffer) -> bool:
    return book.digest == offer.digest and book.row_count == offer.rows


def refuse_disputed(outcome: Outcome) -> None:
    """Raise when a digest differs; for callers that must not go on then."""
    if outcome.disputed:
        raise SyncError("digest_differs", scope=min(outcome.disputed))
