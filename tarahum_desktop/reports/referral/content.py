"""Everything the papers of a referral say, as plain values in the reader's words."""

from dataclasses import dataclass
from datetime import date, datetime

Fact = tuple[str, str]
"""The name of a shared field and its value in words."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who made the paper, when (aware) and on which machine."""

    by: str
    at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """The letter to a partner: nothing of the person but ``shared``; ``sha256`` in hex is of the kept document."""

    committee: str
    partner: str
    agreement_number: str
    service: str
    purpose: str
    shared: tuple[Fact, ...]
    consent_reference: str
    consent_on: date | None
    reference: str
    referred_by: str
    referred_on: date
    sha256: str
    made: Made


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """The notice to one partner; ``fields`` are the names of what was shared, without the values."""

    committee: str
    partner: str
    agreement_number: str
    reference: str
    referred_on: date
    withdrawn_on: date
    about: str
    fields: tuple[str, ...]
    sha256: str
    made: Made
