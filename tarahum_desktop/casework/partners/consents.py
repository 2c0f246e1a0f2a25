"""A consent to sharing given at the moment of referral, and its withdrawal, which says who must be told."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.partners.errors import within_limit
from tarahum_desktop.casework.partners.referrals import ACCEPTED, COMPLETED, SENT
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.casework.visit_rows import NOTICE_VERSION
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import SHARE, SHAREABLE
from tarahum_desktop.models import Agreement, Consent, Person, Referral
from tarahum_desktop.models.ids import new_id

MEANS: Final = ("device_signature", "paper_signature", "thumbprint_witnessed", "oral_witnessed")
CAPACITIES: Final = ("data_subject", "guardian", "custodian", "proxy")
_REFERRAL: Any = Referral.__table__
_AGREEMENT: Any = Agreement.__table__
_PERSON: Any = Person.__table__


class ConsentIncomplete(CaseworkError):
    """Means and capacity must be of the lists, and who signs for another names the deed."""

    code = "consent_incomplete"


@dataclass(frozen=True, slots=True)
class NewConsent:
    """Consent of a person to sharing with one named party."""

    person_id: uuid.UUID
    party: str
    means: str
    capacity: str
    deed: str = ""


def consent_to_share(desk: Desk, given: NewConsent) -> ChangeSummary:
    """Put a consent to sharing on record.

    Raises:
        ConsentIncomplete, TextTooLong, NotAllowed, RecordMissing.
    """
    for_another = given.capacity != CAPACITIES[0]
    known = given.means in MEANS and given.capacity in CAPACITIES and given.party.strip()
    if not known or (for_another and not given.deed.strip()):
        raise ConsentIncomplete
    with UnitOfWork(desk) as work:
        person = work.session.get(Person, given.person_id)
        if person is None:
            raise RecordMissing(entity="person")
        desk.require(Action.REFER_PERSON, person.scope)
        consent = Consent(
            id=new_id(), scope=person.scope, person_id=person.id, purpose=SHARE, named_party=within_limit(given.party),
            given=True, means=given.means, signer_capacity=given.capacity, deed=within_limit(given.deed) or None,
            notice_version=NOTICE_VERSION, given_at=desk.now(),
        )  # fmt: skip
        work.session.add(consent)
    return work.summary


@dataclass(frozen=True, slots=True)
class Receiver:
    """A partner who was told something under a consent and must be told of its withdrawal (Reg. 12)."""

    referral_id: uuid.UUID
    person_name: str
    partner_ar: str
    partner_en: str
    referred_on: dt.date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal brought: the partners to notify."""

    receivers: tuple[Receiver, ...]
    summary: ChangeSummary


def withdraw_consent(desk: Desk, consent_id: uuid.UUID) -> Withdrawn:
    """Withdraw a consent: as easy as giving it, and at once.

    Raises:
        NotAllowed, RecordMissing.
    """
    with UnitOfWork(desk) as work:
        consent = work.session.get(Consent, consent_id)
        if consent is None:
            raise RecordMissing(entity="consent")
        desk.require(Action.REGISTER_PERSON, consent.scope)
        if consent.withdrawn_at is None:
            consent.withdrawn_at = desk.now()
        receivers = told_under(work.session.connection(), consent)
    return Withdrawn(receivers, work.summary)


def told_under(connection: Connection, consent: Any) -> tuple[Receiver, ...]:
    """The partners who hold what a consent allowed: under it, or data of the kind it was about.

    ``consent`` is a row with ``id``, ``person_id``, ``purpose`` and ``given_at``.
    """
    query = (
        select(
            _REFERRAL.c.id, _REFERRAL.c.referred_at, _REFERRAL.c.document, _AGREEMENT.c.partner_ar,
            _AGREEMENT.c.partner_en, *NAME_COLUMNS,
        )
        .join(_AGREEMENT, _AGREEMENT.c.id == _REFERRAL.c.agreement_id)
        .outerjoin(_PERSON, _PERSON.c.id == _REFERRAL.c.person_id)
        .where(_REFERRAL.c.state.in_((SENT, ACCEPTED, COMPLETED)), _REFERRAL.c.removed_at.is_(None))
        .order_by(_REFERRAL.c.id)
    )  # fmt: skip
    if consent.purpose == SHARE:
        rows = connection.execute(query.where(_REFERRAL.c.consent_id == consent.id)).all()
    else:
        kinds = {code for code, purpose in SHAREABLE.items() if purpose == consent.purpose}
        own = query.where(
            _REFERRAL.c.person_id == consent.person_id, _REFERRAL.c.referred_at >= consent.given_at
        )
        rows = [row for row in connection.execute(own) if kinds & row.document.keys()]
    return tuple(
        Receiver(
            row.id, full_name(row), row.partner_ar, row.partner_en, row.referred_at.astimezone(SAUDI_TIME).date()
        )
        for row in rows
    )  # fmt: skip
