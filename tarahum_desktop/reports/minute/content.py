"""Everything a printed minute says, as plain values; amounts are halalas, words are in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Sitter:
    """A member of the committee and whether the member came."""

    name: str
    office: str
    present: bool


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """One case: what was asked, what was decided, and why. ``warnings`` are the rules it does not meet, in words."""

    position: int
    file_number: str
    person: str
    service: str
    fund: str
    asked: int
    decided: int | None
    verdict: str
    reason: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictTotal:
    """How many cases had one decision, and the sum that was approved by it (none for the others)."""

    verdict: str
    cases: int
    halalas: int | None


@dataclass(frozen=True, slots=True)
class MinutePaper:
    """One sitting on paper. ``signed_by`` confirmed it in the program at ``signed_at`` (aware), on ``device``."""

    committee: str
    number: str
    level: str
    held_on: date | None
    place: str
    chair: str
    sitters: tuple[Sitter, ...]
    decisions: tuple[CaseDecision, ...]
    totals: tuple[VerdictTotal, ...]
    note: str
    signed_by: str
    signed_at: datetime
    device: str
