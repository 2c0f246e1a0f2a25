"""What is known of the devices of a caller's committees: who was heard from, when, by which program, holding what.

The centre knows of all that met it; an office keeps its answer, so that it can be shown without a line, and adds what it
heard itself.
"""

from typing import Any

import msgspec
from sqlalchemy import select

from tarahum_desktop.models import Device, DeviceContact
from tarahum_desktop.models.types import from_milliseconds, to_milliseconds
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.replica import Replica

_DEVICE: Any = Device.__table__
_CONTACT: Any = DeviceContact.__table__
MOST_DEVICES = 2_000


class FleetRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for what is new since a moment, in UTC milliseconds."""

    since: int = 0


class DeviceWord(msgspec.Struct, array_like=True, frozen=True):
    """The latest word of one device; ``holds`` is ``{scope: [position, sequence, rows, digest in hex, proven]}``."""

    device: int
    seen_at: int
    program: str
    schema: int
    carrier: str
    holds: dict[str, tuple[int, int, int, str, bool]]


class FleetReply(msgspec.Struct, array_like=True, frozen=True):
    """The devices that share a scope with the caller, the latest heard first."""

    devices: list[DeviceWord]


FLEET = Call("fleet", FleetRequest, FleetReply)


def answer_fleet(replica: Replica, device: KnownDevice, request: FleetRequest) -> FleetReply:
    """Tell an office or headquarters; a laptop learns nothing of others. Only scopes the caller may read are named."""
    if device.kind not in {"office", "headquarters"}:
        return FleetReply([])
    query = (
        select(_CONTACT)
        .join(_DEVICE, _DEVICE.c.number == _CONTACT.c.device)
        .where(_CONTACT.c.seen_at > from_milliseconds(max(0, request.since)))
        .order_by(_CONTACT.c.seen_at.desc())
        .limit(MOST_DEVICES)
    )
    if device.committee:
        query = query.where(_DEVICE.c.committee_code == device.committee)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        rows = connection.execute(query).all()
    return FleetReply([_word(row, device) for row in rows])


def _word(row: Any, device: KnownDevice) -> DeviceWord:
    shown = {scope: tuple(held) for scope, held in row.holds.items() if device.may_read(scope)}
    return DeviceWord(row.device, to_milliseconds(row.seen_at), row.program, row.schema, row.carrier, shown)
