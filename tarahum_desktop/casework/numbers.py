"""Numbers people write down: file, case and receipt numbers, made offline.

The device's own number stands inside, and the device counts for itself, so two laptops without a line can never
give out the same one. The counters are rows of this replica, raised in the transaction that uses the number.
"""

from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

_COUNTER: Final = "counter/{name}"


def next_file_number(connection: Connection, replica: Replica, committee: str, year: int) -> str:
    """Such as ``RYD-2026-12-00034``: committee, year, device 12, its 34th file of the year."""
    count = next_count(connection, f"file/{committee}/{year}")
    return f"{committee.upper()}-{year}-{replica.device}-{count:05d}"


def next_receipt_number(connection: Connection, replica: Replica, committee: str, year: int) -> str:
    """Such as ``RYD-2026-R12-00007``: the slip a family keeps of a visit."""
    count = next_count(connection, f"receipt/{committee}/{year}")
    return f"{committee.upper()}-{year}-R{replica.device}-{count:05d}"


def next_sheet_number(connection: Connection, replica: Replica, committee: str, year: int) -> str:
    """Such as ``RYD-2026-P12-00003``: one list of payments sent to finance."""
    count = next_count(connection, f"sheet/{committee}/{year}")
    return f"{committee.upper()}-{year}-P{replica.device}-{count:05d}"


def next_count(connection: Connection, name: str) -> int:
    """The next of this replica's own counters, from 1; raised in the caller's transaction."""
    key = _COUNTER.format(name=name)
    count = int(read_setting(connection, key, lock=True) or 0) + 1
    write_setting(connection, key, count)
    return count


def next_minute_number(connection: Connection, replica: Replica, committee: str, year: int) -> str:
    """Such as ``RYD-2026-M12-003``: a sitting of the committee, from the series of the machine it was opened on."""
    count = next_count(connection, f"minute/{committee}/{year}")
    return f"{committee.upper()}-{year}-M{replica.device}-{count:03d}"
