"""Consent, one record per purpose (PDPL Implementing Regulation, articles 11 and 12)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Flag,
    Moment,
    OptionalLink,
    OptionalMoment,
    OptionalWords,
    Reference,
    Words,
)


class Consent(Replicated):
    """What a person allowed or refused, by which means, in which capacity, to which notice text.

    Consent to sharing names the one party it is for.
    """

    __tablename__ = "consent"
    person_id: Mapped[Reference]
    visit_id: Mapped[OptionalLink]
    purpose: Mapped[Words]
    named_party: Mapped[OptionalWords]
    given: Mapped[Flag]
    means: Mapped[Words]
    signer_capacity: Mapped[Words]
    deed: Mapped[OptionalWords]
    notice_version: Mapped[Words]
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[OptionalMoment]
