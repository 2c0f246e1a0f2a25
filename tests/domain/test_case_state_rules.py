"""A case moves only along agreed steps, by the agreed people."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.case_states import (
    CLOSED,
    TRANSITIONS,
    CaseState,
    ClosureReason,
    may_decide_plan,
    may_move,
    needs_reason,
    possible_moves,
)
from tarahum_desktop.domain.permissions import Role

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "case_states.json").read_text("utf-8"))
STATES, ROLES = st.sampled_from(CaseState), st.frozensets(st.sampled_from(Role))


def test_states_and_steps_are_the_agreed_ones() -> None:
    agreed = {(step["from"], step["to"]): set(step["role"].split(",")) for step in VECTORS["transitions"]}
    assert [state.value for state in CaseState] == VECTORS["states"]
    assert {steps: set(roles) for steps, roles in TRANSITIONS.items()} == agreed
    assert (len(CaseState), len(TRANSITIONS), len(ClosureReason)) == (16, 26, 8)


@given(STATES, STATES, ROLES)
def test_a_move_is_allowed_exactly_when_a_role_of_the_step_is_held(
    state: CaseState, target: CaseState, roles: frozenset[Role]
) -> None:
    decision = may_move(state, target, roles)
    assert decision.allowed == bool(TRANSITIONS.get((state, target), frozenset()) & roles)
    assert decision.allowed == (decision.code is None)
    assert (target in possible_moves(state, roles)) == decision.allowed
    assert decision.needs_reason == needs_reason(state, target)


def test_a_refusal_says_whether_the_step_or_the_person_is_wrong() -> None:
    assert may_move(CaseState.DRAFT, CaseState.ACTIVE, set(Role)).code == "case_move_unknown"
    assert may_move(CaseState.DRAFT, CaseState.REGISTERED, {Role.ANALYST}).code == "case_move_role"


def test_returns_rejections_suspensions_closures_and_reopenings_need_a_reason() -> None:
    asked = {target for source, target in TRANSITIONS if needs_reason(source, target)}
    expected = {CaseState.RETURNED, CaseState.INELIGIBLE, CaseState.SUSPENDED, CaseState.REOPENED}
    assert asked == CLOSED | expected
    assert not needs_reason(CaseState.DRAFT, CaseState.SUSPENDED)


@pytest.mark.parametrize(
    ("level", "role", "allowed"),
    [
        (ApprovalLevel.L1, Role.SUPERVISOR, True),
        (ApprovalLevel.L2, Role.SUPERVISOR, False),
        (ApprovalLevel.L2, Role.EXECUTIVE, True),
        (ApprovalLevel.L3, Role.PANEL, True),
        (ApprovalLevel.L3, Role.EXECUTIVE, False),
        (ApprovalLevel.L4, Role.EXECUTIVE, True),
        (ApprovalLevel.L4, Role.PANEL, False),
        (ApprovalLevel.L1, Role.FIELD_OFFICER, False),
    ],
)
def test_a_plan_is_decided_at_the_level_its_amount_needs(
    level: ApprovalLevel, role: Role, allowed: bool
) -> None:
    decision = may_decide_plan(CaseState.APPROVED, {role}, level, decider="u1", authors={"u2"})
    assert decision.allowed is allowed


@given(st.sampled_from(ApprovalLevel))
def test_nobody_approves_a_plan_he_or_she_wrote(level: ApprovalLevel) -> None:
    roles = set(Role)
    own = may_decide_plan(CaseState.APPROVED, roles, level, decider="u1", authors={"u1", "u2"})
    assert (own.allowed, own.code) == (False, "case_plan_author")
    assert may_decide_plan(CaseState.APPROVED, roles, level, decider="u3", authors={"u1"}).allowed
    returned = may_decide_plan(CaseState.RETURNED, roles, level, decider="u1", authors={"u1"})
    assert returned.allowed
    assert returned.needs_reason


def test_every_state_can_be_reached_and_none_is_a_dead_end() -> None:
    reached = {target for _, target in TRANSITIONS} | {CaseState.DRAFT}
    assert reached == set(CaseState)
    assert {source for source, _ in TRANSITIONS} == set(CaseState)
