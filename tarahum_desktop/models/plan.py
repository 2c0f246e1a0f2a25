"""What was promised and what was given: plan items, deliveries, follow-ups."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, declared_attr

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Day,
    Halalas,
    KeyDay,
    OptionalDay,
    OptionalDocument,
    OptionalLink,
    OptionalMoment,
    OptionalReference,
    OptionalWhole,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class PlanItem(Replicated):
    """One service proposed, then approved or refused, for one named person.

    ``eligibility`` keeps each rule's answer as it was when the item was proposed, ``rules_version`` under which rules.
    """

    __tablename__ = "plan_item"
    case_id: Mapped[OptionalLink]
    household_id: Mapped[OptionalReference]
    person_id: Mapped[Reference]
    visit_id: Mapped[OptionalLink]
    committee_code: Mapped[Code]
    service_code: Mapped[Code]
    state: Mapped[Words]
    priority: Mapped[OptionalWords]
    quantity: Mapped[Whole]
    amount_halalas: Mapped[Halalas]
    fund: Mapped[OptionalWords]
    proposed_by: Mapped[OptionalLink]
    proposed_on: Mapped[OptionalDay]
    decided_by: Mapped[OptionalLink]
    decided_on: Mapped[OptionalDay]
    decision_reason: Mapped[OptionalWords]
    instalments: Mapped[OptionalWhole]
    level: Mapped[OptionalWords]
    rules_version: Mapped[OptionalWhole]
    eligibility: Mapped[OptionalDocument]
    minute_id: Mapped[OptionalLink]
    # What waits in a committee is read in the order of decision, without the far larger past.
    __table_args__ = (Index(None, "scope", "id"), Index(None, "committee_code", "state", "decided_on"))


class Delivery(Replicated):
    """One confirmed hand-over, payment, session or completion; ``removed_reason`` says why it was taken back."""

    __tablename__ = "delivery"
    plan_item_id: Mapped[Reference]
    person_id: Mapped[Reference]
    household_id: Mapped[OptionalReference]
    committee_code: Mapped[Code]
    service_code: Mapped[Code]
    delivered_on: Mapped[KeyDay]
    quantity: Mapped[Whole]
    amount_halalas: Mapped[Halalas]
    fund: Mapped[OptionalWords]
    person_kind: Mapped[Words]
    receiver: Mapped[OptionalWords]
    receiver_kind: Mapped[OptionalWords]
    proxy_document: Mapped[OptionalWords]
    evidence: Mapped[OptionalDocument]
    confirmed_at: Mapped[OptionalMoment]
    confirmed_by: Mapped[OptionalLink]
    agreement_id: Mapped[OptionalLink]
    payment_id: Mapped[OptionalLink]
    session_id: Mapped[OptionalLink]
    removed_reason: Mapped[OptionalWords]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """A fund's balance adds up one committee's deliveries since its opening, and what came of an agreement is counted.

        Both from an index alone; the few deliveries under an agreement have one of their own.
        """
        under = text("agreement_id IS NOT NULL")
        return (
            Index(None, "scope", "id"),
            Index(
                "ix_delivery_of_fund", "committee_code", "fund", "delivered_on", "confirmed_at", "removed_at",
                "amount_halalas",
            ),
            Index(
                "ix_delivery_of_agreement", "agreement_id", "removed_at", sqlite_where=under, postgresql_where=under
            ),
        )  # fmt: skip


class FollowUp(Replicated):
    """A contact that is due, and how it went; ``step`` names its place in a stay's after-care (``episode_id``)."""

    __tablename__ = "follow_up"
    case_id: Mapped[Reference]
    person_id: Mapped[OptionalLink]
    officer_id: Mapped[OptionalLink]
    kind: Mapped[Words]
    due_on: Mapped[Day]
    done_on: Mapped[OptionalDay]
    outcome: Mapped[OptionalWords]
    note: Mapped[OptionalWords]
    episode_id: Mapped[OptionalLink]
    step: Mapped[OptionalWords]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """What is open in a stretch of days is found, and counted by officer, without the far larger number that are done."""
        still_open, columns = text("done_on IS NULL"), ("due_on", "officer_id", "scope", "removed_at")
        by_day = Index("ix_follow_up_open", *columns, sqlite_where=still_open, postgresql_where=still_open)
        return (Index(None, "scope", "id"), by_day)
