"""Devices by the administrator's hand: invite, list, revoke. Joining itself is `sync.exchange.enrol`."""

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Committee, Device, Invitation, Scope
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.enrol import code_hash, write_invitation, write_stick_invitation
from tarahum_desktop.sync.pouch.newcomer import key_pin
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.resuming import is_resuming, refuse_resuming
from tarahum_server.centre import NATIONAL, Centre
from tarahum_server.tls import fingerprint

KINDS: Final = frozenset({"laptop", "office", "prison", "headquarters"})
_CODE_BYTES: Final = 13  # the code shows 100 bits of them
_MOST_SCOPES: Final = 256


class BadRequest(TarahumError):
    """An administrator named something the centre does not know. Fact ``what``."""

    code = "admin_refused"


@dataclass(frozen=True, slots=True)
class Invitee:
    """What a device that is to come may hold; ``committee`` is empty for headquarters."""

    name: str
    kind: str
    committee: str
    scopes: tuple[str, ...]


def invite(centre: Centre, invitee: Invitee, valid: dt.timedelta, *, by_stick: bool = False) -> str:
    """Make a one-time code; returns what the person at the device types. Raises BadRequest.

    ``by_stick`` for a machine that joins by files: beside the code stands what it knows the centre's key by.
    """
    _refuse_unknown(centre, invitee)
    secret = secrets.token_bytes(_CODE_BYTES)
    code = write_invitation(secret, b"")
    row = {
        "code_hash": code_hash(code),
        "device_name": invitee.name,
        "device_kind": invitee.kind,
        "committee_code": invitee.committee or None,
        "scopes": sorted({NATIONAL, *invitee.scopes}),
        "expires_at": from_milliseconds(centre.replica.wall()) + valid,
        "used_at": None,
    }
    with centre.engine.begin() as connection:
        connection.execute(insert(Invitation), row)
    if by_stick:
        return write_stick_invitation(secret, key_pin(centre.key.public))
    settings = centre.settings
    needs_pin = not settings.plain_http and bool(settings.authority)
    return write_invitation(secret, fingerprint(settings.path(settings.certificate)) if needs_pin else b"")


def _refuse_unknown(centre: Centre, invitee: Invitee) -> None:
    if invitee.kind not in KINDS:
        raise BadRequest(what="kind")
    if not 0 < len(invitee.scopes) <= _MOST_SCOPES:
        raise BadRequest(what="scopes")
    with centre.engine.execution_options(read_only=True).connect() as connection:
        committees = set(connection.execute(select(Committee.code)).scalars())
        scopes = set(connection.execute(select(Scope.code)).scalars())
    if invitee.committee and invitee.committee not in committees:
        raise BadRequest(what="committee")
    if not set(invitee.scopes) <= scopes:
        raise BadRequest(what="scopes")


def list_devices(centre: Centre) -> Sequence[Device]:
    """All devices by number."""
    with captured_session(centre.replica, None) as session:
        return session.scalars(select(Device).order_by(Device.number)).all()


def widen(centre: Centre, number: int, scopes: Sequence[str]) -> tuple[str, ...]:
    """Let a device hold more scopes from its next exchange on; returns all it may hold then. Raises BadRequest.

    A scope it was leaving and still holds it keeps.
    """
    refuse_resuming(centre.replica)
    with captured_session(centre.replica, None) as session:
        device = session.scalars(select(Device).where(Device.number == number)).one_or_none()
        if device is None or device.number == centre.replica.device or device.revoked_at is not None:
            raise BadRequest(what="device")
        together = sorted({*device.scopes, *scopes})
        staying = [scope for scope in device.leaving or () if scope not in scopes]
        known = set(session.scalars(select(Scope.code)))
        if not scopes or len(together) > _MOST_SCOPES or not set(scopes) <= known:
            raise BadRequest(what="scopes")
        if together != device.scopes or staying != list(device.leaving or ()):
            device.scopes, device.leaving = together, staying
            session.flush()
            publish(session.connection(), centre.replica)
            session.commit()
        return tuple(together)


def narrow(
    centre: Centre, number: int, scopes: Sequence[str], *, keeps_sending: bool = False
) -> tuple[str, ...]:
    """Ask a device to let scopes go, once all it wrote there has arrived; returns those it is leaving. Raises BadRequest.

    It may no longer read them from now on. With ``keeps_sending`` it may write to them for ever, as a prison's desk
    does whose records only the office reads.
    """
    refuse_resuming(centre.replica)
    with captured_session(centre.replica, None) as session:
        device = session.scalars(select(Device).where(Device.number == number)).one_or_none()
        if device is None or device.number == centre.replica.device or device.revoked_at is not None:
            raise BadRequest(what="device")
        if not scopes or NATIONAL in scopes or not set(scopes) <= set(device.scopes):
            raise BadRequest(what="scopes")
        device.leaving = sorted({*(device.leaving or ()), *scopes})
        if keeps_sending:
            device.write_scopes = sorted({*(device.write_scopes or ()), *scopes})
        session.flush()
        publish(session.connection(), centre.replica)
        session.commit()
        return tuple(device.leaving)


def has_left(centre: Centre, number: int, held: Collection[str]) -> KnownDevice:
    """A device told what it holds: what it was to leave and does not hold any more is no scope of it from now on.

    A centre that waits for its devices leaves that for later.
    """
    with captured_session(centre.replica, None) as session:
        device = session.scalars(select(Device).where(Device.number == number)).one()
        gone = set(device.leaving or ()) - set(held)
        if gone and not is_resuming(centre.replica):
            device.scopes = [scope for scope in device.scopes if scope not in gone]
            device.leaving = [scope for scope in device.leaving or () if scope not in gone]
            session.flush()
            publish(session.connection(), centre.replica)
            session.commit()
        return find_device(session.connection(), number)


def revoke(centre: Centre, number: int) -> None:
    """Take a device's right to exchange away; what it sends from now on is kept in quarantine. Raises BadRequest."""
    refuse_resuming(centre.replica)
    with captured_session(centre.replica, None) as session:
        device = session.scalars(select(Device).where(Device.number == number)).one_or_none()
        if device is None or device.number == centre.replica.device:
            raise BadRequest(what="device")
        if device.revoked_at is None:
            device.revoked_at = from_milliseconds(centre.replica.wall())
            session.flush()
            publish(session.connection(), centre.replica)
            session.commit()
