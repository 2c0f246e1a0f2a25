"""Phase 1, and again at the end: who has what. One hello is all an exchange without news takes."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tarahum_desktop import __version__
from tarahum_desktop.sync.clock import MAX_AHEAD_MS
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.messages import (
    HIGHEST_VERSION,
    LOWEST_VERSION,
    MAX_SCOPES,
    HelloReply,
    HelloRequest,
    ScopeHave,
    ScopeOffer,
)
from tarahum_desktop.sync.leave import LEFT
from tarahum_desktop.sync.log import waiting
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import EMPTY_DIGEST, ScopeBook, read_scopes, read_vector


@dataclass(frozen=True, slots=True)
class Greeting:
    """A hello and its answer, with the books as they stood when it was said."""

    books: dict[str, ScopeBook]
    reply: HelloReply
    clock_error_ms: int

    @property
    def clock_wrong(self) -> bool:
        """Whether this machine's clock is so far from the other side's that people should be told."""
        return abs(self.clock_error_ms) > MAX_AHEAD_MS


def say_hello(replica: Replica, carrier: Carrier) -> Greeting:
    """Tell the other side what is here and learn what is there."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        books = read_scopes(connection)
    have = {
        scope: ScopeHave(book.remote_position, book.next_sequence - 1, book.digest, book.row_count)
        for scope, book in books.items()
        if book.mode != LEFT or book.next_sequence - 1 > book.acknowledged
    }
    now = replica.wall()
    reply = carrier.hello(
        HelloRequest(LOWEST_VERSION, HIGHEST_VERSION, replica.schema, now, have, __version__)
    )
    if not LOWEST_VERSION <= reply.version <= HIGHEST_VERSION:
        raise SyncError("version_unknown", version=reply.version)
    return Greeting(books, reply, now - reply.time)


def answer_hello(
    connection: Connection, replica: Replica, device: KnownDevice, request: HelloRequest, lease_until: int
) -> HelloReply:
    """Answer for every scope the device may hold, whether it asked or not."""
    version = min(HIGHEST_VERSION, request.highest)
    if version < max(LOWEST_VERSION, request.lowest):
        raise SyncError("version_unknown", version=request.highest)
    if len(request.scopes) > MAX_SCOPES:
        raise SyncError("message_too_large")
    books = read_scopes(connection)
    names = device.scopes if version == LOWEST_VERSION else device.scopes | device.write_scopes
    offers = {
        scope: _offer(connection, device, scope, books.get(scope), request.scopes.get(scope))
        for scope in sorted(names)
        if version > LOWEST_VERSION or device.may_read(scope)
    }
    return HelloReply(version, replica.schema, replica.wall(), lease_until, offers)


def _offer(
    connection: Connection, device: KnownDevice, scope: str, book: ScopeBook | None, have: ScopeHave | None
) -> ScopeOffer:
    known = read_vector(connection, scope).get(device.number, 0)
    mode = device.mode(scope)
    if book is None or mode != "full":
        return ScopeOffer(known, 0, EMPTY_DIGEST, 0, mode=mode)
    after = max(have.position if have else 0, book.horizon)
    behind = after < book.head
    rows, size = waiting(connection, scope, after, book.head, device.number) if behind else (0, 0)
    return ScopeOffer(known, book.head, book.digest, book.row_count, book.horizon, mode, rows, size)
