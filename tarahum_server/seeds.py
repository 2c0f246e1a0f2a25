"""Brings the rows every installation begins with into a centre, or those a newer program has added.

What is there already is left alone, because people may have changed it since.
"""

from collections.abc import Iterable

from tarahum_desktop.models.seeds import Row, seed_rows
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.resuming import is_resuming
from tarahum_desktop.sync.row_store import existing_ids
from tarahum_server.centre import Centre


def seed(centre: Centre) -> int:
    """Insert the seeds of ``resources/catalogue`` that are missing; returns how many there were."""
    return add_missing(centre, seed_rows(resource("catalogue")))


def add_missing(centre: Centre, tables: Iterable[tuple[str, list[Row]]]) -> int:
    """Insert the rows whose ids the centre does not know yet; returns how many there were.

    None while the centre waits for its devices: they may bring them. The next ``init`` adds what is missing then.
    """
    if is_resuming(centre.replica):
        return 0
    with BulkWriter(centre.replica) as writer:
        for entity, rows in tables:
            with centre.engine.connect() as connection:
                known = existing_ids(connection, entity, [row["id"].bytes for row in rows])
            writer.write(entity, [row for row in rows if row["id"].bytes not in known])
    return writer.written
