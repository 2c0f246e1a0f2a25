"""Rights come from grants in force, in their place, and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.permissions import (
    DERIVED_ROLES,
    PERMISSIONS,
    Action,
    Grant,
    Reach,
    Role,
    approve_action,
    committee_of,
    may,
    role_reach,
    roles_in,
    transfer_roles,
)

DAY = date(2026, 11, 23)
SCOPES = ["national", "ryd", "ryd/office", "ryd/women", "ryd/prison-1", "ryd/restricted", "jed", "jed/office"]
SCOPE = st.sampled_from(SCOPES)
GRANTS = st.lists(
    st.builds(Grant, st.sampled_from(Role), SCOPE, st.just(DAY), st.just(DAY) | st.none()), max_size=4
)


def grant(role: Role, scope: str) -> Grant:
    return Grant(role, scope, DAY)


def allowed(role: Role, granted: str, action: Action) -> set[str]:
    return {scope for scope in SCOPES if may([grant(role, granted)], action, scope, DAY)}


@pytest.mark.parametrize(
    ("role", "granted", "action", "scopes"),
    [
        (Role.FIELD_OFFICER, "ryd/office", Action.RECORD_VISIT, {"ryd/office"}),
        (Role.FIELD_OFFICER, "ryd/office", Action.SEARCH, {"ryd", "ryd/office", "ryd/women", "ryd/prison-1"}),
        (Role.FIELD_OFFICER, "ryd", Action.RECORD_VISIT, {"ryd", "ryd/office", "ryd/women", "ryd/prison-1"}),
        (Role.SUPERVISOR, "ryd", Action.VIEW_HEALTH, {"ryd", "ryd/office", "ryd/women", "ryd/prison-1"}),
        (Role.SUPERVISOR, "ryd/restricted", Action.VIEW_HEALTH, {"ryd/restricted"}),
        (Role.SUPERVISOR, "ryd/restricted", Action.SEARCH, {"ryd/restricted"}),
        (Role.SUPERVISOR, "national", Action.VIEW_CASE, {"national"}),
        (Role.ANALYST, "national", Action.VIEW_FIGURES, set(SCOPES) - {"ryd/restricted"}),
        (Role.ANALYST, "jed", Action.VIEW_FIGURES, {"jed", "jed/office"}),
        (Role.ANALYST, "national", Action.VIEW_HEALTH, set()),
        (Role.SYSTEM_ADMIN, "national", Action.MANAGE_USERS, set(SCOPES) - {"ryd/restricted"}),
        (Role.SYSTEM_ADMIN, "national", Action.VIEW_CASE, set()),
        (Role.EXECUTIVE, "national", Action.VIEW_FIGURES, set(SCOPES) - {"ryd/restricted"}),
        (Role.EXECUTIVE, "ryd", Action.APPROVE_L2, {"ryd", "ryd/office", "ryd/women", "ryd/prison-1"}),
        (Role.SENDING_SUPERVISOR, "ryd", Action.MOVE_CASE, set()),
    ],
)
def test_a_grant_reaches_exactly_these_scopes(
    role: Role, granted: str, action: Action, scopes: set[str]
) -> None:
    assert allowed(role, granted, action) == scopes


def test_an_officer_opens_sensitive_fields_of_own_cases_only() -> None:
    grants = [grant(Role.FIELD_OFFICER, "ryd/office")]
    for action in (Action.VIEW_HEALTH, Action.VIEW_CRIMINAL, Action.VIEW_CREDIT, Action.AMEND_VISIT):
        assert not may(grants, action, "ryd/office", DAY)
        assert may(grants, action, "ryd/office", DAY, own=True)
        assert not may(grants, action, "ryd/women", DAY, own=True)


def test_a_grant_holds_from_its_first_to_its_last_day() -> None:
    grants = [Grant(Role.CLERK, "ryd", DAY, DAY + timedelta(days=1))]
    days = [DAY + timedelta(days=offset) for offset in (-1, 0, 1, 2)]
    assert [may(grants, Action.SEARCH, "ryd", day) for day in days] == [False, True, True, False]
    assert [bool(roles_in(grants, "ryd", day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    "scope", ["", "RYD", "ryd/", "ryd/office/x", "ryd/../jed", "ryd\n", "*", "nationale"]
)
def test_a_malformed_scope_is_never_allowed(scope: str) -> None:
    assert not may([grant(Role.SUPERVISOR, scope)], Action.VIEW_CASE, scope, DAY)
    assert not may([grant(Role.SUPERVISOR, "ryd")], Action.VIEW_CASE, scope, DAY)


@given(GRANTS, st.sampled_from(Action), SCOPE, st.booleans())
def test_more_grants_never_take_a_right_away(
    grants: list[Grant], action: Action, scope: str, own: bool
) -> None:
    for one in grants:
        if may([one], action, scope, DAY, own=own):
            assert may(grants, action, scope, DAY, own=own)
    if not grants:
        assert not may(grants, action, scope, DAY, own=own)


@given(GRANTS, st.sampled_from(Action))
def test_restricted_cases_need_a_grant_of_their_own(grants: list[Grant], action: Action) -> None:
    others = [one for one in grants if one.scope_code != "ryd/restricted"]
    assert not may(others, action, "ryd/restricted", DAY, own=True)


def granted_actions(role: Role) -> list[Action]:
    return [action for reach in Reach for action in PERMISSIONS.get((role, reach), ())]


def test_the_table_is_complete_and_says_each_thing_once() -> None:
    for role in Role:
        granted = granted_actions(role)
        assert len(granted) == len(set(granted))
        assert (role in DERIVED_ROLES) == (not granted)
        assert all(role_reach(role, action) for action in granted)
    assert {action for role in Role for action in granted_actions(role)} == set(Action)


def test_nobody_both_administers_and_reads_cases_by_one_role() -> None:
    managing = {Action.MANAGE_USERS, Action.MANAGE_DEVICES, Action.MANAGE_CATALOGUE, Action.MANAGE_SCOPE}
    for role in Role:
        actions = set(granted_actions(role))
        assert not (actions & managing and actions & {Action.VIEW_PERSON, Action.VIEW_CASE})


def test_each_level_has_its_own_approval() -> None:
    assert [approve_action(level).value for level in ApprovalLevel] == [f"approve_l{n}" for n in (1, 2, 3, 4)]


def test_transfer_roles_come_from_a_supervisors_side_of_the_transfer() -> None:
    sender, receiver = [grant(Role.SUPERVISOR, "ryd")], [grant(Role.SUPERVISOR, "jed/office")]
    assert transfer_roles(sender, "ryd/office", "jed/office", DAY) == {Role.SENDING_SUPERVISOR}
    assert transfer_roles(receiver, "ryd/office", "jed/office", DAY) == {Role.RECEIVING_SUPERVISOR}
    assert transfer_roles([grant(Role.CLERK, "ryd")], "ryd", "jed", DAY) == frozenset()


def test_a_derived_role_cannot_be_granted() -> None:
    assert roles_in([grant(Role.SENDING_SUPERVISOR, "ryd")], "ryd", DAY) == frozenset()
    assert roles_in([grant(Role.PANEL, "ryd"), grant(Role.CLERK, "jed")], "ryd/office", DAY) == {Role.PANEL}


def test_a_scope_knows_its_committee() -> None:
    assert [committee_of(scope) for scope in ("ryd", "ryd/prison-1", "national")] == [
        "ryd",
        "ryd",
        "national",
    ]
