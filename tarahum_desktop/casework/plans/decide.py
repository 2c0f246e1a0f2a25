"""Deciding on planned services: by level, and never by whoever proposed them."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.plans.answers import kept_answers
from tarahum_desktop.casework.plans.case_steps import settle_cases
from tarahum_desktop.casework.plans.claims import settle_claims
from tarahum_desktop.casework.plans.errors import DecisionRefused
from tarahum_desktop.casework.plans.levels import level_of
from tarahum_desktop.casework.plans.states import (
    LONGEST_REASON,
    NEEDS_REASON,
    STATE_AFTER,
    WAITING,
    Verdict,
)
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.permissions import approve_action
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import PlanItem


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What is decided on one plan item; a refusal or a return needs its reason. ``amount`` (halalas) changes it."""

    verdict: Verdict
    reason: str = ""
    amount: int | None = None


def decide_item(desk: Desk, item_id: uuid.UUID, decision: ItemDecision) -> ChangeSummary:
    """Decide on a proposed service outside a sitting.

    Raises:
        NotAllowed: ``not_allowed`` for a level that is not this person's, ``case_plan_author`` for their own plan.
        DecisionRefused: somebody decided before, nobody asked the rules yet, or the amount is above the level.
        ReasonMissing: a refusal or a return without words.
    """
    with UnitOfWork(desk) as work:
        item = work.session.get(PlanItem, item_id)
        if item is None:
            raise RecordMissing(entity="plan_item")
        level = level_of(work.session, item, desk.today())
        desk.require(approve_action(level), item.scope)
        check_decision(work.session, desk, item, decision, level)
        write_decision(desk, item, decision, level)
        settle_claims(work.session, desk, [item])
        settle_cases(work.session, desk, [item])
    return work.summary


def authors_of(item: PlanItem) -> frozenset[uuid.UUID]:
    """Everybody who wrote a part of the proposal: the visit's officer, and whoever proposed it since."""
    answers = kept_answers(item.level, item.rules_version, item.eligibility)
    people = {item.proposed_by, item.author, answers.asked_by if answers else None}
    return frozenset(person for person in people if person is not None)


def check_decision(
    session: Session, desk: Desk, item: PlanItem, decision: ItemDecision, level: ApprovalLevel
) -> None:
    """Refuse what may not be decided so; ``level`` is whose decision it is."""
    if item.state not in WAITING:
        raise DecisionRefused("plan_item_decided")
    if item.level is None:
        raise DecisionRefused("plan_item_unchecked")
    settles = decision.verdict in {Verdict.APPROVE, Verdict.REFUSE}
    if settles and desk.user.id in authors_of(item):
        raise NotAllowed("case_plan_author")
    if decision.verdict in NEEDS_REASON and not decision.reason.strip():
        raise ReasonMissing
    if decision.amount is not None and decision.verdict is Verdict.APPROVE:
        check_amount(session, desk, item, decision.amount, level)


def check_amount(session: Session, desk: Desk, item: PlanItem, amount: int, level: ApprovalLevel) -> None:
    """Refuse a changed amount that is nothing, or that a higher level would have to approve."""
    if amount <= 0:
        raise DecisionRefused("plan_amount_missing")
    if level_of(session, item, desk.today(), amount) > level:
        raise DecisionRefused("plan_amount_above_level", level=level.value)


def write_decision(
    desk: Desk,
    item: PlanItem,
    decision: ItemDecision,
    level: ApprovalLevel,
    minute_id: uuid.UUID | None = None,
) -> None:
    """Write a decision that was found right; the version of the rules it was proposed under stays with it."""
    item.state = STATE_AFTER[decision.verdict]
    item.level, item.minute_id = level.value, minute_id
    item.decided_by, item.decided_on = desk.user.id, desk.today()
    item.decision_reason = clean_lines(decision.reason)[:LONGEST_REASON] or None
    if decision.verdict is Verdict.APPROVE and decision.amount is not None:
        item.amount_halalas = decision.amount
