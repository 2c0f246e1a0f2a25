"""`resume`: who has come back since a restored centre was put up, and the word that it may write again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tarahum_desktop.models import Device, DeviceContact
from tarahum_desktop.sync.resuming import begin_resuming, end_resuming, resuming_since
from tarahum_server.centre import Centre

_DEVICE: Any = Device.__table__
_CONTACT: Any = DeviceContact.__table__


@dataclass(frozen=True, slots=True)
class Back:
    """A device that may exchange, and when it did so since the centre was restored; None for not yet."""

    number: int
    name: str
    seen_at: dt.datetime | None


def who_is_back(centre: Centre) -> list[Back] | None:
    """Every device but the centre itself and revoked ones, by number; None for a centre that does not wait."""
    with centre.engine.execution_options(read_only=True).connect() as connection:
        since = resuming_since(connection, centre.replica.wall())
        if since is None:
            return None
        query = (
            select(_DEVICE.c.number, _DEVICE.c.name, _CONTACT.c.seen_at)
            .outerjoin(_CONTACT, (_CONTACT.c.device == _DEVICE.c.number) & (_CONTACT.c.seen_at >= since))
            .where(_DEVICE.c.number != centre.replica.device, _DEVICE.c.revoked_at.is_(None))
            .order_by(_DEVICE.c.number)
        )
        return [Back(*found) for found in connection.execute(query)]


def wait(centre: Centre, days: int) -> None:
    """Wait for the devices from now on, as after ``restore``: for a database that was put back by other means."""
    with centre.engine.begin() as connection:
        begin_resuming(connection, centre.replica.wall(), days)


def resume(centre: Centre) -> None:
    """Let the centre write by itself again."""
    with centre.engine.begin() as connection:
        end_resuming(connection)
