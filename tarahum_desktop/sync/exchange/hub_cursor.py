"""How far the log of another replica than the centre was read."""

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import PeerPosition

_POSITION: Any = PeerPosition.__table__


def read_position(connection: Connection, peer: int, scope: str) -> int:
    """The last position taken; 0 before the first."""
    query = select(_POSITION.c.position).where(_POSITION.c.peer == peer, _POSITION.c.scope == scope)
    found: int | None = connection.execute(query).scalar_one_or_none()
    return found or 0


def write_position(connection: Connection, peer: int, scope: str, position: int) -> None:
    """Keep it, lower or higher than before."""
    insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(_POSITION)
    connection.execute(
        insert.values(peer=peer, scope=scope, position=position).on_conflict_do_update(
            index_elements=["peer", "scope"], set_={"position": position}
        )
    )
