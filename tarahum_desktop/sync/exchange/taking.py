"""The step that takes what others wrote: a snapshot where a scope is new or its log is gone, then the log's tail."""

from tarahum_desktop.sync.errors import BatchTooEarly, SyncError
from tarahum_desktop.sync.exchange.heal import ROW_UNKNOWN, Healed, heal_scope
from tarahum_desktop.sync.exchange.hello import Greeting
from tarahum_desktop.sync.exchange.pull import LOG_GONE, pull_scope
from tarahum_desktop.sync.exchange.running import Running
from tarahum_desktop.sync.exchange.snapshot import take_snapshot
from tarahum_desktop.sync.exchange.standing import national_first
from tarahum_desktop.sync.leave import FULL
from tarahum_desktop.sync.receive import retry_held


def take(run: Running, greeting: Greeting) -> None:
    """Take every scope's news."""
    for scope in sorted(greeting.reply.scopes, key=national_first):
        offer = greeting.reply.scopes[scope]
        book = greeting.books.get(scope)
        if offer.mode != FULL:
            continue
        gone = book is not None and book.remote_position < offer.horizon
        if book is None or not book.complete or gone:
            _take_snapshot(run, scope, anew=gone)
        run.enter("pull")
        position = run.position(scope)
        # What was just pushed, or written while a snapshot was read, lies beyond the head that hello named.
        head = position + 1 if scope in run.moved else offer.position
        try:
            take_scope(run, scope, head)
        except BatchTooEarly:
            # A log that was set back and grew again beyond the position has other entries before it.
            run.start_anew(scope)
            take_scope(run, scope, 1)


def take_scope(run: Running, scope: str, head: int) -> None:
    """Take a scope's log up to its head; where that cannot be, what is lost here first, and then the log."""
    try:
        _pull(run, scope, head)
    except SyncError as error:
        if error.code == LOG_GONE:  # the centre let go of what comes next, perhaps just now
            _take_snapshot(run, scope, anew=True)
        elif error.code == ROW_UNKNOWN and not run.is_first_version:  # a row was lost here
            heal(run, scope, offers=False)
        else:
            raise
        _pull(run, scope, run.position(scope) + 1)


def heal(run: Running, scope: str, *, offers: bool) -> Healed:
    """Find the rows of a scope that differ and bring them together; see ``heal_scope``."""
    run.enter("heal")
    side = (run.side.device, run.side.key)
    healed = heal_scope(run.replica, run.carrier, scope, side, run.pulled, offers=offers)
    run.healed.append(healed)
    return healed


def _pull(run: Running, scope: str, head: int) -> None:
    pull_scope(run.replica, run.carrier, scope, run.position(scope), head, run.line, run.gate, run.pulled)


def _take_snapshot(run: Running, scope: str, *, anew: bool) -> None:
    run.enter("snapshot")
    take_snapshot(run.replica, run.carrier, scope, run.line.back, run.side.key, run.pulled, anew=anew)
    run.moved.add(scope)
    with run.replica.engine.begin() as connection:
        retry_held(connection, run.replica, scope, run.gate)
