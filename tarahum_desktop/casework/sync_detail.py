"""What the sync centre shows beside the counts: files, rows kept unread, what was mended, what waits and why.

Read when the screen is opened and after an exchange, not for the chip: counting files takes a tenth of a second.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.exchange_habits import ExchangeHabits, read_habits
from tarahum_desktop.models import Device, HealRecord, HeldBatch, Scope, StrangeRow
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.state import FilesState, files_state
from tarahum_desktop.sync.leave import LEAVE, waits_for
from tarahum_desktop.sync.scope_book import read_scopes

MOST_LINES: Final = 100
_HEAL: Any = HealRecord.__table__
_HELD: Any = HeldBatch.__table__
_STRANGE: Any = StrangeRow.__table__
_SCOPE: Any = Scope.__table__
_DEVICE: Any = Device.__table__


@dataclass(frozen=True, slots=True)
class HealLine:
    """Rows of a scope that were found to differ from another machine's, and how many of them are equal again."""

    scope: str
    name_ar: str
    name_en: str
    at: dt.datetime
    other: str
    found: int
    healed: int


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A batch that waits here: whose, of which scope, how many changes, since when, and the code of the reason."""

    scope: str
    name_ar: str
    name_en: str
    device: int
    device_name: str
    changes: int
    reason: str
    held_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LeavingLine:
    """A scope that is to be let go; ``waits`` changes, files and begun forms keep it here."""

    scope: str
    name_ar: str
    name_en: str
    waits: int


@dataclass(frozen=True, slots=True)
class SyncDetail:
    """``strange`` rows were written by a newer program and are carried unread."""

    files: FilesState
    strange: int
    heals: tuple[HealLine, ...]
    held: tuple[HeldLine, ...]
    leaving: tuple[LeavingLine, ...]
    habits: ExchangeHabits


def sync_detail(desk: Desk) -> SyncDetail:
    """Read it; needs no permission, for it tells of this machine and of nobody's family."""
    habits = read_habits(desk.replica)
    with desk.reading() as connection:
        names = {row.code: (row.name_ar, row.name_en) for row in connection.execute(select(_SCOPE))}
        return SyncDetail(
            files=files_state(connection, BlobPolicy(metered=habits.metered), desk.now()),
            strange=connection.scalar(select(func.count()).select_from(_STRANGE)) or 0,
            heals=_heals(connection, names),
            held=_held(connection, names),
            leaving=tuple(
                LeavingLine(scope, *names.get(scope, ("", "")), waits_for(connection, scope))
                for scope, book in read_scopes(connection).items()
                if book.mode == LEAVE
            ),
            habits=habits,
        )


def _heals(connection: Connection, names: dict[str, tuple[str, str]]) -> tuple[HealLine, ...]:
    query = (
        select(_HEAL, _DEVICE.c.name.label("other"))
        .outerjoin(_DEVICE, _DEVICE.c.number == _HEAL.c.peer)
        .order_by(_HEAL.c.at.desc(), _HEAL.c.id.desc())
        .limit(MOST_LINES)
    )
    return tuple(
        HealLine(row.scope, *names.get(row.scope, ("", "")), row.at, row.other or "", row.found, row.healed)
        for row in connection.execute(query)
    )


def _held(connection: Connection, names: dict[str, tuple[str, str]]) -> tuple[HeldLine, ...]:
    query = (
        select(
            _HELD.c.scope, _HELD.c.device, _HELD.c.first_sequence, _HELD.c.last_sequence, _HELD.c.reason,
            _HELD.c.held_at, _DEVICE.c.name.label("maker"),
        )
        .outerjoin(_DEVICE, _DEVICE.c.number == _HELD.c.device)
        .order_by(_HELD.c.held_at)
        .limit(MOST_LINES)
    )  # fmt: skip
    return tuple(
        HeldLine(
            row.scope,
            *names.get(row.scope, ("", "")),
            row.device,
            row.maker or "",
            row.last_sequence - row.first_sequence + 1,
            row.reason,
            row.held_at,
        )
        for row in connection.execute(query)
    )
