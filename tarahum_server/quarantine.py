"""Batches that were held: an administrator looks at them, and lets one in after deciding that it may be."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select

from tarahum_desktop.models import HeldBatch
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.receive import Gate, receive_batch
from tarahum_desktop.sync.relocate_late import LATE
from tarahum_server.centre import Centre
from tarahum_server.devices import BadRequest

_HELD: Any = HeldBatch.__table__


def list_held(centre: Centre) -> Sequence[Any]:
    """Held batches without their contents, oldest first."""
    columns = ("id", "scope", "device", "first_sequence", "last_sequence", "reason", "held_at")
    query = select(*(_HELD.c[name] for name in columns)).order_by(_HELD.c.held_at, _HELD.c.first_sequence)
    with centre.engine.execution_options(read_only=True).connect() as connection:
        return connection.execute(query).all()


def release(centre: Centre, held_id: UUID) -> int:
    """Apply a held batch whatever its author or device may; returns its changes that were new.

    The signature is checked again, and a gap still refuses it.

    Raises:
        BadRequest: no such batch.
        SyncError: it still does not fit; it stays held.
    """
    gate = Gate(lambda connection, number: find_device(connection, number).signing_key, _let_in)
    with centre.engine.begin() as connection:
        payload = connection.execute(
            # What is kept as late was let in already and waits to be acted upon.
            select(_HELD.c.payload).where(_HELD.c.id == held_id, _HELD.c.reason != LATE)
        ).scalar_one_or_none()
        if payload is None:
            raise BadRequest(what="held")
        done = receive_batch(connection, centre.replica, payload, gate)
        connection.execute(delete(_HELD).where(_HELD.c.id == held_id))
    return done.changes


def _let_in(_connection: Connection, _batch: Batch) -> None:
    """The administrator decided."""
