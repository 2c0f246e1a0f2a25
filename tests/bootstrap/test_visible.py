"""A person's side bar holds the desks they work at, and no other."""

import pytest

from tarahum_desktop.bootstrap.visible import WORK, for_person
from tarahum_desktop.ui.shell.screen import Screen, ScreenSpec
from tests.casework.worlds import new_office

ALWAYS = ["today", "families", "sync"]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = new_office(tmp_path_factory.mktemp("visible") / "vault")
    with made.vault:
        yield made


def listed(office, role):
    specs = [ScreenSpec(name, name, "today", Screen) for name in (*ALWAYS, *WORK, "hidden")]
    specs[-1] = ScreenSpec("hidden", "hidden", "today", Screen, in_navigation=False)
    return {spec.id for spec in for_person(specs, office.desk(role)) if spec.in_navigation}


@pytest.mark.parametrize(
    ("role", "shown", "absent"),
    [
        (
            "officer",
            {"calendar", "approvals", "giving", "amending", "partners"},
            {"review", "imports", "catalogue"},
        ),
        ("clerk", {"prison", "giving"}, {"approvals", "review", "imports", "moving", "partners"}),
        ("supervisor", {"review", "moving", "amending", "approvals"}, {"imports", "catalogue", "forms"}),
        ("office_admin", {"imports", "giving", "review", "moving"}, {"catalogue", "amending"}),
        ("stranger", set(), set(WORK)),
    ],
)
def test_each_role_finds_its_desks(office, role, shown, absent):
    found = listed(office, role)
    assert set(ALWAYS) <= found
    assert shown <= found
    assert not absent & found
    assert "hidden" not in found
