"""The state of exchange as people see it: counted from the books and receipts, never from hope."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.conflicts.desk import waiting_conflicts
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import ExchangeRecord, HeldBatch, Scope, ScopeState
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.lease import lease_until
from tarahum_desktop.sync.pouch.shelf import carried_up
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes

_RECORD: Any = ExchangeRecord.__table__
_SCOPE: Any = Scope.__table__
_HELD: Any = HeldBatch.__table__
_STATE: Any = ScopeState.__table__
_VERDICTS = select(_STATE.c.scope, _STATE.c.proven_at, _STATE.c.disputed_at)
_HISTORY = 20


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """One scope on this machine.

    ``complete`` says its snapshot arrived whole; ``digest`` (hex) proves equality when the other side shows the same;
    ``proven`` and ``disputed`` say what the last comparison found. Of the changes kept here ``handed`` went to an
    office, or lie in a pouch on its way there. ``mode`` is ``full``, ``write`` (only sent, never received), ``leave`` or ``left``.
    """

    scope: str
    name_ar: str
    name_en: str
    complete: bool
    kept_here: int
    confirmed: int
    rows: int
    digest: str
    proven: bool = False
    disputed: bool = False
    handed: int = 0
    mode: str = "full"


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One exchange as it went; ``result`` is ``ok``, ``running`` or the code of what stopped it."""

    id: uuid.UUID
    started_at: dt.datetime
    ended_at: dt.datetime | None
    result: str
    pushed: int
    pulled: int
    bytes_out: int
    bytes_in: int
    proven: bool
    clock_error_ms: int = 0
    carrier: str = "https"


@dataclass(frozen=True, slots=True)
class SyncState:
    """The chip and the sync centre.

    ``kept_here`` changes no receipt of the centre covers yet, ``handed`` those of them that an office or a pouch has;
    ``confirmed`` changes a receipt covers, ``sent`` all that left this machine: confirmed and handed.
    ``last_complete_at`` when an exchange last ended with every digest equal. ``lease_until`` is how long this machine
    may go without a word from the centre, None while it told nothing of that.
    """

    kept_here: int
    sent: int
    confirmed: int
    last_complete_at: dt.datetime | None
    scopes: tuple[ScopeLine, ...]
    history: tuple[ExchangeLine, ...]
    open_conflicts: int
    held_batches: int
    handed: int = 0
    lease_until: dt.datetime | None = None

    @property
    def only_here(self) -> int:
        """Changes that nobody else has: a lost machine would lose them."""
        return self.kept_here - self.handed


def sync_state(desk: Desk) -> SyncState:
    """Read the state; needs no permission, for everybody must know whether their work has left the machine."""
    return state_of(desk.replica)


def state_of(replica: Replica) -> SyncState:
    """As ``sync_state``, for programs without a person."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        names = {row.code: row for row in connection.execute(select(_SCOPE))}
        verdicts = {row.scope: row for row in connection.execute(_VERDICTS)}
        carried = carried_up(connection, from_milliseconds(replica.now()))
        lines = tuple(
            _scope_line(book, names.get(scope), verdicts[scope], carried.get(scope, 0))
            for scope, book in read_scopes(connection).items()
        )
        history = _history(connection)
        handed, confirmed = sum(line.handed for line in lines), sum(line.confirmed for line in lines)
        return SyncState(
            kept_here=sum(line.kept_here for line in lines),
            sent=confirmed + handed,
            confirmed=confirmed,
            last_complete_at=_last_complete(connection),
            scopes=lines,
            history=history,
            open_conflicts=waiting_conflicts(connection),
            held_batches=connection.scalar(select(func.count()).select_from(_HELD)) or 0,
            handed=handed,
            lease_until=None if (until := lease_until(connection)) is None else from_milliseconds(until),
        )


def _scope_line(book: ScopeBook, name: Any, verdict: Any, carried: int) -> ScopeLine:
    equal, different = verdict.proven_at, verdict.disputed_at
    return ScopeLine(
        scope=book.scope,
        name_ar=name.name_ar if name else "",
        name_en=name.name_en if name else "",
        complete=book.complete,
        kept_here=book.next_sequence - 1 - book.acknowledged,
        confirmed=book.acknowledged,
        rows=book.row_count,
        digest=book.digest.hex(),
        proven=equal is not None and (different is None or equal > different),
        disputed=different is not None and (equal is None or different >= equal),
        handed=max(0, min(max(book.handed, carried), book.next_sequence - 1) - book.acknowledged),
        mode=book.mode,
    )


def _history(connection: Connection) -> tuple[ExchangeLine, ...]:
    query = select(_RECORD).order_by(_RECORD.c.id.desc()).limit(_HISTORY)
    return tuple(
        ExchangeLine(
            row.id, row.started_at, row.ended_at, row.result, row.pushed, row.pulled,
            row.bytes_out, row.bytes_in, row.proven, row.clock_error_ms,
            row.carrier,
        )
        for row in connection.execute(query)
    )  # fmt: skip


def _last_complete(connection: Connection) -> dt.datetime | None:
    query = select(_RECORD.c.ended_at).where(_RECORD.c.proven).order_by(_RECORD.c.id.desc()).limit(1)
    found: dt.datetime | None = connection.scalar(query)
    return found
