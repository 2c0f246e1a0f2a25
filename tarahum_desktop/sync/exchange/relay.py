"""The phase that hands on what lies in the log as its makers signed it: others' batches, and own sealed ones.

It runs where the log holds something the other side lacks: own changes that went to a hub or into a pouch first,
batches taken from a hub or a pouch, and everything since the backup where a centre was set back to one. The order is
the log's, so nothing comes before what its maker had seen, and no exchange without such news pays a request for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, select

from tarahum_desktop.models import HeldBatch
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.messages import PushReply, ScopeOffer
from tarahum_desktop.sync.exchange.vector import VECTOR, VectorReceipt, VectorRequest
from tarahum_desktop.sync.handing import (
    LogBatch,
    confirm_up_to,
    note_handed,
    read_batches,
    read_payload,
    sealed_up_to,
)
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.receipts import covers, take_receipt
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope, read_vector
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.signatures import verify

_HELD: Any = HeldBatch.__table__
_CARRIES: Final = "carries:"
_STUCK: Final = "stuck:"
_SERVES: Final = "serves"
_OK: Final = "ok"
_KEPT_THERE: Final = "held"
_ASK_AGAIN_MS: Final = 60 * 60 * 1000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Whom an exchange is with: its device number, the key of its receipts, whether it is the centre."""

    device: int
    key: bytes
    is_centre: bool


class Stuck(msgspec.Struct, array_like=True, frozen=True):
    """A device's batches that the centre did not take from here: the first of them, its code, and when it said so.

    ``held`` is kept there until what it waits for arrives, or until an administrator lets it in.
    """

    device: int
    first: int
    code: str
    at: int


def note_carried(connection: Connection, scope: str) -> None:
    """Batches came here from somebody who is not the centre, which may lack them."""
    write_setting(connection, _CARRIES + scope, value=True)


def carries(connection: Connection, scope: str) -> bool:
    """Whether this replica may hold what the centre lacks."""
    return bool(read_setting(connection, _CARRIES + scope))


def note_serving(connection: Connection, serving: bool) -> None:
    """Whether others come to this replica, and want the centre's word from it."""
    write_setting(connection, _SERVES, value=serving or None)


def serves(connection: Connection) -> bool:
    """Whether others come to this replica."""
    return bool(read_setting(connection, _SERVES))


def stuck_batches(connection: Connection, scope: str) -> list[Stuck]:
    """What the centre did not take from here of a scope; for people to see."""
    return [msgspec.convert(found, Stuck) for found in read_setting(connection, _STUCK + scope) or []]


def was_set_back(book: ScopeBook, offer: ScopeOffer) -> bool:
    """Whether the other side is an older state of itself: its log is shorter than what was taken from it."""
    return offer.mode == "full" and offer.position < book.remote_position


def must_relay(connection: Connection, replica: Replica, book: ScopeBook, offer: ScopeOffer) -> bool:
    """Whether the log may hold something the centre lacks, by what its hello said."""
    sealed = sealed_up_to(connection, book.scope, replica.device, 0)
    # What others brought there already is confirmed by the receipt that ends this phase.
    sealed_only = sealed > min(offer.acknowledged, book.acknowledged)
    return sealed_only or was_set_back(book, offer) or carries(connection, book.scope)


def ask_vector(carrier: Carrier, scope: str, side: OtherSide) -> VectorReceipt:
    """What the other side holds of a scope; raises SyncError when what came is not its own word."""
    receipt = carrier.ask(VECTOR, VectorRequest(scope))
    if receipt.scope != scope or receipt.device != side.device:
        raise SyncError("receipt_foreign", scope=scope)
    if not verify(side.key, receipt.signature, receipt.signed_bytes()):
        raise SyncError("receipt_signature")
    return receipt


def relay_scope(
    replica: Replica,
    carrier: Carrier,
    scope: str,
    theirs: Mapping[int, int],
    side: OtherSide,
    progress: Progress,
) -> bool:
    """Hand over what the other side's vector lacks, in log order; returns whether it took every own batch.

    What is refused stops its own device's batches, not those of others, and is kept for people to see.

    Raises:
        LineFailed: the line broke; what was confirmed is recorded.
        SyncError: a receipt is not the other side's.
    """
    known = dict(theirs)
    refused: dict[int, Stuck] = {}
    with replica.engine.execution_options(read_only=True).connect() as connection:
        stuck = stuck_batches(connection, scope) if side.is_centre else []
    waiting = {found.device: found for found in stuck}
    for batch, payload in _lacking(replica, scope, known, refused):
        before = waiting.get(batch.device)
        if before and _is_kept_there(before, batch, replica.now()):
            refused[batch.device] = before
            continue
        reply = carrier.push(payload)
        _check(reply, scope, batch, side)
        known[batch.device] = max(known.get(batch.device, 0), reply.receipt.sequence)
        if reply.code != _OK:
            refused[batch.device] = Stuck(batch.device, batch.first, reply.code, replica.now())
        elif batch.device == replica.device:
            _count(replica, scope, reply.receipt.sequence, side)
        progress(batch.rows if reply.code == _OK else 0)
    if side.is_centre:
        with replica.engine.begin() as connection:
            told = [msgspec.to_builtins(found) for found in refused.values()]
            write_setting(connection, _STUCK + scope, told or None)
    return replica.device not in refused


def _lacking(
    replica: Replica, scope: str, known: Mapping[int, int], refused: Mapping[int, Stuck]
) -> Iterator[tuple[LogBatch, bytes]]:
    """The log's batches beyond a vector that grows while they are handed over; no transaction is open meanwhile."""
    reading = replica.engine.execution_options(read_only=True)
    after = 0
    while True:
        with reading.connect() as connection:
            page = read_batches(connection, scope, after)
        if not page:
            return
        for batch in page:
            if batch.device in {PACK_DEVICE, *refused} or batch.last <= known.get(batch.device, 0):
                continue
            with reading.connect() as connection:
                payload = read_payload(connection, scope, batch.position)
            if payload is not None:
                yield batch, payload
        after = page[-1].position


def _is_kept_there(before: Stuck, batch: LogBatch, now: int) -> bool:
    """What the centre keeps already need not cross a bad line again each time."""
    return before.first == batch.first and before.code == _KEPT_THERE and 0 <= now - before.at < _ASK_AGAIN_MS


def _check(reply: PushReply, scope: str, batch: LogBatch, side: OtherSide) -> None:
    receipt = reply.receipt
    if (receipt.scope, receipt.device) != (scope, batch.device):
        raise SyncError("receipt_foreign")
    if not verify(side.key, receipt.signature, receipt.signed_bytes()):
        raise SyncError("receipt_signature")


def _count(replica: Replica, scope: str, sequence: int, side: OtherSide) -> None:
    with replica.engine.begin() as connection:
        if side.is_centre:
            confirm_up_to(connection, replica, open_scope(connection, scope), sequence)
        else:
            note_handed(connection, scope, sequence)


def fetch_receipt(replica: Replica, carrier: Carrier, scope: str, side: OtherSide) -> VectorReceipt:
    """Fetch the centre's word on a scope and keep it; once it covers all that is here, nothing is to be relayed."""
    receipt = ask_vector(carrier, scope, side)
    with replica.engine.begin() as connection:
        take_receipt(connection, replica, receipt, side.key)
        if covers(receipt, read_vector(connection, scope)):
            write_setting(connection, _CARRIES + scope, None)
    return receipt


def others_vector(connection: Connection, replica: Replica, scope: str) -> dict[int, int]:
    """What is applied here of the other devices."""
    vector = read_vector(connection, scope)
    return {device: sequence for device, sequence in vector.items() if device != replica.device}


def forget_held(connection: Connection, scope: str) -> None:
    """Let go of batches that were held here and came another way since."""
    vector = read_vector(connection, scope)
    query = select(_HELD.c.id, _HELD.c.device, _HELD.c.last_sequence).where(_HELD.c.scope == scope)
    gone = [
        found.id for found in connection.execute(query) if found.last_sequence <= vector.get(found.device, 0)
    ]
    if gone:
        connection.execute(delete(_HELD).where(_HELD.c.id.in_(gone)))


def take_from_start(connection: Connection, scope: str) -> None:
    """Follow the centre's log from its beginning again: its positions are others than those that were taken."""
    book = open_scope(connection, scope)
    book.remote_position = 0
    book.save(connection)
