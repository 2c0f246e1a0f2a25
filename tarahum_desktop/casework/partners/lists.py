"""Referrals as lists: of a family, of an agreement, and those a partner has not answered."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.partners.facts import closed_purposes
from tarahum_desktop.casework.partners.referrals import SENT, fingerprint, unanswered_since
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import SHAREABLE
from tarahum_desktop.models import Agreement, Case, Household, Person, Referral, Service, User

_MOST: Final = 200
_AGREEMENT: Any = Agreement.__table__
_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_REFERRAL: Any = Referral.__table__
_SERVICE: Any = Service.__table__
_USER: Any = User.__table__


@dataclass(frozen=True)
class ReferralLine:
    """One referral as shown; ``intact`` says whether the kept document still has its fingerprint.

    ``withheld`` are the fields of it that this member of staff may not see; ``document`` holds the others.
    """

    id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    person_id: uuid.UUID
    person_name: str
    number: str
    partner_ar: str
    partner_en: str
    service_ar: str
    service_en: str
    purpose: str
    state: str
    referred_on: dt.date
    by_ar: str
    by_en: str
    answered_on: dt.date | None
    outcome: str
    overdue: bool
    document: dict[str, Any]
    fingerprint: str
    intact: bool
    withheld: tuple[str, ...]
    may_answer: bool
    consent_id: uuid.UUID | None
    agreement_id: uuid.UUID
    scope: str


def list_referrals(
    desk: Desk,
    *,
    household_id: uuid.UUID | None = None,
    agreement_id: uuid.UUID | None = None,
    unanswered: bool = False,
) -> tuple[ReferralLine, ...]:
    """At most 200 referrals of the scopes this person may see: the latest first, of the unanswered the oldest."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        query = _query().where(_REFERRAL.c.scope.in_(scopes))
        if household_id is not None:
            query = query.where(_REFERRAL.c.household_id == household_id)
        if agreement_id is not None:
            query = query.where(_REFERRAL.c.agreement_id == agreement_id)
        if unanswered:
            day = unanswered_since(desk.today()) + dt.timedelta(days=1)
            before = dt.datetime.combine(day, dt.time(), SAUDI_TIME)
            query = query.where(_REFERRAL.c.state == SENT, _REFERRAL.c.referred_at < before)
        order = _REFERRAL.c.referred_at if unanswered else _REFERRAL.c.id.desc()
        return tuple(_line(desk, row) for row in connection.execute(query.order_by(order)))


def read_referral(desk: Desk, referral_id: uuid.UUID) -> ReferralLine:
    """One referral; raises NotAllowed, RecordMissing."""
    with desk.reading() as connection:
        row = connection.execute(_query().where(_REFERRAL.c.id == referral_id)).one_or_none()
    if row is None:
        raise RecordMissing(entity="referral")
    desk.require(Action.VIEW_CASE, row.scope)
    return _line(desk, row)


def _query() -> Select[Any]:
    return (
        select(
            _REFERRAL, _HOUSEHOLD.c.file_number, *NAME_COLUMNS, _AGREEMENT.c.number, _AGREEMENT.c.partner_ar,
            _AGREEMENT.c.partner_en, _named(_SERVICE.c.name_ar).label("service_ar"),
            _named(_SERVICE.c.name_en).label("service_en"), _CASE.c.officer_id,
            _USER.c.name_ar.label("by_ar"), _USER.c.name_en.label("by_en"),
        )
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _REFERRAL.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _REFERRAL.c.person_id)
        .outerjoin(_AGREEMENT, _AGREEMENT.c.id == _REFERRAL.c.agreement_id)
        .outerjoin(_CASE, _CASE.c.id == _REFERRAL.c.case_id)
        .outerjoin(_USER, _USER.c.id == _REFERRAL.c.referred_by)
        .where(_REFERRAL.c.removed_at.is_(None))
        .limit(_MOST)
    )  # fmt: skip


def _named(column: Any) -> Any:
    """A service's name: two rows of one code, made apart, must not show one referral twice."""
    return (
        select(column)
        .where(_SERVICE.c.code == _REFERRAL.c.service_code)
        .order_by(_SERVICE.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _line(desk: Desk, row: Any) -> ReferralLine:
    referred_on = row.referred_at.astimezone(SAUDI_TIME).date()
    closed = closed_purposes(desk, row.scope, row.officer_id)
    withheld = tuple(code for code in row.document if SHAREABLE.get(code, "") in closed)
    shown = {code: value for code, value in row.document.items() if code not in withheld}
    return ReferralLine(
        row.id, row.household_id, row.file_number or "", row.person_id, full_name(row), row.number or "",
        row.partner_ar or "", row.partner_en or "", row.service_ar or "", row.service_en or "", row.purpose,
        row.state, referred_on, row.by_ar or "", row.by_en or "", row.answered_on, row.outcome or "",
        row.state == SENT and referred_on <= unanswered_since(desk.today()), shown, row.document_hash.hex(),
        fingerprint(row.document) == row.document_hash, withheld, desk.may(Action.REFER_PERSON, row.scope),
        row.consent_id, row.agreement_id, row.scope,
    )  # fmt: skip
