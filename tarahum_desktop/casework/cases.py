"""Moving a case along its life, each step by whom it belongs to and on record."""

import uuid

from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.case_states import CLOSED, TRANSITIONS, CaseState, may_move, possible_moves
from tarahum_desktop.domain.permissions import Action, Role
from tarahum_desktop.models import Case, CaseMove


def moves_for(desk: Desk, case_id: uuid.UUID) -> list[CaseState]:
    """The states this person may move a case to now."""
    with UnitOfWork(desk) as work:
        case = _find(work.session, case_id)
        return possible_moves(CaseState(case.state), desk.roles(case.scope))


def move_case(desk: Desk, case_id: uuid.UUID, target: CaseState, reason: str = "") -> ChangeSummary:
    """Move a case one step.

    Raises:
        NotAllowed: ``not_allowed``, ``case_move_unknown`` or ``case_move_role``.
        ReasonMissing: the step needs its reason in words.
    """
    with UnitOfWork(desk) as work:
        case = _find(work.session, case_id)
        desk.require(Action.MOVE_CASE, case.scope)
        take_step(work.session, desk, case, target, reason)
    return work.summary


def take_step(session: Session, desk: Desk, case: Case, target: CaseState, reason: str = "") -> None:
    """Check and write one step in the caller's transaction."""
    source, roles = CaseState(case.state), desk.roles(case.scope)
    decision = may_move(source, target, roles)
    if not decision.allowed:
        raise NotAllowed(decision.code)
    if decision.needs_reason and not reason.strip():
        raise ReasonMissing
    write_step(session, desk, case, target, min(roles & TRANSITIONS[source, target]), reason.strip())


def write_step(session: Session, desk: Desk, case: Case, target: CaseState, role: Role, reason: str) -> None:
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
        case.closure_reason = reason
    elif target is CaseState.REOPENED:
        case.closed_on = None


def _find(session: Session, case_id: uuid.UUID) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise RecordMissing(entity="case_file")
    return case
