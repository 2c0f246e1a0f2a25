"""A pouch is a sign of life of its maker: when it was made, by which program, and what the maker holds."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import DeviceContact
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.pouch.manifest import Head

_CONTACT: Any = DeviceContact.__table__


def note_contact(connection: Connection, head: Head, now: dt.datetime) -> None:
    """Keep what a pouch says of its maker, unless something later is known; a clock that runs ahead says nothing later than now."""
    insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(_CONTACT)
    holds = {
        scope: [here.position, here.sequence, here.rows, here.digest.hex(), False]
        for scope, here in head.scopes.items()
    }
    values = {
        "seen_at": min(from_milliseconds(head.made_at), now),
        "program": head.program,
        "schema": head.schema,
        "carrier": "pouch",
        "holds": holds,
    }
    statement = insert.values(device=head.maker, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["device"], set_=values, where=_CONTACT.c.seen_at <= statement.excluded.seen_at
        )
    )
