"""Who stands at the two ends of a pouch: this machine, its office, the centre, and the machines an office answers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Device, Pouch
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.enrol import Enrolment, read_enrolment
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.errors import NoReceiver
from tarahum_desktop.sync.pouch.header import MOST_RECEIVERS
from tarahum_desktop.sync.pouch.layout import OFFICE, Peer
from tarahum_desktop.sync.pouch.read import Reader
from tarahum_desktop.sync.pouch.seal import is_sealing_key
from tarahum_desktop.sync.pouch.take import Trusted

_DEVICE: Any = Device.__table__
_POUCH: Any = Pouch.__table__


@dataclass(frozen=True, slots=True)
class Receiver:
    """A machine to which a pouch can be written; ``last_read_at`` is when one of its pouches was last read here."""

    number: int
    name: str
    kind: str
    last_read_at: dt.datetime | None = None
    last_written_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """This machine as far as pouches are concerned."""

    me: KnownDevice
    enrolment: Enrolment

    @property
    def is_office(self) -> bool:
        """Whether others bring it their pouches."""
        return self.me.kind == OFFICE

    @property
    def committee(self) -> str:
        """Whose sticks it takes."""
        return self.me.committee or self.enrolment.committee


def require_carrier(desk: Desk, connection: Connection) -> None:
    """Raises NotAllowed unless the person may carry pouches in some scope of this machine."""
    if not desk.scopes_for(Action.CARRY_POUCH, connection):
        raise NotAllowed(action=Action.CARRY_POUCH.value)


def party(connection: Connection, desk: Desk) -> Party:
    """This machine; raises SyncError ``not_enrolled``."""
    enrolment = read_enrolment(connection)
    if enrolment is None:
        raise SyncError("not_enrolled")
    return Party(find_device(connection, desk.replica.device), enrolment)


def reader(connection: Connection, desk: Desk) -> Reader:
    """What opens pouches here, and whom it believes."""
    here = party(connection, desk)
    known = here.enrolment
    scopes = frozenset(scope for scope in here.me.scopes if here.me.may_read(scope))
    trusted = Trusted(known.centre_device, known.centre_key, scopes)
    return Reader(desk.replica, desk.replica.sealing_private, trusted)


def receivers(desk: Desk) -> tuple[Receiver, ...]:
    """To whom this machine can write a pouch: its committee's offices, or from an office everybody of the committee."""
    with desk.reading() as connection:
        here = party(connection, desk)
        numbers = _numbers(connection, here)
        return tuple(_receiver(connection, here, find_device(connection, number)) for number in numbers)


def _numbers(connection: Connection, here: Party) -> list[int]:
    query = select(_DEVICE.c.number, _DEVICE.c.kind).where(
        _DEVICE.c.committee_code == here.committee,
        _DEVICE.c.revoked_at.is_(None),
        _DEVICE.c.removed_at.is_(None),
        _DEVICE.c.number != here.me.number,
    )
    found = connection.execute(query.order_by(_DEVICE.c.number)).all()
    near = [row.number for row in found if here.is_office or row.kind == OFFICE]
    return [*near, here.enrolment.centre_device]


def _receiver(connection: Connection, here: Party, device: KnownDevice) -> Receiver:
    read_at = connection.scalar(
        select(func.max(_POUCH.c.handled_at)).where(
            _POUCH.c.direction == shelf.IN, _POUCH.c.maker == device.number
        )
    )
    written_at = connection.scalar(
        select(func.max(_POUCH.c.handled_at)).where(
            _POUCH.c.direction == shelf.OUT,
            _POUCH.c.peer == device.number,
            _POUCH.c.maker == here.me.number,
        )
    )
    return Receiver(device.number, device.name, device.kind, read_at, written_at)


def peer_for(connection: Connection, desk: Desk, to: int | None) -> tuple[Peer, tuple[KnownDevice, ...]]:
    """The receiver a pouch is laid out for and who else may open it.

    Without ``to`` a machine writes to its office, to the one that last wrote back where there are several. From below,
    every office of the committee and the centre may open it.

    Raises:
        NoReceiver.
    """
    here = party(connection, desk)
    devices = [find_device(connection, number) for number in _numbers(connection, here)]
    able = {device.number: device for device in devices if is_sealing_key(device.sealing_key)}
    if to is not None:
        if to not in able:
            raise NoReceiver
        above = () if here.is_office else _above(able, here, but=to)
        return Peer(able[to], shelf.last_head(connection, to)), above
    offices = [device for device in able.values() if device.kind == OFFICE]
    if here.is_office or not offices:
        raise NoReceiver
    last = connection.scalar(
        select(_POUCH.c.maker)
        .where(_POUCH.c.direction == shelf.IN, _POUCH.c.maker.in_([one.number for one in offices]))
        .order_by(_POUCH.c.handled_at.desc())
        .limit(1)
    )
    chosen = able[last] if last in able else offices[0]
    return Peer(chosen, shelf.last_head(connection, chosen.number)), _above(able, here, but=chosen.number)


def _above(able: dict[int, KnownDevice], here: Party, but: int) -> tuple[KnownDevice, ...]:
    centre = [able[number] for number in (here.enrolment.centre_device,) if number in able and number != but]
    offices = [device for device in able.values() if device.kind == OFFICE and device.number != but]
    return (*offices[: MOST_RECEIVERS - 2], *centre)
