"""An exchange with an office's hub, for when the line to the centre is down: the same phases, less believed.

What is given counts as handed, never as confirmed; what is taken is asked what the centre would ask, because a hub is
a desktop like any other; where its log was read to is kept apart from the centre's. The centre's own signed words
come along, and they alone empty the outbox.
"""

from dataclasses import replace

from tarahum_desktop.domain.store_errors import DatabaseError
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.blob_phase import Files, move_files
from tarahum_desktop.sync.exchange.blob_words import fetch_words
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.hello import Greeting, say_hello
from tarahum_desktop.sync.exchange.hub_answers import RECEIPTS, ReceiptsRequest, peer_gate
from tarahum_desktop.sync.exchange.hub_cursor import read_position, write_position
from tarahum_desktop.sync.exchange.messages import LogEntry, PullReply, PullRequest, ScopeOffer
from tarahum_desktop.sync.exchange.mine import is_older_copy
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress, Report
from tarahum_desktop.sync.exchange.pace import MOST_BYTES
from tarahum_desktop.sync.exchange.relay import OtherSide, ask_vector, forget_held, note_carried, relay_scope
from tarahum_desktop.sync.handing import note_handed, seal_unsent
from tarahum_desktop.sync.leave import FULL
from tarahum_desktop.sync.receipts import take_receipt
from tarahum_desktop.sync.receive import hold_batch, hold_reason
from tarahum_desktop.sync.repack import receive_entry, scope_of
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes

_NATIONAL = "national"


def exchange_with_hub(
    replica: Replica,
    carrier: Carrier,
    hub: OtherSide,
    centre: OtherSide,
    report: Report,
    files: BlobPolicy | None = None,
) -> Outcome:
    """Give the hub what it lacks, take what it has, and the centre's words it holds.

    Returns an Outcome with ``hub`` set; ``proven`` are the scopes found equal with the hub, which says nothing of the
    centre, and ``held`` those of which something waits on one of the two sides.

    Raises:
        LineFailed: the line broke; everything handed over so far is kept.
        SyncError: the hub refused; local work goes on.
    """
    meeting = _Meeting(replica, carrier, hub, centre, report)
    outcome = meeting.run()
    code = ""
    try:
        fetch_words(replica, carrier, centre)
    except (SyncError, DatabaseError) as error:
        code = error.code
    moved = move_files(replica, carrier, hub, files or BlobPolicy(), meeting.note_files)
    return replace(outcome, files=replace(moved, code=moved.code or code))


class _Meeting:
    """The state of one exchange with a hub."""

    def __init__(
        self, replica: Replica, carrier: Carrier, hub: OtherSide, centre: OtherSide, report: Report
    ) -> None:
        self._replica, self._carrier, self._hub, self._centre = replica, carrier, hub, centre
        self._gate = peer_gate(centre)
        self._report = report
        self._progress = Progress()
        self._held: set[str] = set()

    def run(self) -> Outcome:
        greeting = say_hello(self._replica, self._carrier)
        self._take_receipts()
        different = self._different(greeting)
        if different:
            for scope in different:
                self._give(scope)
            for scope in different:
                offer = greeting.reply.scopes[scope]
                if offer.mode == FULL:  # of the others this device may send, but read nothing any more
                    self._take(scope, offer)
            self._enter("compare")
            greeting = say_hello(self._replica, self._carrier)
        proven = frozenset(greeting.reply.scopes) - frozenset(self._different(greeting))
        return Outcome(
            pushed=self._progress.pushed,
            pulled=self._progress.pulled,
            proven=proven,
            disputed=frozenset(),
            clock_error_ms=0,  # an office's clock is no better than this one's
            lease_until=0,
            held=frozenset(self._held),
            offered=frozenset(greeting.reply.scopes),
            hub=self._hub.device,
        )

    def note_files(self, files: Files) -> None:
        """Contents of attachments moved; the records are through."""
        self._progress.phase, self._progress.files = "files", files
        self._report(self._progress)

    def _take_receipts(self) -> None:
        for receipt in self._carrier.ask(RECEIPTS, ReceiptsRequest()).receipts:
            with self._replica.engine.begin() as connection:
                take_receipt(connection, self._replica, receipt, self._centre.key)

    def _different(self, greeting: Greeting) -> list[str]:
        """The scopes whole here that are not the same there, the one with the devices' keys first."""
        offers = greeting.reply.scopes
        found = [scope for scope, book in greeting.books.items() if scope in offers and book.complete]
        return sorted(
            (scope for scope in found if not _same(greeting.books[scope], offers[scope])),
            key=lambda scope: (scope != _NATIONAL, scope),
        )

    def _give(self, scope: str) -> None:
        self._enter("push")
        theirs = ask_vector(self._carrier, scope, self._hub).vector
        there = theirs.get(self._replica.device, 0)
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            book = read_scopes(connection)[scope]
            if there > book.handed and is_older_copy(connection, self._carrier, book, there):
                self._held.add(scope)  # the centre says first how to number
                return
        seal_unsent(self._replica, scope)
        with self._replica.engine.begin() as connection:
            note_handed(connection, scope, there)
        if not relay_scope(self._replica, self._carrier, scope, theirs, self._hub, self._pushed):
            self._held.add(scope)

    def _take(self, scope: str, offer: ScopeOffer) -> None:
        self._enter("pull")
        with self._replica.engine.execution_options(read_only=True).connect() as connection:
            position = read_position(connection, self._hub.device, scope)
        if position > offer.position or position < offer.horizon:
            position = offer.horizon  # another log than the one that was read, or its beginning is gone
        kept_at: int | None = None
        while True:
            reply = self._carrier.pull(PullRequest(scope, position, MOST_BYTES, packs=True))
            skipped = self._apply(scope, reply)
            if kept_at is None and skipped is not None:
                kept_at = skipped - 1
                self._held.add(scope)
            if reply.position <= position:
                break
            position = reply.position
            with self._replica.engine.begin() as connection:
                write_position(connection, self._hub.device, scope, position if kept_at is None else kept_at)
            if position >= reply.head:
                break
        with self._replica.engine.begin() as connection:
            forget_held(connection, scope)

    def _apply(self, scope: str, reply: PullReply) -> int | None:
        """Apply what fits; the position of the first entry that must be asked for again."""
        again: int | None = None
        for entry in reply.entries:
            if not self._apply_entry(scope, entry) and again is None:
                again = entry.position
        return again

    def _apply_entry(self, scope: str, entry: LogEntry) -> bool:
        if scope_of(entry.payload) != scope:
            raise SyncError("scope_denied")
        try:
            with self._replica.engine.begin() as connection:
                done = receive_entry(connection, self._replica, entry.payload, self._gate)
                if done.changes:
                    note_carried(connection, scope)
        except SyncError as error:
            reason = hold_reason(error)
            if reason is None:
                return False  # the hub or the centre gives it again, when what it needs is here
            with self._replica.engine.begin() as connection:
                hold_batch(connection, self._replica, entry.payload, reason)
            return True
        self._progress.pulled += done.changes
        self._progress.touched = done.touched
        self._report(self._progress)
        return True

    def _pushed(self, rows: int) -> None:
        self._progress.pushed += rows
        self._report(self._progress)

    def _enter(self, phase: str) -> None:
        self._progress.phase = phase
        self._report(self._progress)


def _same(book: ScopeBook, offer: ScopeOffer) -> bool:
    return (book.digest, book.row_count) == (
        offer.digest,
        offer.rows,
    ) and offer.acknowledged >= book.next_sequence - 1
