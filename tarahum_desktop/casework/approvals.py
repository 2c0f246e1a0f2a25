"""Deciding on planned services: by level, and never by whoever proposed them."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.approval import ApprovalLevel, approval_level
from tarahum_desktop.domain.permissions import approve_action
from tarahum_desktop.models import ApprovalLevel as ApprovalLevelRow
from tarahum_desktop.models import PlanItem, Service

PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
REFUSED: Final = "refused"
_SERVICE: Any = Service.__table__
_LEVEL: Any = ApprovalLevelRow.__table__


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What was decided on one plan item; a refusal needs its reason."""

    approve: bool
    reason: str = ""


def decide_item(desk: Desk, item_id: uuid.UUID, decision: ItemDecision) -> ChangeSummary:
    """Approve or refuse a proposed service.

    Raises:
        NotAllowed: ``not_allowed`` for a level that is not this person's, ``case_plan_author`` for their own plan.
        CaseworkError: ``plan_item_decided`` when somebody decided before.
        ReasonMissing: a refusal without words.
    """
    with UnitOfWork(desk) as work:
        item = work.session.get(PlanItem, item_id)
        if item is None:
            raise RecordMissing(entity="plan_item")
        desk.require(approve_action(level_of(work.session, item)), item.scope)
        if item.state != PROPOSED:
            raise CaseworkError("plan_item_decided")
        if decision.approve and desk.user.id in {item.proposed_by, item.author}:
            raise NotAllowed("case_plan_author")
        if not decision.approve and not decision.reason.strip():
            raise ReasonMissing
        item.state = APPROVED if decision.approve else REFUSED
        item.decided_by, item.decided_on = desk.user.id, desk.today()
        item.decision_reason = decision.reason.strip() or None
    return work.summary


def level_of(session: Session, item: PlanItem) -> ApprovalLevel:
    """The level an item needs: its service's own, moved up by amount; the highest for an unknown service."""
    own = session.scalar(
        select(_SERVICE.c.approval_level).where(_SERVICE.c.code == item.service_code).limit(1)
    )
    if own is None:
        return ApprovalLevel.L4
    rows = session.execute(select(_LEVEL.c.code, _LEVEL.c.limit_halalas)).all()
    if not rows:
        return approval_level(ApprovalLevel(own), item.amount_halalas)
    limits = {ApprovalLevel(row.code): row.limit_halalas for row in rows if row.limit_halalas is not None}
    return approval_level(ApprovalLevel(own), item.amount_halalas, limits)
