"""Makes the centre's log smaller: old entries are packed together under its signature, the oldest may be dropped.

Each pack, and each part of what is dropped, is one short transaction under the scope's lock; sealing happens before
it. Whenever this is stopped, the log is whole: what a pack stands for is there either as entries or as the pack.
Whoever has not got as far as a scope's horizon takes a snapshot (see ``exchange``).
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from tarahum_desktop.models import BatchLog
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.codec.pack import MAX_BATCHES, seal_pack
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.resuming import is_resuming
from tarahum_desktop.sync.scope_book import open_scope, read_scopes

_LOG: Any = BatchLog.__table__
PACK_FROM_BYTES: Final = 128 * 1024
"""Of entries in one pack. It shrinks to half of that, and whoever pulls on a bad line must get it in one go."""
LEAST_ENTRIES: Final = 8
_ENTRIES_A_READ: Final = 2_000
_DROPPED_AT_ONCE: Final = 500
_LOCK: Final = 0x7461_7261_7061_636B  # PostgreSQL's advisory locks go by number; "tarapack"


class _Overtaken(Exception):
    """Somebody else packed or dropped these entries meanwhile."""


@dataclass(slots=True)
class Compacted:
    """What one pass did; bytes are payload bytes of the entries that were packed, and of their packs."""

    packs: int = 0
    entries: int = 0
    bytes_before: int = 0
    bytes_after: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    position: int
    device: int
    size: int
    rows: int
    received_at: dt.datetime


def days_before(replica: Replica, days: int) -> dt.datetime:
    """The moment so many days before now, in UTC."""
    return from_milliseconds(replica.wall()) - dt.timedelta(days=days)


def compact_by_age(
    replica: Replica, pack_days: int, drop_days: int, seconds: float | None = None
) -> Compacted:
    """``compact`` by ages in days; 0 for never."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    pack_before = days_before(replica, pack_days) if pack_days else never
    return compact(replica, pack_before, days_before(replica, drop_days) if drop_days else None, seconds)


def compact(
    replica: Replica,
    pack_before: dt.datetime,
    drop_before: dt.datetime | None = None,
    seconds: float | None = None,
) -> Compacted:
    """Pack what was received before a moment, and drop what was received before an earlier one.

    Nothing while the centre waits for its devices, which may bring what belongs between the entries.

    Args:
        replica: the centre.
        pack_before: entries received since then stay as their makers signed them.
        drop_before: entries and packs received before are no longer kept; None keeps all.
        seconds: stop after about that long; the next pass goes on where this one stopped.
    """
    done = Compacted()
    until = None if seconds is None else time.monotonic() + seconds
    with _alone(replica) as alone:
        for scope in _scopes(replica) if alone and not is_resuming(replica) else ():
            if drop_before is not None:
                done.dropped += _drop(replica, scope, drop_before, until)
            _pack_scope(replica, scope, pack_before, until, done)
    return done


def _scopes(replica: Replica) -> list[str]:
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return list(read_scopes(connection))


@contextmanager
def _alone(replica: Replica) -> Iterator[bool]:
    """Whether no other process compacts; then none begins to until the end of this.

    The lock belongs to a connection, not to a transaction: one that stayed open for a whole pass would hold up the
    database's own tidying. On a file nothing is locked; packing the same entries twice is noticed and taken back.
    """
    if replica.engine.dialect.name != "postgresql":
        yield True
        return
    with replica.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        alone = bool(connection.execute(select(func.pg_try_advisory_lock(_LOCK))).scalar_one())
        try:
            yield alone
        finally:
            if alone:
                connection.execute(select(func.pg_advisory_unlock(_LOCK)))


def _pack_scope(
    replica: Replica, scope: str, before: dt.datetime, until: float | None, done: Compacted
) -> None:
    after = _packed_up_to(replica, scope)
    while until is None or time.monotonic() < until:
        run, more = _next_run(replica, scope, after, before)
        if not run or (len(run) < LEAST_ENTRIES and not more):
            return
        if len(run) > 1:
            try:
                _replace(replica, scope, run, done)
            except _Overtaken:
                return
        after = run[-1].position


def _packed_up_to(replica: Replica, scope: str) -> int:
    query = select(func.max(_LOG.c.last_sequence)).where(_LOG.c.scope == scope, _LOG.c.device == PACK_DEVICE)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return connection.execute(query).scalar() or 0


def _next_run(replica: Replica, scope: str, after: int, before: dt.datetime) -> tuple[list[_Entry], bool]:
    """The next entries that go into one pack, and whether others that could follow were left for the next one."""
    columns = (_LOG.c.position, _LOG.c.device, func.length(_LOG.c.payload), _LOG.c.rows, _LOG.c.received_at)
    query = (
        select(*columns)
        .where(_LOG.c.scope == scope, _LOG.c.position > after)
        .order_by(_LOG.c.position)
        .limit(min(_ENTRIES_A_READ, MAX_BATCHES))
    )
    with replica.engine.execution_options(read_only=True).connect() as connection:
        found = [_Entry(*record) for record in connection.execute(query)]
    run: list[_Entry] = []
    room = PACK_FROM_BYTES
    for entry in found:
        if entry.received_at >= before:
            return run, False
        room -= entry.size
        if run and room < 0:
            return run, True
        run.append(entry)
    return run, len(found) == MAX_BATCHES


def _replace(replica: Replica, scope: str, run: Sequence[_Entry], done: Compacted) -> None:
    """Put a pack in place of a run of entries, in one transaction."""
    first, last = run[0].position, run[-1].position
    with replica.engine.execution_options(read_only=True).connect() as connection:
        payloads = _payloads(connection, scope, first, last)
    if len(payloads) != len(run):
        raise _Overtaken
    before = sum(map(len, payloads))
    pack = seal_pack(scope, first, last, payloads, replica.signer)
    if len(pack) >= before:
        return
    with replica.engine.begin() as connection:
        open_scope(connection, scope)
        gone = connection.execute(delete(_LOG).where(*_single_entries(scope, first, last))).rowcount
        if gone != len(payloads):
            raise _Overtaken  # leaving the block takes everything back
        connection.execute(
            insert(_LOG).values(
                scope=scope,
                position=last,
                device=PACK_DEVICE,
                first_sequence=first,
                last_sequence=last,
                rows=sum(entry.rows for entry in run),
                payload=pack,
                received_at=max(entry.received_at for entry in run),
            )
        )
    done.packs += 1
    done.entries += len(payloads)
    done.bytes_before += before
    done.bytes_after += len(pack)


def _single_entries(scope: str, first: int, last: int) -> tuple[Any, ...]:
    return (_LOG.c.scope == scope, _LOG.c.position.between(first, last), _LOG.c.device != PACK_DEVICE)


def _payloads(connection: Connection, scope: str, first: int, last: int) -> list[bytes]:
    query = select(_LOG.c.payload).where(*_single_entries(scope, first, last)).order_by(_LOG.c.position)
    return list(connection.execute(query).scalars())


def _drop(replica: Replica, scope: str, before: dt.datetime, until: float | None) -> int:
    """Let go of the oldest entries, some at a time; the horizon rises in the same transaction. Returns how many."""
    dropped = 0
    while until is None or time.monotonic() < until:
        with replica.engine.begin() as connection:
            book = open_scope(connection, scope)
            query = (
                select(_LOG.c.position, _LOG.c.received_at)
                .where(_LOG.c.scope == scope, _LOG.c.position > book.horizon)
                .order_by(_LOG.c.position)
                .limit(_DROPPED_AT_ONCE)
            )
            old = []
            for entry in connection.execute(query):
                if entry.received_at >= before:
                    break
                old.append(entry.position)
            if not old:
                return dropped
            connection.execute(delete(_LOG).where(_LOG.c.scope == scope, _LOG.c.position <= old[-1]))
            book.horizon = old[-1]
            book.save(connection)
        dropped += len(old)
    return dropped
