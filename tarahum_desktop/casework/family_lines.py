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


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One stay in custody, the latest first."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    status: str
    facility_ar: str
    facility_en: str
    entry_day: dt.date | None
    expected_release_day: dt.date | None
    release_day: dt.date | None


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
    """One service planned; ``delivered`` and ``delivered_halalas`` are sums of its confirmed deliveries."""

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
    each rated visit, oldest first; ``delivered_halalas`` sums confirmed deliveries.
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
