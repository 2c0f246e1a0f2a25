"""The gate's table against the models and the roles."""

from tarahum_desktop.casework.duplicates.references import MOVED
from tarahum_desktop.domain.permissions import PERMISSIONS, Action, Role
from tarahum_desktop.models import replicated_entities
from tarahum_desktop.sync.permissions_check import _CASEWORK, _MERGED, ALLOWING, CENTRE_ONLY, _allowing


def roles_that_may_write(entity: str, *, is_insert: bool = True) -> set[Role]:
    actions = _allowing(entity, is_insert=is_insert)
    return {role for (role, _), allowed in PERMISSIONS.items() if allowed & actions}


def test_every_replicated_table_has_its_actions():
    assert set(ALLOWING) == set(replicated_entities()) - CENTRE_ONLY
    assert all(ALLOWING.values())
    assert set(ALLOWING) >= _CASEWORK


def test_only_a_system_administrator_writes_users_roles_devices_and_catalogue():
    for entity in ("user_account", "role_grant", "device", "service", "form_version", "committee"):
        for is_insert in (True, False):
            assert roles_that_may_write(entity, is_insert=is_insert) == {Role.SYSTEM_ADMIN}


def test_a_system_administrator_writes_no_case_work():
    for entity in _CASEWORK | {"visit", "matrix_rating", "case_move"}:
        assert Role.SYSTEM_ADMIN not in roles_that_may_write(entity)


def test_clerks_record_arrivals_and_deliveries_but_no_visits():
    assert Role.CLERK in roles_that_may_write("custody_episode")
    assert Role.CLERK in roles_that_may_write("delivery")
    assert Role.CLERK not in roles_that_may_write("visit")
    assert Action.RESOLVE_CONFLICT not in _allowing("visit", is_insert=False)


def test_claims_are_written_by_who_plans_approves_gives_or_settles_and_not_by_an_administrator():
    writers = roles_that_may_write("entitlement")
    assert {Role.FIELD_OFFICER, Role.CLERK, Role.SUPERVISOR, Role.OFFICE_ADMIN, Role.ANALYST} <= writers
    assert {Role.PANEL, Role.EXECUTIVE} <= writers
    assert Role.SYSTEM_ADMIN not in writers


def test_who_may_merge_may_point_every_row_that_a_merge_moves_and_nothing_more():
    assert set(MOVED) == _MERGED
    for entity in MOVED:
        assert Action.MERGE_PEOPLE in _allowing(entity, is_insert=False)
        assert Action.MERGE_PEOPLE not in _allowing(entity, is_insert=True)
    assert Action.MERGE_PEOPLE not in _allowing("visit", is_insert=False)
