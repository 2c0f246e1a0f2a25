"""The centre's signed word on a scope: verified, kept for handing on, and believed for one's own changes.

It is the only thing besides the receipt of a push that empties the outbox, and it may come by any way.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import CentreReceipt
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.handing import confirm_up_to
from tarahum_desktop.sync.lease import prolong_lease
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope, read_scopes
from tarahum_desktop.sync.signatures import verify

_KEPT: Any = CentreReceipt.__table__


def take_receipt(connection: Connection, replica: Replica, receipt: VectorReceipt, centre_key: bytes) -> int:
    """Keep the centre's word if it is news, and let what it covers leave the outbox; returns how many changes did.

    An older word is still true of what it covers, and lowers nothing: sequences once confirmed stay confirmed, and the
    newest word stays the one that is kept.

    Raises:
        SyncError: ``receipt_signature`` when the centre did not sign it, ``receipt_foreign`` for a scope not held here.
    """
    if not verify(centre_key, receipt.signature, receipt.signed_bytes()):
        raise SyncError("receipt_signature")
    if receipt.scope not in read_scopes(connection):
        raise SyncError("receipt_foreign", scope=receipt.scope)
    if replica.device in receipt.vector:
        prolong_lease(connection, receipt.time)
    book = open_scope(connection, receipt.scope)
    kept = newest_receipt(connection, receipt.scope)
    if kept is None or _is_newer(receipt, kept):
        _keep(connection, replica, receipt)
    return confirm_up_to(connection, replica, book, receipt.vector.get(replica.device, 0))


def newest_receipt(connection: Connection, scope: str) -> VectorReceipt | None:
    """The newest word of the centre on a scope that reached this replica."""
    packed = connection.execute(select(_KEPT.c.receipt).where(_KEPT.c.scope == scope)).scalar_one_or_none()
    return None if packed is None else msgspec.msgpack.decode(packed, type=VectorReceipt)


def covers(receipt: VectorReceipt, vector: dict[int, int]) -> bool:
    """Whether the centre's word names at least as much of each device."""
    return all(receipt.vector.get(device, 0) >= sequence for device, sequence in vector.items())


def _is_newer(receipt: VectorReceipt, kept: VectorReceipt) -> bool:
    """By the centre's clock; where that was set back, by what it holds, which only grows."""
    if covers(kept, receipt.vector):
        # The same or less: only a centre that was set back to an older state says so at a later time.
        return receipt.time > kept.time
    return receipt.time >= kept.time or covers(receipt, kept.vector)


def _keep(connection: Connection, replica: Replica, receipt: VectorReceipt) -> None:
    insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(_KEPT)
    values = {"receipt": msgspec.msgpack.encode(receipt), "taken_at": from_milliseconds(replica.now())}
    connection.execute(
        insert.values(scope=receipt.scope, **values).on_conflict_do_update(
            index_elements=["scope"], set_=values
        )
    )
