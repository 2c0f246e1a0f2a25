"""Referring a person to a partner: exactly what was shared is kept with its fingerprint, and what came of it."""

import dataclasses
import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.partners.agreements import terms_of
from tarahum_desktop.casework.partners.errors import ReferralSettled, SharingRefused, within_limit
from tarahum_desktop.casework.partners.facts import Subject, read_subject
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import Refusal, Sharing, Wish, may_share
from tarahum_desktop.models import Agreement, Referral
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import canonical_json

SENT, ACCEPTED, DECLINED, COMPLETED, WITHDRAWN = "sent", "accepted", "declined", "completed", "withdrawn"
STEPS: Final = {SENT: (ACCEPTED, DECLINED, WITHDRAWN), ACCEPTED: (COMPLETED, WITHDRAWN)}
ANSWER_DAYS: Final = 14
"""A partner who has not answered after two weeks is asked again."""
_AGREEMENT: Any = Agreement.__table__


@dataclass(frozen=True, slots=True)
class NewReferral:
    """Who is referred to whom, for which service, why, and with which fields."""

    household_id: uuid.UUID
    person_id: uuid.UUID
    agreement_id: uuid.UUID
    service_code: str
    purpose: str
    fields: Sequence[str]


@dataclass(frozen=True)
class Preview:
    """What would be shared, value by value, and what speaks against it; ``known`` are fields with a value here."""

    subject_name: str
    partner_ar: str
    partner_en: str
    covered: tuple[str, ...]
    known: tuple[str, ...]
    sharing: Sharing
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral on record; ``fingerprint`` is the SHA-256 of the shared document, in hex."""

    referral_id: uuid.UUID
    fingerprint: str
    summary: ChangeSummary


def preview_referral(desk: Desk, wanted: NewReferral) -> Preview:
    """What this referral would share now; raises NotAllowed, RecordMissing."""
    with desk.reading() as connection:
        subject, agreement, sharing = _judge(desk, connection, wanted)
    covered = tuple(code for code in agreement.shared_fields)
    known = tuple(code for code in covered if code in subject.values)
    return Preview(
        subject.name, agreement.partner_ar, agreement.partner_en, covered, known, sharing,
        _document(subject, sharing),
    )  # fmt: skip


def refer_person(desk: Desk, wanted: NewReferral) -> Referred:
    """Put a referral on record with exactly the values that go out.

    Raises:
        SharingRefused: with every reason; nothing is written.
        TextTooLong, NotAllowed, RecordMissing.
    """
    with UnitOfWork(desk) as work:
        subject, agreement, sharing = _judge(desk, work.session.connection(), wanted)
        if not sharing.allowed:
            raise SharingRefused(sharing.refusals)
        document = _document(subject, sharing)
        digest = fingerprint(document)
        referral = Referral(
            id=new_id(), scope=subject.scope, person_id=subject.person_id, household_id=subject.household_id,
            case_id=subject.case_id, agreement_id=agreement.id, consent_id=sharing.ground,
            service_code=wanted.service_code, purpose=within_limit(wanted.purpose), document=document,
            document_hash=digest, referred_by=desk.user.id, referred_at=desk.now(), state=SENT,
        )  # fmt: skip
        work.session.add(referral)
    return Referred(referral.id, digest.hex(), work.summary)


def fingerprint(document: Any) -> bytes:
    """The SHA-256 of a shared document in its one canonical form."""
    return hashlib.sha256(canonical_json(document).encode()).digest()


def answer_referral(desk: Desk, referral_id: uuid.UUID, state: str, outcome: str = "") -> ChangeSummary:
    """Record what came of a referral.

    Raises:
        ReferralSettled: this step does not follow from the present state.
        TextTooLong, NotAllowed, RecordMissing.
    """
    with UnitOfWork(desk) as work:
        referral = work.session.get(Referral, referral_id)
        if referral is None:
            raise RecordMissing(entity="referral")
        desk.require(Action.REFER_PERSON, referral.scope)
        if state not in STEPS.get(referral.state, ()):
            raise ReferralSettled
        referral.state = state
        referral.answered_on = desk.today()
        referral.outcome = within_limit(outcome) or referral.outcome
    return work.summary


def _judge(desk: Desk, connection: Connection, wanted: NewReferral) -> tuple[Subject, Any, Sharing]:
    subject = read_subject(desk, connection, wanted.household_id, wanted.person_id)
    desk.require(Action.REFER_PERSON, subject.scope)
    query = select(_AGREEMENT).where(
        _AGREEMENT.c.id == wanted.agreement_id, _AGREEMENT.c.removed_at.is_(None)
    )
    agreement = connection.execute(query).one_or_none()
    if agreement is None:
        raise RecordMissing(entity="agreement")
    wish = Wish(
        desk.today(), subject.committee, wanted.service_code, tuple(wanted.fields), wanted.purpose, subject.age,
        subject.restricted, desk.may(Action.RESTRICT_CASE, subject.scope), subject.closed_to(desk),
    )  # fmt: skip
    sharing = may_share(terms_of(agreement), subject.words, wish)
    if sharing.allowed and not _document(subject, sharing):  # everything asked for is unknown here
        sharing = dataclasses.replace(sharing, refusals=(Refusal("nothing_to_share"),))
    return subject, agreement, sharing


def _document(subject: Subject, sharing: Sharing) -> dict[str, Any]:
    return {code: subject.values[code] for code in sharing.fields if code in subject.values}


def unanswered_since(day: dt.date) -> dt.date:
    """The day of the latest referral that should have been answered by now."""
    return day - dt.timedelta(days=ANSWER_DAYS)
