"""Runs one exchange and keeps its record: when, how much, how it ended, and whether equality was proven.

The record is opened before the first byte moves and closed however the exchange ends, so that a machine switched off
in the middle shows an exchange that was broken off instead of none.
"""

import datetime as dt
import uuid
from contextlib import suppress
from typing import Any, Final, Protocol

from sqlalchemy import insert, select, update

from tarahum_desktop.casework.devices_heard import fetch_fleet
from tarahum_desktop.casework.errors import ExchangeRunning
from tarahum_desktop.casework.exchange_habits import read_habits, refuse_large
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import ExchangeRecord, ScopeState
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress, Report
from tarahum_desktop.sync.exchange.through_cuts import exchange_through_cuts
from tarahum_desktop.sync.pouch.forward import forward_all
from tarahum_desktop.sync.replica import Replica

OK: Final = "ok"
RUNNING: Final = "running"
DISPUTED: Final = "digest_differs"
HTTPS: Final = "https"
_RECORD: Any = ExchangeRecord.__table__
_STATE: Any = ScopeState.__table__
# Longer than any exchange that still moves: a record left open by a power cut does not block for ever.
_FORGOTTEN: Final = dt.timedelta(hours=6)


class CountingLine(Carrier, Protocol):
    """A carrier that knows how many bytes went over it."""

    bytes_out: int
    bytes_in: int


class KnownCentre(Protocol):
    """What a replica knows of its centre; the enrolment has it."""

    @property
    def centre_key(self) -> bytes:
        """The key its receipts are signed with."""

    @property
    def centre_device(self) -> int:
        """Its device number."""


def exchange_now(
    replica: Replica, line: CountingLine, centre: KnownCentre, report: Report, *, asked: bool = True
) -> Outcome:
    """Exchange with the centre over an open line.

    Args:
        replica: this machine's.
        line: closed by the caller.
        centre: whom to believe.
        report: told after each step; whatever it raises stops the exchange at that step.
        asked: whether a person asked for it; on a metered line nothing large moves by itself.

    Raises:
        ExchangeRunning: one at a time.
        LargeExchange: nothing moved.
        LineFailed, SyncError: what was acknowledged before stays so.
    """
    record = begin_record(replica)
    last = Progress()
    habits = read_habits(replica)

    def listen(progress: Progress) -> None:
        nonlocal last
        last = progress
        if habits.metered and not asked and progress.phase == "hello":
            refuse_large(progress)
        report(progress)

    try:
        with suppress(
            SyncError
        ):  # what could not be handed on waits; the exchange itself says what the line is like
            forward_all(replica, line)
        outcome = exchange_through_cuts(
            replica,
            line,
            centre.centre_key,
            centre.centre_device,
            listen,
            files=BlobPolicy(metered=habits.metered),
        )
    except TarahumError as error:
        end_record(replica, record, error.code, last, line, proven=False)
        raise
    except BaseException:
        end_record(replica, record, RUNNING, last, line, proven=False)  # ended while running: broken off
        raise
    result = DISPUTED if outcome.disputed else OK
    end_record(replica, record, result, outcome, line, proven=outcome.complete)
    _keep_verdicts(replica, outcome)
    with suppress(SyncError):  # who was heard from can be asked next time; the exchange is through
        fetch_fleet(replica, line)
    return outcome


def begin_record(replica: Replica, carrier: str = HTTPS) -> uuid.UUID:
    """Open the record of an exchange; raises ExchangeRunning."""
    now = from_milliseconds(replica.now())
    record = new_id(replica.now())
    with replica.engine.begin() as connection:
        running = select(_RECORD.c.id).where(
            _RECORD.c.result == RUNNING,
            _RECORD.c.ended_at.is_(None),
            _RECORD.c.started_at > now - _FORGOTTEN,
            _RECORD.c.started_at <= now,
        )
        if connection.scalar(running.limit(1)) is not None:
            raise ExchangeRunning
        connection.execute(
            insert(_RECORD),
            {
                "id": record, "started_at": now, "result": RUNNING, "pushed": 0, "pulled": 0, "bytes_out": 0,
                "bytes_in": 0, "proven": False, "clock_error_ms": 0, "carrier": carrier,
            },
        )  # fmt: skip
    return record


def end_record(
    replica: Replica,
    record: uuid.UUID,
    result: str,
    done: Progress | Outcome,
    line: CountingLine,
    *,
    proven: bool,
) -> None:
    """Close it with what was done until then."""
    with replica.engine.begin() as connection:
        connection.execute(
            update(_RECORD)
            .where(_RECORD.c.id == record)
            .values(
                ended_at=from_milliseconds(replica.now()),
                result=result,
                pushed=done.pushed,
                pulled=done.pulled,
                bytes_out=line.bytes_out,
                bytes_in=line.bytes_in,
                proven=proven,
                clock_error_ms=done.clock_error_ms if isinstance(done, Outcome) else 0,
            )
        )


def _keep_verdicts(replica: Replica, outcome: Outcome) -> None:
    """Keep for each scope when it was last found equal, or different."""
    now = from_milliseconds(replica.now())
    with replica.engine.begin() as connection:
        for column, scopes in (("proven_at", outcome.proven), ("disputed_at", outcome.disputed)):
            connection.execute(update(_STATE).where(_STATE.c.scope.in_(scopes)).values({column: now}))


def close_forgotten(replica: Replica) -> int:
    """At unlocking, when none can be running: end the records that a power cut or a kill left open."""
    left_open = (_RECORD.c.result == RUNNING, _RECORD.c.ended_at.is_(None))
    with replica.engine.begin() as connection:
        closed = connection.execute(
            update(_RECORD).where(*left_open).values(ended_at=from_milliseconds(replica.now()))
        )
    return closed.rowcount
