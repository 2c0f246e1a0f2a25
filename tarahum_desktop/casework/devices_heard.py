"""Which machines of an office were heard from, when, and what they hold, so that nobody's work is missed for weeks.

An office keeps the centre's answer: what it shows is as old as the last exchange, and says so by its dates.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Device, DeviceContact, Scope
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.fleet import FLEET, DeviceWord, FleetRequest
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

SILENT_AFTER: Final = dt.timedelta(days=3)
_ASKED: Final = "fleet/asked"
_ASK_EVERY_MS: Final = 15 * 60 * 1000
_ASKING: Final = frozenset({"office", "headquarters"})
_DEVICE: Any = Device.__table__
_CONTACT: Any = DeviceContact.__table__
_SCOPE: Any = Scope.__table__


@dataclass(frozen=True, slots=True)
class ScopeHeld:
    """A scope as a machine said it holds it; ``proven`` when it had all there was at the centre and the digests agreed."""

    scope: str
    name_ar: str
    name_en: str
    rows: int
    written: int
    proven: bool


@dataclass(frozen=True, slots=True)
class DeviceHeard:
    """One machine; ``seen_at`` is None for one that joined and was never heard from since."""

    number: int
    name: str
    kind: str
    committee: str
    seen_at: dt.datetime | None
    enrolled_at: dt.datetime
    program: str
    carrier: str
    silent: bool
    revoked: bool
    holds: tuple[ScopeHeld, ...]


def devices_heard(desk: Desk) -> tuple[DeviceHeard, ...]:
    """The machines this person watches over, those longest silent first."""
    now = desk.now()
    with desk.reading() as connection:
        names = {row.code: row for row in connection.execute(select(_SCOPE))}
        query = (
            select(_DEVICE, _CONTACT.c.seen_at, _CONTACT.c.program, _CONTACT.c.carrier, _CONTACT.c.holds)
            .outerjoin(_CONTACT, _CONTACT.c.device == _DEVICE.c.number)
            .where(_DEVICE.c.kind != "centre", _DEVICE.c.removed_at.is_(None))
        )
        rows = [
            row
            for row in connection.execute(query)
            if desk.may(Action.WATCH_DEVICES, row.committee_code or "national")
        ]
    found = [_heard(row, names, now) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.revoked, one.seen_at or one.enrolled_at, one.number)))


def _heard(row: Any, names: dict[str, Any], now: dt.datetime) -> DeviceHeard:
    last = row.seen_at or row.enrolled_at
    holds = tuple(
        ScopeHeld(
            scope,
            names[scope].name_ar if scope in names else "",
            names[scope].name_en if scope in names else "",
            int(held[2]),
            int(held[1]),
            bool(held[4]),
        )
        for scope, held in sorted((row.holds or {}).items())
    )
    return DeviceHeard(
        row.number,
        row.name,
        row.kind,
        row.committee_code or "",
        row.seen_at,
        row.enrolled_at,
        row.program or "",
        row.carrier or "",
        row.revoked_at is None and now - last > SILENT_AFTER,
        row.revoked_at is not None,
        holds,
    )


def fetch_fleet(replica: Replica, carrier: Carrier) -> int:
    """Where this machine is an office's or headquarters', ask now and then what was heard; returns how many words came.

    Asked for a quarter of an hour at most once, so that an exchange without news stays one request.
    """
    now = replica.now()
    with replica.engine.execution_options(read_only=True).connect() as connection:
        asked = read_setting(connection, _ASKED) or 0
        try:
            kind = find_device(connection, replica.device).kind
        except SyncError:
            return 0
    if kind not in _ASKING or 0 <= now - asked < _ASK_EVERY_MS:
        return 0
    words = carrier.ask(FLEET, FleetRequest()).devices
    with replica.engine.begin() as connection:
        keep_words(connection, words)
        write_setting(connection, _ASKED, now)
    return len(words)


def keep_words(connection: Connection, words: Iterable[DeviceWord]) -> None:
    """Keep the latest word of each machine; what was heard here itself later than at the centre stays."""
    for word in words:
        values = {
            "seen_at": from_milliseconds(word.seen_at), "program": word.program, "schema": word.schema,
            "carrier": word.carrier, "holds": {scope: list(held) for scope, held in word.holds.items()},
        }  # fmt: skip
        statement = sqlite.insert(_CONTACT).values(device=word.device, **values)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["device"],
                set_={name: statement.excluded[name] for name in values},
                where=_CONTACT.c.seen_at < statement.excluded.seen_at,
            )
        )
