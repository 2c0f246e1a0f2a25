"""Two people on one machine: each has a way in, and what one leaves is safe from the other and counted for both."""

import pytest

from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.drafts import begin_visit, load_draft
from tarahum_desktop.casework.errors import DraftMissing, NotAllowed
from tarahum_desktop.casework.kept_work import kept_work
from tarahum_desktop.casework.prison.arrival_drafts import KeptRow, keep_rows, open_arrivals
from tarahum_desktop.casework.prison.arrivals import record_arrival
from tarahum_desktop.casework.vault_users import LoginUnknownAtCentre, add_vault_user
from tarahum_desktop.models import RoleGrant, User
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.vault.errors import LoginTaken
from tarahum_desktop.vault.vault import unlock
from tests.casework.prison.prison_world import MALAZ, typed
from tests.casework.worlds import CHEAP, SCOPE, STAFF, Office, replica_on

SECOND = "مصباح على رف المكتب"


def test_a_second_person_opens_the_same_vault_as_themselves(office: Office) -> None:
    add_vault_user(office.vault, office.desk("supervisor"), "clerk", SECOND, CHEAP)
    folder = office.vault.folder
    office.vault.lock()
    with unlock(folder, "clerk", SECOND) as vault:
        assert vault.user_id == STAFF["clerk"]
        assert open_desk(replica_on(vault.engine), vault.user_id).user.login == "clerk"
        assert vault.users() == ["officer", "clerk"]


def test_nobody_makes_a_way_in_that_reaches_further_than_their_own(office: Office) -> None:
    with pytest.raises(NotAllowed):
        add_vault_user(office.vault, office.desk("clerk"), "supervisor", SECOND, CHEAP)
    peer = User(id=new_id(), scope="national", login="clerk2", name_ar="زميل", name_en="Peer", active=True)
    office.add(peer, RoleGrant(scope="national", user_id=peer.id, role="clerk", scope_code=SCOPE))
    add_vault_user(office.vault, office.desk("clerk"), "clerk2", SECOND, CHEAP)
    assert office.vault.users() == ["officer", "clerk2"]


def test_an_account_the_centre_does_not_know_is_refused_and_none_is_made_twice(office: Office) -> None:
    with pytest.raises(LoginUnknownAtCentre):
        add_vault_user(office.vault, office.desk("supervisor"), "nobody", SECOND, CHEAP)
    with pytest.raises(LoginTaken):
        add_vault_user(office.vault, office.desk("supervisor"), "officer", SECOND, CHEAP)


def test_what_one_leaves_is_counted_for_both_and_read_by_neither_other(office: Office) -> None:
    officer, clerk = office.desk(), office.desk("clerk")
    before = {kept.login: (kept.drafts, kept.unsent) for kept in kept_work(officer)}
    visit = begin_visit(officer, office.household)
    kept = open_arrivals(clerk, MALAZ)
    keep_rows(clerk, kept.draft_id, [KeptRow(new_id(), 1, {"id": "10"})])
    record_arrival(clerk, typed())
    after = {one.login: (one.drafts, one.unsent) for one in kept_work(clerk)}
    assert kept_work(clerk)[0].login == "clerk"
    assert after["officer"] == (before.get("officer", (0, 0))[0] + 1, before["officer"][1])
    assert after["clerk"][0] == 1
    assert after["clerk"][1] >= 2
    with pytest.raises(DraftMissing):
        load_draft(clerk, visit)


def test_an_empty_draft_is_no_work(office: Office) -> None:
    clerk = office.desk("clerk")
    open_arrivals(clerk, MALAZ)
    assert all(kept.login != "clerk" for kept in kept_work(clerk))
