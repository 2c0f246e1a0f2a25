"""One exchange from hello to proof. Reads like a table of contents; each step has its own file.

Nothing here knows HTTP. State shown to people comes from what this returns and from the books, both written
only after receipts.
"""

import time
from dataclasses import replace

from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.exchange.blob_phase import move_files
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.catching_up import (
    catch_up,
    fetch_receipts,
    go_on_behind_copy,
    relay,
    scopes_to_relay,
)
from tarahum_desktop.sync.exchange.forecast import forecast
from tarahum_desktop.sync.exchange.hello import Greeting, say_hello
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.outcome import Outcome, Report
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.exchange.running import Running
from tarahum_desktop.sync.exchange.sending import send
from tarahum_desktop.sync.exchange.settling import heal_differences, let_go, trim
from tarahum_desktop.sync.exchange.standing import compare, without_news
from tarahum_desktop.sync.exchange.taking import take
from tarahum_desktop.sync.lease import keep_lease
from tarahum_desktop.sync.leave import keep_modes
from tarahum_desktop.sync.mend_book import count_when_due
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.reseal import restamp_and_reseal
from tarahum_desktop.sync.restamp import set_clock_offset


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
    side = OtherSide(centre_device, centre_key, is_centre=True)
    run = Running(replica, carrier, side, report, memory or LineMemory())
    return _with_files(run, _records(run), files or BlobPolicy())


def _records(run: Running) -> Outcome:
    """All that is not a file."""
    count_when_due(run.replica)
    greeting = _open(run)
    if go_on_behind_copy(run, greeting):
        greeting = _hello(run)
    relaying = scopes_to_relay(run, greeting)
    if relaying or not without_news(greeting):
        relay(run, relaying)
        send(run, greeting)
        take(run, greeting)
        fetch_receipts(run, relaying)
        run.enter("compare")
        greeting = _hello(run)
        if catch_up(run, greeting):
            greeting = _hello(run)
    if heal_differences(run, greeting):
        greeting = _hello(run)
    left = let_go(run, greeting)
    if left:
        greeting = _hello(run)  # so that the other side knows
    return _proven(run, greeting, left)


def _open(run: Running) -> Greeting:
    """The first hello: how far the line and this clock are off, and what is to come."""
    begun = time.monotonic()
    greeting = _hello(run)
    run.version = greeting.reply.version
    run.line.met(time.monotonic() - begun, runs=not run.is_first_version)
    with run.replica.engine.begin() as connection:
        set_clock_offset(connection, run.replica, greeting.reply.time)
        keep_lease(connection, greeting.reply.lease_until, greeting.reply.time)
        # Even where the clock is right by now: it may have been set back since the changes were made.
        restamp_and_reseal(connection, run.replica, greeting.reply.time)
        keep_modes(connection, {scope: offer.mode for scope, offer in greeting.reply.scopes.items()})
        run.progress.forecast = forecast(connection, greeting)
    run.report(run.progress)
    return greeting


def _hello(run: Running) -> Greeting:
    return say_hello(run.replica, run.carrier)


def _proven(run: Running, greeting: Greeting, left: frozenset[str]) -> Outcome:
    proven, disputed = compare(greeting)
    trim(run, greeting, proven)
    return Outcome(
        run.progress.pushed,
        run.progress.pulled,
        proven,
        disputed,
        greeting.clock_error_ms,
        greeting.reply.lease_until,
        frozenset(run.held),
        frozenset(greeting.reply.scopes),
        left,
        healed=tuple(run.healed),
    )


def _with_files(run: Running, outcome: Outcome, policy: BlobPolicy) -> Outcome:
    """The same outcome, with what became of the contents: whatever that is, the records are through."""
    if run.is_first_version:
        return outcome
    run.progress.phase = "files"
    files = move_files(run.replica, run.carrier, run.side, policy, run.moved_files)
    return replace(outcome, files=files)
