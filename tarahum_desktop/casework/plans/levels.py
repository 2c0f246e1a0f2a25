"""Which level an item needs: its service's own by the rules of the day, moved up by amount, never lowered afterwards."""

import datetime as dt

from sqlalchemy.orm import Session

from tarahum_desktop.casework.plans.rules import approval_limits, rules_on
from tarahum_desktop.domain.approval import ApprovalLevel, approval_level
from tarahum_desktop.models import PlanItem


def level_of(
    session: Session, item: PlanItem, day: dt.date | None = None, amount: int | None = None
) -> ApprovalLevel:
    """The level an item needs for an amount in halalas (default: its own); the highest for an unknown service.

    Rules that changed since the proposal can raise the level it was proposed at, not lower it.
    """
    connection = session.connection()
    service = rules_on(connection, item.service_code, day or item.proposed_on or dt.date.max)
    if service is None:
        return ApprovalLevel.L4
    halalas = item.amount_halalas if amount is None else amount
    needed = approval_level(service.rules.level, halalas, approval_limits(connection))
    asked = item.level if item.level in set(ApprovalLevel) and amount is None else needed.value
    return max(needed, ApprovalLevel(asked))
