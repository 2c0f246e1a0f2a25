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

    Every receiver refuses a stamp from the future, so nobody has seen these batches and none can wait for them: they
    may name what was seen since. They keep their places in the log and their sequences.
    """
    restamped = restamp_unsent(connection, replica, true_ms)
    if not restamped:
        return 0
    for scope, book in read_scopes(connection).items():
        own = select(_LOG.c.position, _LOG.c.first_sequence, _LOG.c.last_sequence).where(
            _LOG.c.scope == scope, _LOG.c.device == replica.device, _LOG.c.first_sequence > book.acknowledged
        )
        for entry in connection.execute(own).all():
            count = entry.last_sequence - entry.first_sequence + 1
            batch = take_batch(
                connection, replica.device, replica.schema, scope, entry.first_sequence - 1, count
            )
            if batch is not None and batch.header.last == entry.last_sequence:
                sealed = seal_batch(batch, replica.signer)
                connection.execute(
                    update(_LOG)
                    .where(_LOG.c.scope == scope, _LOG.c.position == entry.position)
                    .values(payload=sealed)
                )
    return restamped
