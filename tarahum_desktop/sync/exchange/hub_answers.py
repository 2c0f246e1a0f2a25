"""What is an office's own way when it answers its laptops: whom it serves, with which scopes, whose word it hands on.

An office is not the centre: it leases nothing, enrols nobody, and what it takes is handed, not confirmed. It keeps
each batch as its maker signed it and relays it; that is why it asks of each what the centre will ask.
"""

from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, current_device
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.exchange.relay import OtherSide, carries, note_carried
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.handing import seal_unsent
from tarahum_desktop.sync.permissions_check import check_batch
from tarahum_desktop.sync.receipts import newest_receipt
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes

_FULL: Final = "full"


class ReceiptsRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for the centre's newest word on each of the caller's scopes."""

    version: int = 1


class ReceiptsReply(msgspec.Struct, array_like=True, frozen=True):
    """The centre's words as it signed them."""

    receipts: list[VectorReceipt]


RECEIPTS: Final = Call("receipts", ReceiptsRequest, ReceiptsReply)


def answer_receipts(replica: Replica, device: KnownDevice, _request: ReceiptsRequest) -> ReceiptsReply:
    """Of the scopes the device may read: others' sequences are nothing for whoever may only send."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        found = [newest_receipt(connection, scope) for scope in sorted(device.scopes - device.leaving)]
    return ReceiptsReply([receipt for receipt in found if receipt is not None])


def peer_gate(centre: OtherSide) -> Gate:
    """Who may put what into a log that is not the centre's: the centre's own word, and what it would let in."""

    def key_of(connection: Connection, device: int) -> bytes:
        return centre.key if device == centre.device else current_device(connection, device).signing_key

    def check(connection: Connection, batch: Batch) -> None:
        if batch.header.device != centre.device:
            check_batch(connection, batch)

    return Gate(key_of, check, centre_key=centre.key)


def served(connection: Connection, device: KnownDevice, committee: str) -> KnownDevice:
    """The device with those of its scopes that are whole here; raises SyncError ``hub_foreign`` for others' devices."""
    if device.committee != committee:
        raise SyncError("hub_foreign", device=device.number)
    whole = {scope for scope, book in read_scopes(connection).items() if book.complete and book.mode == _FULL}
    return replace(device, scopes=device.scopes & whole, write_scopes=device.write_scopes & whole)


def offer_own(replica: Replica, device: KnownDevice) -> None:
    """What was written at the hub itself goes into its log, from which others take it."""
    for scope in sorted(device.scopes):
        seal_unsent(replica, scope)


def expect_others(replica: Replica, scope: str) -> None:
    """Somebody's batch is about to be taken: from now on the centre may lack what lies here."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        if carries(connection, scope):
            return
    with replica.engine.begin() as connection:
        note_carried(connection, scope)
