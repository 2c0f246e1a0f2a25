"""A key for a person without a document, by which two offices can speak of the same record until one is shown."""

from sqlalchemy import Connection

from tarahum_desktop.casework.numbers import next_count
from tarahum_desktop.sync.replica import Replica


def temporary_key(connection: Connection, replica: Replica, committee: str) -> str:
    """Such as ``RYD-T12-00007``: committee, device 12, its 7th; raised in the transaction that keeps the person."""
    return f"{committee.upper()}-T{replica.device}-{next_count(connection, f'temporary/{committee}'):05d}"
