"""Own changes sealed once for whoever is not the centre: a hub, a pouch.

What leaves this machine by such a way is sealed with what its maker had seen at that moment, and goes on to the centre
as exactly that batch, whoever carries it there. Sealed anew later it would name what others wrote after they had seen
it, and each would wait for the other for ever. The sealed batch lies in the log at once; its changes stay in the
outbox, and count as kept here only, until the centre's word covers them.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select

from tarahum_desktop.models import BatchLog, Outbox
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.log import append_batch, take_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope, read_scopes

_LOG: Any = BatchLog.__table__
_OUTBOX: Any = Outbox.__table__
ROWS_A_HANDED_BATCH: Final = 250
"""About 32 KiB: whoever relays it cannot cut it, and the relay's own line may be the worst of all."""
_ENTRIES_A_READ: Final = 1_000
_COLUMNS: Final = ("position", "device", "first_sequence", "last_sequence", "rows")


@dataclass(frozen=True, slots=True)
class LogBatch:
    """One batch of the log as its maker signed it, without its content."""

    position: int
    device: int
    first: int
    last: int
    rows: int


def sealed_up_to(connection: Connection, scope: str, device: int, acknowledged: int) -> int:
    """The last own change of a scope that lies in a sealed batch or was confirmed."""
    query = select(func.max(_LOG.c.last_sequence)).where(_LOG.c.scope == scope, _LOG.c.device == device)
    return max(acknowledged, connection.execute(query).scalar() or 0)


def seal_unsent(replica: Replica, scope: str, rows_a_batch: int = ROWS_A_HANDED_BATCH) -> int:
    """Seal every own change of a scope that is in no sealed batch yet into the log; returns the last one sealed.

    Call it in front of handing over; what is sealed already is sealed never again.
    """
    with replica.engine.execution_options(read_only=True).connect() as connection:
        book = read_scopes(connection).get(scope)
        if (
            book is None
            or sealed_up_to(connection, scope, replica.device, book.acknowledged) == book.next_sequence - 1
        ):
            return book.next_sequence - 1 if book else 0
    with replica.engine.begin() as connection:
        book = open_scope(connection, scope)
        sealed = seal_in_log(connection, replica, book, book.next_sequence - 1, rows_a_batch)
        book.save(connection)
    return sealed


def seal_in_log(
    connection: Connection,
    replica: Replica,
    book: ScopeBook,
    up_to: int,
    rows_a_batch: int = ROWS_A_HANDED_BATCH,
) -> int:
    """The same for changes up to a sequence in the caller's transaction, who saves the book."""
    sealed = sealed_up_to(connection, book.scope, replica.device, book.acknowledged)
    while sealed < up_to:
        limit = min(rows_a_batch, up_to - sealed)
        batch = take_batch(connection, replica.device, replica.schema, book.scope, sealed, limit)
        if batch is None:
            break
        append_batch(
            connection, book, batch.header, batch.rows, seal_batch(batch, replica.signer), replica.wall()
        )
        sealed = batch.header.last
    return sealed


def confirm_up_to(connection: Connection, replica: Replica, book: ScopeBook, sequence: int) -> int:
    """The centre holds own changes up to a sequence: they leave the outbox and lie in the log. Returns how many.

    Never lowers anything, and confirms nothing that was not made here. The book is saved.
    """
    sequence = min(sequence, book.next_sequence - 1)
    confirmed = sequence - book.acknowledged
    if confirmed <= 0:
        return 0
    seal_in_log(connection, replica, book, sequence)
    connection.execute(delete(_OUTBOX).where(_OUTBOX.c.scope == book.scope, _OUTBOX.c.sequence <= sequence))
    book.acknowledged = sequence
    book.save(connection)
    return confirmed


def note_handed(connection: Connection, scope: str, sequence: int) -> None:
    """Somebody who is not the centre has own changes up to a sequence."""
    book = open_scope(connection, scope)
    sequence = min(sequence, book.next_sequence - 1)
    if sequence > book.handed:
        book.handed = sequence
        book.save(connection)


def read_batches(connection: Connection, scope: str, after: int) -> list[LogBatch]:
    """The next batches of a scope's log behind a position, in log order: nobody comes before what they had seen."""
    query = (
        select(*(_LOG.c[name] for name in _COLUMNS))
        .where(_LOG.c.scope == scope, _LOG.c.position > after)
        .order_by(_LOG.c.position)
        .limit(_ENTRIES_A_READ)
    )
    return [LogBatch(*entry) for entry in connection.execute(query)]


def read_payload(connection: Connection, scope: str, position: int) -> bytes | None:
    """A batch of the log as it travels; None when it is no longer kept there."""
    query = select(_LOG.c.payload).where(_LOG.c.scope == scope, _LOG.c.position == position)
    payload: bytes | None = connection.execute(query).scalar_one_or_none()
    return payload
