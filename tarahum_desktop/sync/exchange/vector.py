"""A call that asks how much of every device the other side holds of a scope, answered under its signature.

The centre's answer is its word on all devices at once: a hub or a pouch may hand it on, and whoever verifies it with
the centre's key may count its own changes as confirmed without ever having met the centre.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import EMPTY_DIGEST, read_scopes, read_vector

_SIGNING_CONTEXT: Final = b"tarahum vector 1\x00"


class VectorRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for the vector of a scope."""

    scope: str


class VectorReceipt(msgspec.Struct, array_like=True, frozen=True):
    """What a replica holds of a scope, by its signed word.

    ``vector`` is ``{device: highest gap-free sequence}``, ``position`` its own log's head, ``digest`` 8 bytes,
    ``rows`` their number, ``time`` in UTC milliseconds, ``device`` who signs. To a device that may only send to the
    scope, the vector names that device alone, and position, digest and rows are empty.
    """

    scope: str
    vector: dict[int, int]
    position: int
    digest: bytes
    rows: int
    time: int
    device: int
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        told = sorted(self.vector.items())
        return _SIGNING_CONTEXT + msgspec.msgpack.encode(
            (self.scope, told, self.position, self.digest, self.rows, self.time, self.device)
        )


VECTOR: Final = Call("vector", VectorRequest, VectorReceipt)


def vector_receipt(
    connection: Connection, replica: Replica, scope: str, only: int | None = None
) -> VectorReceipt:
    """This replica's signed word on a scope as the connection's transaction sees it; ``only`` one device's part."""
    book = read_scopes(connection).get(scope)
    vector = read_vector(connection, scope)
    if book is not None and book.next_sequence > 1:
        vector[replica.device] = book.next_sequence - 1
    if only is not None:
        vector, book = {only: vector.get(only, 0)}, None
    receipt = VectorReceipt(
        scope,
        vector,
        book.head if book else 0,
        book.digest if book else EMPTY_DIGEST,
        book.row_count if book else 0,
        replica.wall(),
        replica.device,
    )
    return msgspec.structs.replace(receipt, signature=replica.signer.sign(receipt.signed_bytes()))


def answer_vector(replica: Replica, device: KnownDevice, request: VectorRequest) -> VectorReceipt:
    """The whole vector to whoever may read the scope, its own part to whoever may only send."""
    if not (device.may_read(request.scope) or device.may_send(request.scope)):
        raise SyncError("scope_denied")
    only = None if device.may_read(request.scope) else device.number
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return vector_receipt(connection, replica, request.scope, only)
