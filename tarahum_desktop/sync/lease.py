"""Until when this device may work without a word from the centre, as far as it has heard: told at each exchange.

A device that meets only a hub or sends only pouches hears the centre by the words these bring; each that names it
counts from the moment the centre signed it.
"""

from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.sync.settings import read_setting, write_setting

_KEY: Final = "lease"


def keep_lease(connection: Connection, until: int, told_at: int) -> None:
    """The centre's own word over a line; UTC milliseconds by its clock. 0 says nothing of a lease."""
    if until > told_at:
        write_setting(connection, _KEY, [until, until - told_at])


def prolong_lease(connection: Connection, told_at: int) -> None:
    """A word of the centre on this device arrived by others: the time it told last begins anew from then, never shorter."""
    kept = read_setting(connection, _KEY, lock=True)
    if kept is not None and told_at + kept[1] > kept[0]:
        write_setting(connection, _KEY, [told_at + kept[1], kept[1]])


def lease_until(connection: Connection) -> int | None:
    """The end in UTC milliseconds; None while the centre told none."""
    kept = read_setting(connection, _KEY)
    return None if kept is None else int(kept[0])
