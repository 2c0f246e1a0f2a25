"""Moving a case along its life, each step by whom it belongs to and on record."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.case_roles import deciding_roles, former_roles, plan_authors, plan_level
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.case_states import (
    CLOSED,
    TRANSITIONS,
    CaseState,
    ClosureReason,
    Decision,
    may_decide_plan,
    may_move,
    needs_reason,
    possible_moves,
)
from tarahum_desktop.domain.permissions import Action, Role
from tarahum_desktop.models import Case, CaseMove

_CASE: Any = Case.__table__
LONGEST_REASON: Final = 1_000
_PLAN_DECISIONS: Final = frozenset({CaseState.APPROVED, CaseState.RETURNED, CaseState.INELIGIBLE})


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step this person may take now, and what it asks for."""

    target: CaseState
    needs_reason: bool
    closure_reasons: tuple[ClosureReason, ...] = ()


def moves_for(desk: Desk, case_id: uuid.UUID) -> list[CaseState]:
    """The states this person may move a case to now."""
    return [step.target for step in next_steps(desk, case_id)]


def next_steps(desk: Desk, case_id: uuid.UUID) -> tuple[NextStep, ...]:
    """The steps this person may take now, in the order of the states."""
    with Session(desk.replica.engine.execution_options(read_only=True)) as session:
        case = _find(session, case_id)
        if not desk.may(Action.MOVE_CASE, case.scope):
            return ()
        source = CaseState(case.state)
        if source is CaseState.PLAN_PENDING:
            targets = [
                target for target in CaseState if _decide(session, desk, case, target, desk.today()).allowed
            ]
        else:
            targets = possible_moves(source, deciding_roles(session, desk, case))
    return tuple(
        NextStep(target, needs_reason(source, target), closure_reasons(target)) for target in targets
    )


def closure_reasons(target: CaseState) -> tuple[ClosureReason, ...]:
    """The reasons to choose from for a closure; sufficiency is its own."""
    if target is CaseState.CLOSED_OTHER:
        return tuple(reason for reason in ClosureReason if reason is not ClosureReason.SUFFICIENCY)
    return ()


def move_case(
    desk: Desk, case_id: uuid.UUID, target: CaseState, reason: str = "", closure: ClosureReason | None = None
) -> ChangeSummary:
    """Move a case one step.

    Raises:
        NotAllowed: ``not_allowed``, ``case_move_unknown``, ``case_move_role``, ``case_role_ended`` (the role that
            allowed it has ended) or ``case_plan_author``.
        ReasonMissing: the step needs its reason in words.
        CaseworkError: ``closure_reason_missing``, a closure without a reason of the list.
    """
    with UnitOfWork(desk) as work:
        case = _find(work.session, case_id)
        desk.require(Action.MOVE_CASE, case.scope)
        take_step(work.session, desk, case, target, reason, closure)
    return work.summary


def take_step(
    session: Session,
    desk: Desk,
    case: Case,
    target: CaseState,
    reason: str = "",
    closure: ClosureReason | None = None,
) -> None:
    """Check and write one step in the caller's transaction."""
    decision = _decide(session, desk, case, target, desk.today())
    if not decision.allowed:
        raise NotAllowed(_why_not(desk, case, target, decision.code))
    words = " ".join(reason.split())[:LONGEST_REASON]
    if decision.needs_reason and not words:
        raise ReasonMissing
    if target is CaseState.CLOSED_SUFFICIENCY:
        closure = ClosureReason.SUFFICIENCY
    elif target is CaseState.CLOSED_OTHER and closure not in closure_reasons(target):
        raise CaseworkError("closure_reason_missing")
    held = deciding_roles(session, desk, case)
    asked = held & TRANSITIONS[CaseState(case.state), target]
    write_step(session, desk, case, target, min(asked or held), words, closure)


def write_step(
    session: Session,
    desk: Desk,
    case: Case,
    target: CaseState,
    role: Role,
    reason: str,
    closure: ClosureReason | None = None,
) -> None:
    """Write a step that was found right."""
    session.add(
        CaseMove(
            scope=case.scope, case_id=case.id, from_state=case.state, to_state=target.value, role=role.value,
            reason=reason or None, moved_by=desk.user.id, moved_at=desk.now(),
        )
    )  # fmt: skip
    case.state = target.value
    if target in CLOSED:
        case.closed_on = desk.today()
        case.closure_reason = closure.value if closure else reason
    elif target is CaseState.REOPENED:
        case.closed_on = None
        case.closure_reason = None


def _decide(session: Session, desk: Desk, case: Case, target: CaseState, day: dt.date) -> Decision:
    """The rule of the step; a pending plan is decided by whoever may approve its level, never by its author."""
    source, roles = CaseState(case.state), deciding_roles(session, desk, case, day)
    if source is not CaseState.PLAN_PENDING or target not in _PLAN_DECISIONS:
        return may_move(source, target, roles)
    return may_decide_plan(
        target,
        roles,
        plan_level(session, case),
        decider=str(desk.user.id),
        authors=plan_authors(session, case),
    )


def _why_not(desk: Desk, case: Case, target: CaseState, code: str | None) -> str | None:
    """A step that a role of the past would have allowed says so: else nobody understands why it worked yesterday."""
    past = former_roles(desk, case.scope)
    if code == "case_move_role" and may_move(CaseState(case.state), target, past).allowed:
        return "case_role_ended"
    return code


def _find(session: Session, case_id: uuid.UUID) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise RecordMissing(entity="case_file")
    return case


def case_of_household(desk: Desk, household_id: uuid.UUID) -> uuid.UUID:
    """The household's case people mean: the open one, else the latest; raises RecordMissing."""
    query = (
        select(_CASE.c.id)
        .where(_CASE.c.household_id == household_id, _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.state.in_([state.value for state in CLOSED]), _CASE.c.id.desc())
        .limit(1)
    )
    with desk.reading() as connection:
        found: uuid.UUID | None = connection.scalar(query)
    if found is None:
        raise RecordMissing(entity="case_file")
    return found
