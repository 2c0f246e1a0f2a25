"""Takes from a stick what has arrived: a stick that goes round for years must not fill up."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.parties import party, require_carrier
from tarahum_desktop.casework.pouches.sticks import known_stick
from tarahum_desktop.models import Pouch
from tarahum_desktop.sync.pouch import forward, shelf
from tarahum_desktop.sync.pouch.disk import plain_disk_errors
from tarahum_desktop.sync.pouch.errors import PouchError
from tarahum_desktop.sync.pouch.header import SUFFIX, Header, read_header
from tarahum_desktop.sync.pouch.newcomer import MOST_REQUEST_BYTES, REQUEST_SUFFIX, request_name

_POUCH: Any = Pouch.__table__
_ARRIVED = frozenset({shelf.ANSWERED, shelf.READ, shelf.RELAYED, forward.REFUSED})


def tidy_stick(desk: Desk, folder: Path) -> int:
    """Remove own pouches that were answered, those for this machine that it has taken in, and requests it knows the end of.

    What is for somebody else, or still waits for something, stays. Returns how many files went.

    Raises:
        NotAllowed, StickUnregistered, StickForeign, StickRetired, StickGone, StickReadOnly.
    """
    with desk.reading() as connection:
        require_carrier(desk, connection)
        known_stick(connection, desk, folder)
        me = party(connection, desk).me.number
        with plain_disk_errors():
            done = [path for path in folder.glob(f"*{SUFFIX}") if _arrived(connection, me, path)]
            done += [path for path in folder.glob(f"*{REQUEST_SUFFIX}") if _decided(connection, path)]
    with plain_disk_errors():
        for path in done:
            path.unlink(missing_ok=True)
    return len(done)


def _arrived(connection: Connection, me: int, path: Path) -> bool:
    with suppress(PouchError, IsADirectoryError), path.open("rb") as file:
        header = read_header(file)
        return _mine(header, me) and _state(connection, header.fingerprint) in _ARRIVED
    return False


def _mine(header: Header, me: int) -> bool:
    """Made here, or for this machine first: another office that may open it too has not asked for it."""
    return me in {header.maker, header.receivers[0]}


def _decided(connection: Connection, path: Path) -> bool:
    with suppress(IsADirectoryError), path.open("rb") as file:
        return _state(connection, request_name(file.read(MOST_REQUEST_BYTES + 1))) in _ARRIVED
    return False


def _state(connection: Connection, fingerprint: bytes) -> str:
    found: str | None = connection.scalar(
        select(_POUCH.c.state).where(_POUCH.c.fingerprint == fingerprint).limit(1)
    )
    return found or ""
