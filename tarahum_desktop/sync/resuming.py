"""A centre brought back from its backup: it listens to everybody, and writes nothing by itself until it has caught up.

Its devices know changes that the centre made after the backup. If it wrote anew before they brought those back, two
changes would bear one number. The state ends by the administrator's word, or by itself after some days.
"""

import datetime as dt
from typing import Final

from sqlalchemy import Connection, Engine

from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

_KEY: Final = "resuming"
_DAY_MS: Final = 24 * 60 * 60 * 1000


class CentreResuming(SyncError):
    """The centre was brought back from its backup and waits for its devices before it admits or changes anything."""

    code = "centre_resuming"


def begin_resuming(connection: Connection, now_ms: int, days: int) -> None:
    """From now on, for so many days at most."""
    write_setting(connection, _KEY, [now_ms, now_ms + days * _DAY_MS])


def end_resuming(connection: Connection) -> None:
    """Everybody is back, or whoever is not is not waited for."""
    write_setting(connection, _KEY, None)


def resuming_since(connection: Connection, now_ms: int) -> dt.datetime | None:
    """When the centre was brought back, while it waits; None for a centre that goes its way."""
    kept = read_setting(connection, _KEY)
    return None if kept is None or now_ms >= kept[1] else from_milliseconds(kept[0])


def is_resuming(replica: Replica) -> bool:
    """Whether the centre waits; the same asked by itself."""
    return _since(replica.engine, replica.wall()) is not None


def refuse_resuming(replica: Replica) -> None:
    """Raises CentreResuming while it waits."""
    if is_resuming(replica):
        raise CentreResuming


def _since(engine: Engine, now_ms: int) -> dt.datetime | None:
    with engine.execution_options(read_only=True).connect() as connection:
        return resuming_since(connection, now_ms)
