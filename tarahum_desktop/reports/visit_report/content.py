"""Everything a printed visit report says, as plain values.

The use case that prints fills these from the records; the pages are made from nothing else, so a report can
be tested, repeated and compared without a database. Words such as a relation or an outcome arrive in the
reader's language; dates, amounts and numbers arrive as values and are formatted by the page.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

Stroke = tuple[tuple[float, float], ...]
"""Points of one pen movement, x to the right and y downwards."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the household; income in halalas a month."""

    name: str
    relation: str
    age: int | None
    national_id: str
    education: str
    income: int | None


@dataclass(frozen=True, slots=True)
class VisitHeader:
    """When, where and by whom."""

    kind: str
    day: date
    place: str
    outcome: str
    officers: tuple[str, ...]
    respondent: str
    respondent_phone: str = ""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose and whether the family agreed to it."""

    purpose: str
    given: bool
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Inmate:
    """The member in custody, as far as the visit may show it."""

    name: str
    national_id: str
    relation: str
    facility: str
    legal_status: str
    since: date | None = None
    expected_release: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A service proposed for a person, with its priority in words."""

    service: str
    person: str
    priority: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One domain of the self-sufficiency matrix; score 1–5, none when not rated."""

    code: str
    label: str
    score: int | None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and the pen's strokes; no strokes leave an empty line for a pen."""

    signer: str
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Printing:
    """Who printed, where and when (an aware moment)."""

    by: str
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitReport:
    """One visit on paper; amounts are halalas a month."""

    committee: str
    file_number: str
    head_name: str
    visit: VisitHeader
    printing: Printing
    members: tuple[Member, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    inmate: Inmate | None = None
    income_total: int = 0
    expense_total: int = 0
    needs: tuple[Need, ...] = ()
    matrix: tuple[Rating, ...] = ()
    risk_flags: tuple[str, ...] = ()
    observations: str = ""
    recommendation: str = ""
    next_visit: date | None = None
    signatures: tuple[Signature, ...] = ()
    receipt_number: str = ""
    amended_at: datetime | None = None
    iban: str = field(default="", repr=False)
