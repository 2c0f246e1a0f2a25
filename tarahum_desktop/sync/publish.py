"""Puts what was written at a centre itself straight into its own log: it has nobody to send it to."""

from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.log import confirm_sent, take_batch, unsent_counts
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import advance_vector, open_scope

_ROWS_A_BATCH: Final = 2_000


def publish_own(replica: Replica) -> int:
    """Seal and log every unsent change of this replica; returns how many there were."""
    with replica.engine.begin() as connection:
        return publish(connection, replica)


def publish(connection: Connection, replica: Replica) -> int:
    """The same inside the transaction that made the changes: rows, digest and log become visible together."""
    published = 0
    for scope in sorted(unsent_counts(connection)):
        book = open_scope(connection, scope)
        while batch := take_batch(
            connection, replica.device, replica.schema, scope, book.acknowledged, _ROWS_A_BATCH
        ):
            payload = seal_batch(batch, replica.signer)
            confirm_sent(connection, book, batch.header, batch.rows, payload, replica.wall())
            advance_vector(connection, scope, replica.device, batch.header.last)
            published += batch.rows
    return published
