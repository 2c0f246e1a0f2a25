"""What the screen of partners needs from the rest of the program."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.casework.partners.choices import FamilyChoices
from tarahum_desktop.casework.partners.consents import NewConsent, Withdrawn
from tarahum_desktop.casework.partners.lists import ReferralLine
from tarahum_desktop.casework.partners.referrals import NewReferral, Preview, Referred

Lists = Mapping[str, Mapping[str, str]]
"""Reference lists: list code → item code → words in the reader's language."""
ALL: Final = "all"
UNANSWERED: Final = "unanswered"
FAMILY: Final = "family"


@dataclass(frozen=True, slots=True)
class PartnersBoard:
    """Everything the screen lists; ``family`` is the one it was opened for."""

    agreements: tuple[AgreementLine, ...]
    referrals: tuple[ReferralLine, ...]
    unanswered: int
    family: FamilyChoices | None
    lists: Lists
    may_manage: bool


@dataclass(frozen=True)
class PartnersPorts:
    """Functions of the casework room. All but ``save_file`` and ``today`` run on the worker's thread.

    Attributes:
        board: household or None; which referrals (``ALL``, ``UNANSWERED``, ``FAMILY``) → everything listed.
        preview: what a referral would share, and what speaks against it.
        refer: puts it on record.
        consent: puts a consent to share on record.
        answer: referral, state, outcome.
        withdraw: consent → who must be told.
        change: agreement, first day, last day, fields.
        letter: referral → PDF.
        notice: consent, referral → PDF.
        save_file: suggested name, bytes → whether it was written; asks on the Qt thread.
        today: the day of entry.
    """

    board: Callable[[uuid.UUID | None, str], PartnersBoard]
    preview: Callable[[NewReferral], Preview]
    refer: Callable[[NewReferral], Referred]
    consent: Callable[[NewConsent], object]
    answer: Callable[[uuid.UUID, str, str], object]
    withdraw: Callable[[uuid.UUID], Withdrawn]
    change: Callable[[uuid.UUID, dt.date | None, dt.date | None, Sequence[str]], object]
    letter: Callable[[uuid.UUID], bytes]
    notice: Callable[[uuid.UUID, uuid.UUID], bytes]
    save_file: Callable[[str, bytes], bool]
    today: Callable[[], dt.date]
