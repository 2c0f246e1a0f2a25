"""A centre brought back from yesterday's backup under living devices: they bring it what it forgot, all of it, once."""

from tarahum_server.backup import back_up
from tarahum_server.centre import open_centre
from tarahum_server.restore import restore
from tarahum_server.settings import Settings
from tarahum_server.verify import verify_centre
from tests.server.centres import SCOPE, assert_same, home_numbers, join, listening
from tests.server.test_backup import OPEN, SEAL

BOTH = {"national", SCOPE}


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
