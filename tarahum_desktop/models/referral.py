"""A person referred to a partner: under which agreement and consent, and exactly what was shared."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Document,
    Moment,
    OptionalCode,
    OptionalDay,
    OptionalLink,
    OptionalReference,
    OptionalWords,
    Reference,
    Words,
)


class Referral(Replicated):
    """``document`` holds the values that were shared, ``document_hash`` their SHA-256: the proof of sharing (Reg. 20-6)."""

    __tablename__ = "referral"
    person_id: Mapped[Reference]
    household_id: Mapped[OptionalReference]
    case_id: Mapped[OptionalReference]
    agreement_id: Mapped[Reference]
    consent_id: Mapped[OptionalLink]
    service_code: Mapped[OptionalCode]
    purpose: Mapped[Words]
    document: Mapped[Document]
    document_hash: Mapped[Bytes]
    referred_by: Mapped[OptionalLink]
    referred_at: Mapped[Moment]
    state: Mapped[Words]
    answered_on: Mapped[OptionalDay]
    outcome: Mapped[OptionalWords]
