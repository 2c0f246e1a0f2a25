"""The committee's sittings: a minute with number, date and attendance, and its decision on each plan item."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Document,
    Key,
    OptionalBytes,
    OptionalDay,
    OptionalHalalas,
    OptionalLink,
    OptionalMoment,
    OptionalWhole,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class Minute(Replicated):
    """One sitting at one level. ``attendance`` is ``[{"name", "office", "present"}]``; fixed in effect once signed."""

    __tablename__ = "minute"
    committee_code: Mapped[Code]
    number: Mapped[Key]
    level: Mapped[Words]
    held_on: Mapped[OptionalDay]
    place: Mapped[OptionalWords]
    chair: Mapped[OptionalWords]
    attendance: Mapped[Document]
    state: Mapped[Words]
    opened_by: Mapped[OptionalLink]
    signed_by: Mapped[OptionalLink]
    signed_at: Mapped[OptionalMoment]
    document_hash: Mapped[OptionalBytes]
    note: Mapped[OptionalWords]


class MinuteDecision(Replicated):
    """What a sitting decided on one plan item, under which version of the service's rules."""

    __tablename__ = "minute_decision"
    minute_id: Mapped[Reference]
    plan_item_id: Mapped[Reference]
    case_id: Mapped[OptionalLink]
    position: Mapped[Whole]
    verdict: Mapped[OptionalWords]
    amount_halalas: Mapped[OptionalHalalas]
    reason: Mapped[OptionalWords]
    rules_version: Mapped[OptionalWhole]
