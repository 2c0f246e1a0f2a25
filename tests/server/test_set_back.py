"""A centre brought back from yesterday's backup under living devices: they bring it what it forgot, all of it, once."""

import datetime as dt

import pytest
from typer.testing import CliRunner

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.resuming import CentreResuming, is_resuming, resuming_since
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.backup import back_up
from tarahum_server.centre import open_centre
from tarahum_server.cli import make_app
from tarahum_server.compaction import Compacted, compact
from tarahum_server.devices import narrow, revoke, widen
from tarahum_server.people import add_user, grant
from tarahum_server.relocations import settle
from tarahum_server.restore import RESUME_DAYS, restore
from tarahum_server.resume import who_is_back
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings
from tarahum_server.status import centre_status
from tarahum_server.verify import verify_centre
from tests.server.centres import SCOPE, assert_same, home_numbers, join, listening
from tests.server.test_backup import OPEN, SEAL
from tests.server.test_http_border import get

BOTH = {"national", SCOPE}
TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


def test_devices_bring_back_what_a_restored_centre_forgot(running, tmp_path):
    centre = running.centre
    a, b, c = (join(running.address, centre, tmp_path, name) for name in "abc")
    a.write_homes(10, "A-before")
    for desktop in (a, b, c):
        desktop.exchange()
    back_up(centre, tmp_path / "yesterday.backup", SEAL)
    a.write_homes(10, "A-after")
    a.exchange()
    b.write_homes(10, "B-after")
    b.exchange()
    a.exchange()
    a.write_homes(5, "A-unsent")
    c.write_homes(5, "C-unsent")
    restore(tmp_path / "yesterday.backup", tmp_path / "again", "", OPEN)
    again = open_centre(Settings(folder=tmp_path / "again"))
    with listening(again) as elsewhere:
        # Who comes first has seen least: what it writes there must not hide what others bring later.
        for _ in range(3):
            for desktop in (c, b, a):
                desktop.exchange(elsewhere.address)
        for desktop in (a, b, c):
            assert desktop.exchange(elsewhere.address).proven == BOTH
            assert_same(desktop, again)
        assert len(home_numbers(again.replica)) == 40
        assert list(verify_centre(again)) == []


def test_a_device_that_died_is_brought_back_by_a_colleague_who_had_taken_its_work(running, tmp_path):
    centre = running.centre
    a, b = (join(running.address, centre, tmp_path, name) for name in "ab")
    a.exchange()
    b.exchange()
    back_up(centre, tmp_path / "yesterday.backup", SEAL)
    a.write_homes(10, "A-after")
    a.exchange()
    b.exchange()
    restore(tmp_path / "yesterday.backup", tmp_path / "again", "", OPEN)
    again = open_centre(Settings(folder=tmp_path / "again"))
    with listening(again) as elsewhere:
        for _ in range(2):
            b.exchange(elsewhere.address)
        assert b.exchange(elsewhere.address).proven == BOTH
        assert_same(b, again)
        assert len(home_numbers(again.replica)) == 10


@pytest.fixture
def restored(running, tmp_path):
    """A centre of yesterday with two devices: ``a`` has what it forgot, ``b`` has not been heard from since."""
    centre = running.centre
    a, b = (join(running.address, centre, tmp_path, name) for name in "ab")
    for desktop in (a, b):
        desktop.exchange()
    back_up(centre, tmp_path / "yesterday.backup", SEAL)
    c = join(running.address, centre, tmp_path, "c")  # and add_user: changes of the centre that it forgets
    add_user(centre, "later", "لاحق", "Later", SCOPE)
    a.write_homes(10, "A-after")
    a.exchange()
    folder = tmp_path / "again"
    restore(tmp_path / "yesterday.backup", folder, "", OPEN)
    again = open_centre(Settings(folder=folder))
    yield again, a, b, c
    again.close()


def own_sequence(centre):
    with centre.engine.connect() as connection:
        return {scope: book.next_sequence for scope, book in read_scopes(connection).items()}


def test_a_restored_centre_writes_nothing_until_everybody_is_back_or_it_is_told_to(restored, tmp_path):
    again, a, b, c = restored
    before = own_sequence(again)
    for act in (
        lambda: add_user(again, "new", "جديد", "New", SCOPE),
        lambda: grant(again, "later", "clerk", SCOPE),
        lambda: revoke(again, 2),
        lambda: widen(again, 2, [SCOPE]),
        lambda: narrow(again, 2, [SCOPE]),
    ):
        with pytest.raises(CentreResuming):
            act()
    assert seed(again) == 0
    assert compact(again.replica, TOMORROW) == Compacted()
    assert settle(again.replica) == 0
    assert own_sequence(again) == before
    with listening(again) as elsewhere:
        with pytest.raises(SyncError) as refused:
            join(elsewhere.address, again, tmp_path, "newcomer")
        assert refused.value.code == "centre_resuming"
        assert own_sequence(again) == before
        assert get(elsewhere, "/readyz") == (200, "resuming\n")
        assert centre_status(again)["resuming"] is not None
        a.exchange(elsewhere.address)
        a.exchange(elsewhere.address)
        assert len(home_numbers(again.replica)) == 10
        assert [one.seen_at is not None for one in who_is_back(again)] == [True, False, False]
    folder = str(again.settings.folder)
    said = CliRunner().invoke(make_app(), ["resume", "--folder", folder])
    assert (said.exit_code, "not yet" in said.output) == (2, True)
    assert is_resuming(again.replica)
    with listening(again) as elsewhere:
        for desktop in (b, c):
            desktop.exchange(elsewhere.address)
        assert CliRunner().invoke(make_app(), ["resume", "--folder", folder]).exit_code == 0
        assert get(elsewhere, "/readyz") == (200, "ready\n")
        # What it numbers now does not collide with what it had forgotten.
        add_user(again, "new", "جديد", "New", SCOPE)
        newcomer = join(elsewhere.address, again, tmp_path, "newcomer")
        for _ in range(2):
            for desktop in (a, b, c, newcomer):
                desktop.exchange(elsewhere.address)
        for desktop in (a, b, c, newcomer):
            assert desktop.exchange(elsewhere.address).proven == BOTH
            assert_same(desktop, again)
        assert list(verify_centre(again)) == []


def test_it_does_not_wait_for_ever_and_not_at_all_where_it_was_told_so(restored, running, tmp_path):
    again, *_ = restored
    day = 24 * 60 * 60 * 1000
    with again.engine.connect() as connection:
        now = again.replica.wall()
        assert resuming_since(connection, now + 13 * day) is not None
        assert resuming_since(connection, now + RESUME_DAYS * day) is None
    folder = tmp_path / "at-once"
    restore(tmp_path / "yesterday.backup", folder, "", OPEN, 0)
    told = open_centre(Settings(folder=folder))
    assert not is_resuming(told.replica)
    assert not is_resuming(running.centre.replica)
    assert who_is_back(told) is None
    said = CliRunner().invoke(make_app(), ["resume", "--folder", str(folder)])
    assert (said.exit_code, said.output) == (0, "it does not wait\n")
    told.close()
    waits = CliRunner().invoke(make_app(), ["resume", "--folder", str(folder), "--wait-days", "3"])
    assert waits.exit_code == 2
    assert "resuming" in CliRunner().invoke(make_app(), ["status", "--folder", str(folder)]).output
    again_folder = str(again.settings.folder)
    assert CliRunner().invoke(make_app(), ["resume", "--folder", again_folder, "--anyway"]).exit_code == 0
    assert not is_resuming(again.replica)
