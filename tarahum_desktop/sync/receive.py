"""Takes in one sealed batch from wherever it came, under the receiver's full care.

Nothing is half applied and nothing is thrown away: a batch is applied, or held with the reason, or refused with
a code its sender shows. After each success the batches that waited for it are tried again.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import HeldBatch
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.apply import Applied, apply_batch
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.codec.envelope import open_batch, read_header
from tarahum_desktop.sync.errors import BadBatch, BatchTooEarly, ClockAhead, DeviceRevoked, SyncError
from tarahum_desktop.sync.relocate_late import LATE, is_late
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import verify

_HELD: Any = HeldBatch.__table__
_HELD_NAMES = uuid.UUID("0d0c2a60-0f66-5a8e-8a3c-68656c646261")

KeyOf = Callable[[Connection, int], bytes]
Check = Callable[[Connection, Batch], None]


@dataclass(frozen=True, slots=True)
class Gate:
    """Who decides on batches: ``key_of`` a device (raises for unknown and revoked ones), ``check`` of content.

    ``keeps_late`` at a centre: what came too late for its scope is kept there until it is acted upon.
    ``centre_key`` is whose re-packs are believed; without one, nobody's.
    """

    key_of: KeyOf
    check: Check
    keeps_late: bool = False
    centre_key: bytes = b""


def receive_batch(connection: Connection, replica: Replica, payload: bytes, gate: Gate) -> Applied:
    """Verify and apply a batch in the caller's transaction, then whatever waited for it.

    Raises:
        BadBatch, UnknownDevice, BatchTooEarly, ClockAhead, DeviceRevoked: see ``hold_reason`` for which may
            be kept; the caller rolls back before it holds one.
    """
    batch = open_batch(payload, lambda device: gate.key_of(connection, device), verify)
    gate.check(connection, batch)
    done = apply_batch(connection, replica, batch, payload)
    _keep_late(connection, replica, batch, payload, done, gate)
    if done.changes:
        retry_held(connection, replica, batch.header.scope, gate)
    return done


def _keep_late(
    connection: Connection, replica: Replica, batch: Batch, payload: bytes, done: Applied, gate: Gate
) -> None:
    if gate.keeps_late and done.changes and is_late(connection, batch, done.late):
        hold_batch(connection, replica, payload, LATE)


def hold_reason(error: TarahumError) -> str | None:
    """Why a refused batch should be kept for later; None when it must be sent anew."""
    if isinstance(error, DeviceRevoked):
        return error.code
    if isinstance(error, BatchTooEarly) and error.code == "batch_waiting":
        return error.code
    if isinstance(error, (ClockAhead, BadBatch)) and error.code in {"row_unknown", "author_not_allowed"}:
        return error.code
    return None


def hold_batch(connection: Connection, replica: Replica, payload: bytes, reason: str) -> None:
    """Keep a batch with the reason; keeping it twice keeps it once."""
    _, header = read_header(payload)
    name = f"{header.scope}:{header.device}:{header.first}:{header.last}"
    if reason == LATE:
        name += ":late"  # it was applied, and may lie here for another reason until that is known
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(_HELD)
        .values(
            id=uuid.uuid5(_HELD_NAMES, name),
            scope=header.scope,
            device=header.device,
            first_sequence=header.first,
            last_sequence=header.last,
            reason=reason,
            payload=payload,
            held_at=from_milliseconds(replica.wall()),
        )
        .on_conflict_do_nothing()
    )


def retry_held(connection: Connection, replica: Replica, scope: str, gate: Gate) -> int:
    """Apply held batches of a scope for as long as one more fits; returns how many did.

    Each device's in the order of its sequences, and no more than one of them in memory.
    """
    waiting = (
        select(_HELD.c.id)
        .where(_HELD.c.scope == scope, _HELD.c.reason.in_(("batch_waiting", "row_unknown")))
        .order_by(_HELD.c.device, _HELD.c.first_sequence)
    )
    left = list(connection.execute(waiting).scalars())
    applied = 0
    while left:
        fitted = {held for held in left if _fits(connection, replica, _payload(connection, held), gate)}
        if not fitted:
            break
        for held in fitted:
            connection.execute(delete(_HELD).where(_HELD.c.id == held))
        left = [held for held in left if held not in fitted]
        applied += len(fitted)
    return applied


def _payload(connection: Connection, held: uuid.UUID) -> bytes:
    payload: bytes = connection.execute(select(_HELD.c.payload).where(_HELD.c.id == held)).scalar_one()
    return payload


def _fits(connection: Connection, replica: Replica, payload: bytes, gate: Gate) -> bool:
    try:
        with connection.begin_nested():
            batch = open_batch(payload, lambda device: gate.key_of(connection, device), verify)
            gate.check(connection, batch)
            done = apply_batch(connection, replica, batch, payload)
            _keep_late(connection, replica, batch, payload, done, gate)
    except SyncError:
        return False
    return True


def header_of(payload: bytes) -> BatchHeader:
    """The header of a batch, before anything is verified."""
    return read_header(payload)[1]
