"""Everything a pouch's slip says, as plain values; the page is made from nothing else."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ScopeCounts:
    """What goes along of one scope, by its name: changes, and rows where all of it goes along."""

    name: str
    changes: int
    rows: int


@dataclass(frozen=True, slots=True)
class PouchSlip:
    """What the slip says; ``fingerprint`` are digits in groups, ``printed_by`` who printed it on which machine."""

    committee: str
    number: int
    sender: str
    receiver: str
    fingerprint: str
    made_at: datetime
    expires_at: datetime
    scopes: tuple[ScopeCounts, ...]
    files: int
    receipts: int
    printed_by: str
    printed_at: datetime
