"""What was heard from each device, when, and what it said it holds: so that nobody's silence goes unnoticed."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import DeviceContact
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.messages import HelloRequest, ScopeHave
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes

_CONTACT: Any = DeviceContact.__table__
_MOST_LETTERS = 40
_HUB = "hub"


def note_contact(
    connection: Connection, device: int, asked: HelloRequest, now_ms: int, carrier: str = "https"
) -> None:
    """Keep the latest word of a device; an older one (a pouch that came late) changes nothing.

    A scope is proven when the device has all there is here and the digests agree; positions count in the centre's log
    only, so an office's hub goes by rows and digests alone.
    """
    books = read_scopes(connection)
    holds = {
        scope: [
            have.position,
            have.sequence,
            have.rows,
            have.digest.hex(),
            _is_same(books.get(scope), have, carrier),
        ]
        for scope, have in asked.scopes.items()
    }
    values = {
        "seen_at": from_milliseconds(now_ms),
        "program": asked.program[:_MOST_LETTERS],
        "schema": asked.schema,
        "carrier": carrier,
        "holds": holds,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(_CONTACT).values(device=device, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["device"],
            set_={name: statement.excluded[name] for name in values},
            where=_CONTACT.c.seen_at < statement.excluded.seen_at,
        )
    )


def _is_same(book: ScopeBook | None, have: ScopeHave, carrier: str) -> bool:
    return (
        book is not None
        and (carrier == _HUB or have.position >= book.head)
        and have.digest == book.digest
        and have.rows == book.row_count
    )
