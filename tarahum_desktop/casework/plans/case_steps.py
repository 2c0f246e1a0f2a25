"""What a decision on plan items means for their case: it moves on once nothing of its plan waits any more."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import write_step
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving import entitlements
from tarahum_desktop.casework.plans.states import APPROVED, GRANTED, REFUSED, RETURNED, WAITING
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.permissions import Role
from tarahum_desktop.models import Case, PlanItem

_ITEM: Any = PlanItem.__table__


def settle_cases(session: Session, desk: Desk, items: Iterable[PlanItem]) -> None:
    """Move each case of decided items whose plan waits for nothing more; the decider acts as the panel."""
    session.flush()
    items = list(items)
    _keep_claims(session, desk, items)
    reasons: dict[uuid.UUID, str] = {}
    for item in items:
        if item.case_id is not None:
            said = item.decision_reason if item.state in {RETURNED, REFUSED} else None
            reasons[item.case_id] = reasons.get(item.case_id) or said or ""
    for case_id, reason in reasons.items():
        case = session.get(Case, case_id)
        if case is not None and case.state == CaseState.PLAN_PENDING:
            target = _outcome(session, case)
            if target is not None:
                write_step(session, desk, case, target, Role.PANEL, reason)


def _keep_claims(session: Session, desk: Desk, items: Iterable[PlanItem]) -> None:
    """Reserve what was approved in the ledger that all offices compare; give back what was refused or returned."""
    for item in items:
        if item.state == APPROVED:
            entitlements.reserve(session, desk, item)
        elif item.state in {REFUSED, RETURNED}:
            entitlements.release(session, desk, item)


def _outcome(session: Session, case: Case) -> CaseState | None:
    """Approved when anything was granted, else returned when anything came back, else refused as a whole."""
    rows = session.execute(
        select(_ITEM.c.state, _ITEM.c.level).where(
            _ITEM.c.household_id == case.household_id
            if case.household_id is not None
            else _ITEM.c.person_id == case.person_id,
            _ITEM.c.case_id == case.id,
            _ITEM.c.removed_at.is_(None),
        )
    ).all()
    if any(row.state in WAITING and row.level is not None for row in rows):
        return None
    states = {row.state for row in rows}
    if states & set(GRANTED):
        return CaseState.APPROVED
    if RETURNED in states:
        return CaseState.RETURNED
    return CaseState.INELIGIBLE if REFUSED in states else None
