"""Sticks that may carry pouches: an office registers them, every machine of its committee knows them by the office's signature."""

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.pouches.parties import party
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import PouchStick
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.pouch.errors import StickError, StickRetired
from tarahum_desktop.sync.pouch.stick import Stick, StickSaid, check_stick, mark_stick

MOST_NAME_LETTERS: Final = 60
_STICK: Any = PouchStick.__table__


@dataclass(frozen=True, slots=True)
class StickLine:
    """A stick as a list shows it."""

    id: uuid.UUID
    name: str
    registered_at: dt.datetime
    retired_at: dt.datetime | None


def register_stick(desk: Desk, folder: Path, name: str) -> StickLine:
    """Register the stick at a folder for this office's committee; what else lies on it stays.

    Raises:
        NotAllowed: only at an office, by who may register sticks.
        StickError ``stick_name`` for no name, or too long a one; StickFull, StickReadOnly, StickGone.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= MOST_NAME_LETTERS or not name.isprintable():
        raise StickError("stick_name", most=MOST_NAME_LETTERS)
    with desk.reading() as connection:
        here = party(connection, desk)
        if not here.is_office or not desk.scopes_for(Action.REGISTER_STICK, connection):
            raise NotAllowed(action=Action.REGISTER_STICK.value)
    now = desk.replica.now()
    number = new_id(now)
    said = StickSaid(number.bytes, name, here.committee, now, desk.replica.device)
    mark_stick(folder, said, desk.replica.signer)
    with desk.replica.engine.begin() as connection:
        connection.execute(
            insert(_STICK).values(
                id=number, name=name, registered_at=from_milliseconds(now), registered_by=desk.user.id,
                retired_at=None,
            )
        )  # fmt: skip
    return StickLine(number, name, from_milliseconds(now), None)


def retire_stick(desk: Desk, stick: uuid.UUID) -> None:
    """Take a stick out of use at this office, such as a lost one. Raises NotAllowed."""
    with desk.reading() as connection:
        if not desk.scopes_for(Action.REGISTER_STICK, connection):
            raise NotAllowed(action=Action.REGISTER_STICK.value)
    with desk.replica.engine.begin() as connection:
        connection.execute(
            update(_STICK)
            .where(_STICK.c.id == stick, _STICK.c.retired_at.is_(None))
            .values(retired_at=desk.now())
        )


def list_sticks(desk: Desk) -> tuple[StickLine, ...]:
    """The sticks this office registered, the newest first."""
    with desk.reading() as connection:
        query = select(_STICK).order_by(_STICK.c.registered_at.desc())
        return tuple(
            StickLine(row.id, row.name, row.registered_at, row.retired_at)
            for row in connection.execute(query)
        )


def known_stick(connection: Connection, desk: Desk, folder: Path) -> Stick:
    """The registered stick at a folder.

    Raises:
        StickUnregistered, StickForeign, StickRetired, StickGone.
    """
    stick = check_stick(connection, folder, party(connection, desk).committee)
    retired = select(_STICK.c.id).where(_STICK.c.id == stick.id, _STICK.c.retired_at.is_not(None))
    if connection.execute(retired).first() is not None:
        raise StickRetired
    return stick
