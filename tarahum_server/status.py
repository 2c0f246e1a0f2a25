"""What a centre holds, for an administrator and for scripts."""

from typing import Any

from sqlalchemy import func, select

from tarahum_desktop.models import BatchLog, Device
from tarahum_desktop.models.migrations import current_revision
from tarahum_desktop.sync.resuming import resuming_since
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.centre import Centre
from tarahum_server.desk import held_counts


def centre_status(centre: Centre) -> dict[str, Any]:
    """Counts, digests (hex) and log heads by scope, devices, held batches by reason."""
    revision = current_revision(centre.engine)
    with centre.engine.execution_options(read_only=True).connect() as connection:
        books = read_scopes(connection)
        batches = connection.execute(select(func.count()).select_from(BatchLog)).scalar_one()
        devices = connection.execute(select(func.count()).select_from(Device)).scalar_one()
        held = held_counts(connection)
        since = resuming_since(connection, centre.replica.wall())
    return {
        "database": centre.engine.dialect.name,
        "revision": revision,
        "rows": sum(book.row_count for book in books.values()),
        "batches": batches,
        "devices": devices,
        "held": held,
        "resuming": since.isoformat() if since else None,
        "scopes": {
            scope: {"rows": book.row_count, "head": book.head, "digest": book.digest.hex()}
            for scope, book in books.items()
        },
    }
