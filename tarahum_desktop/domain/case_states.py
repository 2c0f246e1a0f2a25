"""The life of a case: sixteen states, who may move it, and when a reason is due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.permissions import Role, approve_action, role_reach


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    REGISTERED = "registered"
    STUDY = "study"
    ASSESSED = "assessed"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    PLAN_PENDING = "plan_pending"
    RETURNED = "returned"
    APPROVED = "approved"
    ACTIVE = "active"
    FOLLOW_UP = "follow_up"
    SUSPENDED = "suspended"
    TRANSFER_OUT = "transfer_out"
    CLOSED_SUFFICIENCY = "closed_sufficiency"
    CLOSED_OTHER = "closed_other"
    REOPENED = "reopened"


class ClosureReason(StrEnum):
    """Why a case was closed; only ``SUFFICIENCY`` belongs to ``closed_sufficiency``."""

    SUFFICIENCY = "sufficiency"
    DEATH = "death"
    LEFT_KINGDOM = "left_kingdom"
    NO_RESPONSE = "no_response"
    DUPLICATE = "duplicate"
    WRONG_DATA = "wrong_data"
    OWN_REQUEST = "own_request"
    ENTITLEMENT_ENDED = "entitlement_ended"


CLOSED: Final = frozenset({CaseState.CLOSED_SUFFICIENCY, CaseState.CLOSED_OTHER})
_NEED_REASON: Final = CLOSED | {
    CaseState.RETURNED,
    CaseState.INELIGIBLE,
    CaseState.SUSPENDED,
    CaseState.REOPENED,
}
_S, _R = CaseState, Role

TRANSITIONS: Final[Mapping[tuple[CaseState, CaseState], frozenset[Role]]] = MappingProxyType(
    {
        (_S.DRAFT, _S.REGISTERED): frozenset({_R.FIELD_OFFICER, _R.CLERK}),
        (_S.REGISTERED, _S.STUDY): frozenset({_R.SUPERVISOR}),
        (_S.STUDY, _S.ASSESSED): frozenset({_R.FIELD_OFFICER}),
        (_S.ASSESSED, _S.ELIGIBLE): frozenset({_R.SUPERVISOR}),
        (_S.ASSESSED, _S.INELIGIBLE): frozenset({_R.SUPERVISOR}),
        (_S.ELIGIBLE, _S.PLAN_PENDING): frozenset({_R.FIELD_OFFICER}),
        (_S.PLAN_PENDING, _S.APPROVED): frozenset({_R.PANEL}),
        (_S.PLAN_PENDING, _S.RETURNED): frozenset({_R.PANEL}),
        (_S.RETURNED, _S.PLAN_PENDING): frozenset({_R.FIELD_OFFICER}),
        (_S.PLAN_PENDING, _S.INELIGIBLE): frozenset({_R.PANEL}),
        (_S.APPROVED, _S.ACTIVE): frozenset({_R.OFFICE_ADMIN}),
        (_S.ACTIVE, _S.FOLLOW_UP): frozenset({_R.FIELD_OFFICER}),
        (_S.FOLLOW_UP, _S.ACTIVE): frozenset({_R.FIELD_OFFICER}),
        (_S.ACTIVE, _S.SUSPENDED): frozenset({_R.SUPERVISOR}),
        (_S.SUSPENDED, _S.ACTIVE): frozenset({_R.SUPERVISOR}),
        (_S.FOLLOW_UP, _S.CLOSED_SUFFICIENCY): frozenset({_R.PANEL}),
        (_S.ACTIVE, _S.CLOSED_OTHER): frozenset({_R.SUPERVISOR}),
        (_S.FOLLOW_UP, _S.CLOSED_OTHER): frozenset({_R.SUPERVISOR}),
        (_S.INELIGIBLE, _S.CLOSED_OTHER): frozenset({_R.SUPERVISOR}),
        (_S.CLOSED_SUFFICIENCY, _S.REOPENED): frozenset({_R.SUPERVISOR}),
        (_S.CLOSED_OTHER, _S.REOPENED): frozenset({_R.SUPERVISOR}),
        (_S.REOPENED, _S.STUDY): frozenset({_R.SUPERVISOR}),
        (_S.ACTIVE, _S.TRANSFER_OUT): frozenset({_R.SUPERVISOR}),
        (_S.FOLLOW_UP, _S.TRANSFER_OUT): frozenset({_R.SUPERVISOR}),
        (_S.TRANSFER_OUT, _S.STUDY): frozenset({_R.RECEIVING_SUPERVISOR}),
        (_S.TRANSFER_OUT, _S.ACTIVE): frozenset({_R.SENDING_SUPERVISOR}),
    },
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a move is allowed; ``code`` says why not, ``needs_reason`` whether words are due."""

    allowed: bool
    code: str | None
    needs_reason: bool


def needs_reason(source: CaseState, target: CaseState) -> bool:
    """Tell whether a move needs a reason: a return, rejection, suspension, closure or re-opening."""
    return (source, target) in TRANSITIONS and target in _NEED_REASON


def may_move(state: CaseState, target: CaseState, roles: Collection[Role]) -> Decision:
    """Decide a move by the person's roles in the case's scope.

    Codes: ``case_move_unknown`` (no such step), ``case_move_role`` (not this person's step).
    """
    allowed = TRANSITIONS.get((state, target))
    if allowed is None:
        return Decision(allowed=False, code="case_move_unknown", needs_reason=False)
    right = not allowed.isdisjoint(roles)
    code = None if right else "case_move_role"
    return Decision(right, code, needs_reason(state, target))


def possible_moves(state: CaseState, roles: Collection[Role]) -> list[CaseState]:
    """Return the states the person may move the case to, in the order of ``CaseState``."""
    return [target for target in CaseState if may_move(state, target, roles).allowed]


def may_decide_plan(
    target: CaseState,
    roles: Collection[Role],
    level: ApprovalLevel,
    *,
    decider: str,
    authors: Collection[str],
) -> Decision:
    """Decide on a pending plan whose dearest item needs ``level``; people are named by their ids.

    Whoever may approve that level acts as the panel. Nobody approves a plan he or she wrote
    (code ``case_plan_author``); sending one's own plan back is allowed.
    """
    approves = any(role_reach(role, approve_action(level)) for role in roles)
    decision = may_move(CaseState.PLAN_PENDING, target, {Role.PANEL} if approves else ())
    if decision.allowed and target is CaseState.APPROVED and decider in authors:
        return Decision(allowed=False, code="case_plan_author", needs_reason=False)
    return decision
