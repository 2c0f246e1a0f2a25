"""Own sealed batches that nobody could take, because a wrong clock had stamped them, sealed again with the right stamps."""

from typing import Any

from sqlalchemy import Connection, select, update

from tarahum_desktop.models import BatchLog
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.log import take_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.restamp import restamp_unsent
from tarahum_desktop.sync.scope_book import read_scopes

_LOG: Any = BatchLog.__table__


def restamp_and_reseal(connection: Connection, replica: Replica, true_ms: int) -> int:
    """Restamp unsent changes that lie in the true time's future, and what was sealed of them; returns how many.

    Every receiver refuses a stamp from the future, so what no receipt names nobody has seen, and nobody waits for it:
    these batches may name what was seen since. They keep their places in the log and their sequences.
    """
    books = read_scopes(connection)
    held = {scope: max(book.handed, book.acknowledged) for scope, book in books.items()}
    restamped = restamp_unsent(connection, replica, true_ms, held)
    for scope in books if restamped else ():
        own = select(_LOG.c.position, _LOG.c.first_sequence, _LOG.c.last_sequence).where(
            _LOG.c.scope == scope, _LOG.c.device == replica.device, _LOG.c.first_sequence > held[scope]
        )
        for entry in connection.execute(own).all():
            _reseal(connection, replica, scope, entry)
    return restamped


def _reseal(connection: Connection, replica: Replica, scope: str, entry: Any) -> None:
    count = entry.last_sequence - entry.first_sequence + 1
    batch = take_batch(connection, replica.device, replica.schema, scope, entry.first_sequence - 1, count)
    if batch is not None and batch.header.last == entry.last_sequence:
        sealed = seal_batch(batch, replica.signer)
        connection.execute(
            update(_LOG)
            .where(_LOG.c.scope == scope, _LOG.c.position == entry.position)
            .values(payload=sealed)
        )
