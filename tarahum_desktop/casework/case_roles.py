"""In which roles somebody decides about a case: by grant, by the case's place in a transfer, and formerly."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.plans.levels import level_of
from tarahum_desktop.casework.plans.states import PROPOSED
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.permissions import Role, roles_in
from tarahum_desktop.models import Case, PlanItem, Relocation

TRANSFER: Final = "transfer"
_MOVED: Any = Relocation.__table__
_PLAN: Any = PlanItem.__table__


def deciding_roles(session: Session, desk: Desk, case: Case, day: dt.date | None = None) -> frozenset[Role]:
    """The person's roles in the case's scope, with the supervisor's part in its transfer.

    While a case is offered it lies with the sender; once the centre moved it, with the receiver.
    """
    roles = roles_in(desk.grants, case.scope, day or desk.today())
    if case.state != CaseState.TRANSFER_OUT or Role.SUPERVISOR not in roles:
        return roles
    arrived = session.scalar(
        select(_MOVED.c.to_scope)
        .where(_MOVED.c.household_id == case.household_id, _MOVED.c.kind == TRANSFER, _MOVED.c.removed_at.is_(None))
        .order_by(_MOVED.c.id.desc())
        .limit(1)
    )  # fmt: skip
    return roles | {Role.RECEIVING_SUPERVISOR if arrived == case.scope else Role.SENDING_SUPERVISOR}


def former_roles(desk: Desk, scope: str) -> frozenset[Role]:
    """The roles the person had in a scope and has no more."""
    today = desk.today()
    ended = [grant for grant in desk.grants if grant.last_day is not None and grant.last_day < today]
    return frozenset(
        role for grant in ended if grant.last_day for role in roles_in([grant], scope, grant.last_day)
    )


def plan_authors(session: Session, case: Case) -> frozenset[str]:
    """The ids of everybody who wrote a part of the plan that waits."""
    rows = session.execute(_waiting(case, _PLAN.c.proposed_by, _PLAN.c.author))
    return frozenset(str(person) for row in rows for person in row if person is not None)


def plan_level(session: Session, case: Case) -> ApprovalLevel:
    """The highest level any waiting item needs; the first for a plan without items."""
    items = session.scalars(_waiting(case, PlanItem))
    return max((level_of(session, item) for item in items), default=ApprovalLevel.L1)


def _waiting(case: Case, *what: Any) -> Any:
    # By household, which has the index; a case without one is a released person living alone.
    whose = (
        _PLAN.c.household_id == case.household_id
        if case.household_id is not None
        else _PLAN.c.person_id == case.person_id
    )
    return select(*what).where(
        whose, _PLAN.c.case_id == case.id, _PLAN.c.state == PROPOSED, _PLAN.c.removed_at.is_(None)
    )
