"""A call by which a device finds out whether the changes that the other side has of it are the ones it has itself.

Where the other side has more than was confirmed here, either receipts were lost on the way, or this machine's files
are an older copy that has begun to use numbers again. The change with the last common number tells the two apart.
"""

from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from tarahum_desktop.models import BatchLog, Outbox
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.codec.pack import is_pack
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook
from tarahum_desktop.sync.set_back import has_more_of_us
from tarahum_desktop.sync.signatures import verify

_LOG: Any = BatchLog.__table__
_OUTBOX: Any = Outbox.__table__
_UNKNOWN: Final = b""


class MineRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks which of the caller's own changes has a sequence."""

    scope: str
    sequence: int


class MineReply(msgspec.Struct, array_like=True, frozen=True):
    """Stamp and row id, 28 bytes; none where the log no longer keeps the batch as it came."""

    change: bytes


MINE: Final = Call("mine", MineRequest, MineReply)


def answer_mine(replica: Replica, device: KnownDevice, request: MineRequest) -> MineReply:
    """From the batch in the log that the caller signed."""
    if not device.may_send(request.scope):
        raise SyncError("scope_denied")
    with replica.engine.execution_options(read_only=True).connect() as connection:
        query = (
            select(_LOG.c.payload)
            .where(
                _LOG.c.scope == request.scope,
                _LOG.c.device == device.number,
                _LOG.c.last_sequence >= request.sequence,
                _LOG.c.first_sequence <= request.sequence,
            )
            .order_by(_LOG.c.position)
            .limit(1)
        )
        payload = connection.execute(query).scalar_one_or_none()
    if payload is None or is_pack(payload):
        return MineReply(_UNKNOWN)
    return MineReply(_change_in(open_batch(payload, lambda _: device.signing_key, verify), request.sequence))


def _change_in(batch: Batch, sequence: int) -> bytes:
    for group in batch.inserts:
        if sequence in group.sequences:
            at = group.sequences.index(sequence)
            return group.stamps[at] + group.row_ids[at]
    found = (change.stamp + change.row_id for change in batch.updates if change.sequence == sequence)
    return next(found, _UNKNOWN)


def is_older_copy(connection: Connection, carrier: Carrier, book: ScopeBook, there: int) -> bool:
    """Whether these files are an older copy, by what the other side has of this device; asks it where that is unclear.

    Where the other side cannot tell any more, yes: sending twice changes nothing, and taking new work for known would
    lose it.
    """
    if there <= book.acknowledged:
        return False
    if has_more_of_us(book, there):
        return True
    query = select(_OUTBOX.c.stamp, _OUTBOX.c.row_id).where(
        _OUTBOX.c.scope == book.scope, _OUTBOX.c.sequence == there
    )
    here = connection.execute(query).one_or_none()
    if here is None:
        return False
    expected: bytes = here.stamp + here.row_id.bytes
    return carrier.ask(MINE, MineRequest(book.scope, there)).change != expected
