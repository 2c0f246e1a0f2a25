"""Everything a receipt slip says, as plain values; the page is made from nothing else."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class VisitSlip:
    """What the slip says; ``phone`` of the committee is empty when it is not known."""

    committee: str
    receipt_number: str
    visited_on: date
    officer: str
    next_visit: date | None
    printed_at: datetime
    phone: str = ""
