"""What a family file is made of, as plain values for a screen; amounts are halalas, words are codes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from tarahum_desktop.domain.eligibility import Kind


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person of the household, the head first; ``left_on`` is set for past members."""

    person_id: uuid.UUID
    name: str
    relation: str
    gender: str
    age: int | None
    kind: Kind
    resident: bool
    is_head: bool
    left_on: dt.date | None
    id_number: str
    id_warning: str
    mobile: str
    education: str
    work: str
    membership_id: uuid.UUID | None = None
    since: dt.date | None = None
    left_because: str = ""
    father: str = ""
    mother: str = ""
    mobile_alt: str = ""
    contact_preference: str = ""
    birth: str = ""
    marital: str = ""
    temporary_key: str = ""


@dataclass(frozen=True, slots=True)
class FacilityMoveLine:
    """One move from a facility to another within a stay."""

    on: dt.date | None
    from_ar: str
    from_en: str
    to_ar: str
    to_en: str
    note: str


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One stay in custody, the latest first.

    ``entry``, ``expected_release`` and ``release`` are partial-date codes as given; ``returns`` counts the releases of
    the person before this stay, so that more than none makes it a return. ``moves`` are the earliest first.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    status: str
    facility_ar: str
    facility_en: str
    entry_day: dt.date | None
    expected_release_day: dt.date | None
    release_day: dt.date | None
    entry: str = ""
    expected_release: str = ""
    release: str = ""
    release_type: str = ""
    returns: int = 0
    moves: tuple[FacilityMoveLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert about a vulnerable person that nobody has acknowledged."""

    id: uuid.UUID
    kind: str
    person_id: uuid.UUID | None
    by_ar: str
    by_en: str
    raised_at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Something due; ``days`` late, negative for days to go."""

    kind: str
    due_on: dt.date
    days: int
    person_name: str
    step: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """The household's money in halalas; ``given`` is what was confirmed this year as (fund, halalas), most first."""

    asked_on: dt.date | None = None
    income_halalas: int | None = None
    expense_halalas: int | None = None
    debts_halalas: int | None = None
    given: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One step of a case."""

    from_state: str
    to_state: str
    role: str
    reason: str
    by_ar: str
    by_en: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The household's latest case with its history, newest step first."""

    id: uuid.UUID
    number: str
    state: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    closure_reason: str
    officer_ar: str
    officer_en: str
    mine: bool
    moves: tuple[MoveLine, ...]
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One submitted visit; ``scores`` are its matrix ratings, None for not applicable."""

    id: uuid.UUID
    visited_on: dt.date
    kind: str
    outcome: str
    place: str
    officer_ar: str
    officer_en: str
    receipt_number: str
    recommendation: str
    income_halalas: int | None
    expense_halalas: int | None
    observations: str
    scores: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One service planned; ``delivered`` and ``delivered_halalas`` are sums of its confirmed deliveries.

    ``is_need`` marks what a visit asked for and nobody has put to the rules; ``payment_state`` is its latest payment's.
    """

    id: uuid.UUID
    service_code: str
    service_ar: str
    service_en: str
    person_id: uuid.UUID
    person_name: str
    state: str
    priority: str
    quantity: int
    amount_halalas: int
    proposed_on: dt.date | None
    decided_on: dt.date | None
    delivered: int
    delivered_halalas: int
    last_delivered_on: dt.date | None
    is_need: bool = False
    level: str = ""
    decision_reason: str = ""
    minute_number: str = ""
    payment_state: str = ""
    payment_failure: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One hand-over."""

    id: uuid.UUID
    plan_item_id: uuid.UUID
    service_code: str
    service_ar: str
    service_en: str
    person_name: str
    delivered_on: dt.date
    quantity: int
    amount_halalas: int
    fund: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One contact, due or made."""

    id: uuid.UUID
    kind: str
    due_on: dt.date
    done_on: dt.date | None
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """The latest word of a person on one purpose."""

    person_id: uuid.UUID
    person_name: str
    purpose: str
    given: bool
    means: str
    given_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Two edits that met in one field and wait for a person."""

    id: uuid.UUID
    entity: str
    row_id: uuid.UUID
    field: str


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """Everything about one family on one page.

    ``custody_hidden`` says that custody is there but not for this person's eyes; ``trend`` is ``(day, scores)`` of
    each rated visit, oldest first; ``delivered_halalas`` sums confirmed deliveries; ``may`` are the actions (by name) that
    lead from here to other desks and that this person may do there.
    """

    household_id: uuid.UUID
    scope: str
    file_number: str
    committee_code: str
    head_person_id: uuid.UUID | None
    head_name: str
    place_ar: str
    place_en: str
    district: str
    directions: str
    short_address: str
    latitude_e6: int | None
    longitude_e6: int | None
    tenure: str
    members: tuple[MemberLine, ...]
    custody: tuple[CustodyLine, ...]
    custody_hidden: bool
    case: CaseLine | None
    visits: tuple[VisitLine, ...]
    matrix: Mapping[str, int | None]
    trend: tuple[tuple[dt.date, Mapping[str, int | None]], ...]
    plan: tuple[PlanLine, ...]
    deliveries: tuple[DeliveryLine, ...]
    delivered_halalas: int
    follow_ups: tuple[FollowUpLine, ...]
    consents: tuple[ConsentLine, ...]
    conflicts: tuple[ConflictLine, ...]
    draft_id: uuid.UUID | None
    may_visit: bool
    money: MoneyLine = MoneyLine()
    duties: tuple[DutyLine, ...] = ()
    alerts: tuple[AlertLine, ...] = ()
    risk_flags: tuple[str, ...] = ()
    next_visit_on: dt.date | None = None
    may_edit: bool = False
    may: frozenset[str] = frozenset()
