"""Only registered sticks carry pouches, a bad stick changes nothing, and every file on it is named for what it is."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.pouches import drives
from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.history import pouch_history
from tarahum_desktop.casework.pouches.parties import receivers
from tarahum_desktop.casework.pouches.plan import plan_pouch
from tarahum_desktop.casework.pouches.sticks import list_sticks, register_stick, retire_stick
from tarahum_desktop.casework.pouches.tidy import tidy_stick
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import HeldBatch, Household, Outbox
from tarahum_desktop.sync.pouch import disk
from tarahum_desktop.sync.pouch.stick import MARKER
from tarahum_server.devices import revoke
from tarahum_server.people import grant
from tests.casework.pouches.desks import CLERK, homes, read, silent, write, write_homes
from tests.server.centres import SCOPE


@pytest.fixture
def prison(places):
    place = places.joined_prison()
    yield place
    place.lock()


def unsent(place) -> int:
    with place.replica.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Outbox.__table__))


def refused(call, *given) -> str:
    with pytest.raises(TarahumError) as error:
        call(*given)
    return error.value.code


def pouches(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.iterdir() if "pouch" in path.name)


def test_the_plan_says_what_the_pouch_then_carries(places, prison):
    write_homes(prison, 7, "P")
    plan = plan_pouch(prison.desk)
    written = write(prison, places.stick)
    assert (plan.receiver_name, plan.changes, plan.rows) == ("office", 7, 0)
    assert (written.changes, written.rows, written.receiver) == (plan.changes, plan.rows, plan.receiver)
    assert "centre" in plan.others
    assert [one.name for one in receivers(places.office.desk)] == ["prison-1", "centre"]


def test_a_folder_that_no_office_registered_carries_nothing(prison, tmp_path):
    strange = tmp_path / "strange"
    strange.mkdir()
    assert refused(write, prison, strange) == "stick_unregistered"
    assert refused(read, prison, strange) == "stick_unregistered"
    (strange / MARKER).write_bytes(b"\x92\x01")
    assert refused(write, prison, strange) == "stick_unregistered"
    assert refused(write, prison, tmp_path / "nothing") == "stick_gone"
    assert pouches(strange) == []


def test_a_marker_that_somebody_else_signed_or_changed_registers_nothing(places, prison):
    content = bytearray((places.stick / MARKER).read_bytes())
    content[-1] ^= 1
    (places.stick / MARKER).write_bytes(bytes(content))
    assert refused(write, prison, places.stick) == "stick_unregistered"


def test_a_retired_stick_is_refused_where_it_was_retired(places):
    (line,) = list_sticks(places.office.desk)
    retire_stick(places.office.desk, line.id)
    assert refused(read, places.office, places.stick) == "stick_retired"


def test_a_clerk_registers_no_stick(places, prison):
    with pytest.raises(NotAllowed):
        register_stick(prison.desk, places.stick, "ذاكرة")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "stick_full"), (errno.EROFS, "stick_read_only"), (errno.EIO, "stick_gone")],
)
def test_a_stick_that_fails_while_it_is_written_changes_nothing_and_the_next_try_carries_all(
    places, prison, monkeypatch, number, code
):
    write_homes(prison, 4, "P")
    before = unsent(prison), pouches(places.stick)

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(disk.os, "fsync", fail)
        assert refused(write, prison, places.stick) == code
    assert (unsent(prison), pouches(places.stick)) == before
    assert write(prison, places.stick).changes == 4


def test_a_stick_without_room_is_refused_before_anything_is_written(places, prison, monkeypatch):
    write_homes(prison, 4, "P")
    usage = shutil.disk_usage(places.stick)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _folder: usage._replace(free=1000))
    assert refused(write, prison, places.stick) == "stick_full"


def test_a_stick_that_keeps_something_else_than_was_written_is_found_out(places, prison, monkeypatch):
    write_homes(prison, 4, "P")
    before = pouches(places.stick)
    sync = os.fsync

    def forget(descriptor):
        sync(descriptor)
        size = os.fstat(descriptor).st_size
        if size > 300:
            os.pwrite(descriptor, b"\x00" * 16, 200)

    with monkeypatch.context() as patch:
        patch.setattr(disk.os, "fsync", forget)
        assert refused(write, prison, places.stick) == "stick_unfaithful"
    assert pouches(places.stick) == before


def test_a_stick_full_of_other_things_is_read_for_what_is_ours(places, prison):
    write_homes(prison, 2, "P")
    written = write(prison, places.stick)
    (places.stick / "صور العيد.jpg").write_bytes(os.urandom(2000))
    (places.stick / "a.tarahum-pouch").write_bytes(b"not a pouch")
    (places.stick / ".b.tarahum-pouch.part").write_bytes(b"TRHPOUCH half")
    (places.stick / "folder.tarahum-pouch").mkdir()
    found = {one.file: one for one in read(places.office, places.stick)}
    assert found[written.file.name].changes == 2
    assert (found["a.tarahum-pouch"].state, found["a.tarahum-pouch"].code) == ("refused", "pouch_unreadable")
    assert set(found) <= {
        written.file.name,
        "a.tarahum-pouch",
        *(path.name for path in places.stick.iterdir()),
    }
    assert (places.stick / "صور العيد.jpg").exists()


def test_reading_the_stick_twice_doubles_nothing(places, prison):
    write_homes(prison, 3, "P")
    write(prison, places.stick)
    read(places.office, places.stick)
    again = [one for one in read(places.office, places.stick) if one.maker]
    assert {one.state for one in again} == {"repeated"}
    assert homes(places.office.replica.engine) == ["P-0", "P-1", "P-2"]


def test_the_history_tells_written_then_answered(places, prison):
    write_homes(prison, 3, "P")
    write(prison, places.stick)
    assert [line.state for line in pouch_history(prison.desk) if line.direction == "out"] == ["written"]
    answer_pouches(places.office.desk, places.stick, read(places.office, places.stick), silent)
    read(prison, places.stick)
    assert [line.state for line in pouch_history(prison.desk) if line.direction == "out"] == ["answered"]


def test_what_the_office_may_not_read_goes_to_the_centre_unopened_and_is_confirmed_by_it(places):
    restricted = f"{SCOPE}/restricted"
    centre = places.running.centre
    prison = places.joined_prison((SCOPE, restricted))
    try:
        grant(centre, CLERK, "clerk", restricted)
        places.exchange()
        write(prison, places.stick)
        answer_pouches(places.office.desk, places.stick, read(places.office, places.stick), silent)
        read(prison, places.stick)
        write_homes(prison, 2, "S", restricted)
        write_homes(prison, 1, "P")
        written = write(prison, places.stick)
        assert (written.changes, written.more) == (1, 1)
        found = {one.state for one in read(places.office, places.stick) if one.number and one.maker}
        assert found >= {"read", "carried"}
        assert homes(places.office.replica.engine) == ["P-0"]
        places.exchange()
        assert homes(centre.engine) == ["P-0", "S-0", "S-1"]
        answer_pouches(places.office.desk, places.stick, read(places.office, places.stick), silent)
        back = read(prison, places.stick)
        assert sum(one.confirmed for one in back) == 3
        assert unsent(prison) == 0
    finally:
        prison.lock()


def test_a_revoked_prison_is_not_merged_here_and_goes_to_the_centre_which_quarantines_it(places, prison):
    write_homes(prison, 2, "P")
    write(prison, places.stick)
    revoke(places.running.centre, prison.replica.device)
    places.exchange()
    (one,) = [one for one in read(places.office, places.stick) if one.maker]
    assert (one.state, one.code) == ("carried", "pouch_maker_revoked")
    places.exchange()
    with places.running.centre.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Household.__table__)) == 0
        assert list(connection.scalars(select(HeldBatch.__table__.c.reason))) == ["device_revoked"]
    states = {line.state for line in pouch_history(places.office.desk) if line.other == prison.replica.device}
    assert "relayed" in states


def test_drives_are_found_in_the_table_of_mounts():
    table = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/ali/USB\\040ONE vfat rw 0 0\nproc /proc proc rw 0 0\n"
    assert list(drives.mounted(table)) == [Path("/media/ali/USB ONE")]
    assert all(drive.label for drive in drives.find_drives())


def test_a_stick_is_tidied_of_what_has_arrived_and_of_nothing_else(places, prison):
    write_homes(prison, 3, "P")
    first = write(prison, places.stick)
    assert tidy_stick(prison.desk, places.stick) == 1  # the welcome, which is taken in
    assert first.file.exists()
    answer_pouches(places.office.desk, places.stick, read(places.office, places.stick), silent)
    write_homes(prison, 1, "Q")
    waiting = write(prison, places.stick)
    read(prison, places.stick)
    (places.stick / "صور.jpg").write_bytes(b"holiday")
    assert tidy_stick(prison.desk, places.stick) >= 2
    assert not first.file.exists()
    assert waiting.file.exists()
    assert (places.stick / "صور.jpg").exists()
    assert read(places.office, places.stick)[0].changes == 1


def test_pouches_for_other_machines_on_the_same_stick_are_left_for_them(places, prison):
    write_homes(places.office, 1, "O")
    centre = next(one.number for one in receivers(places.office.desk) if one.kind == "centre")
    upwards = write(places.office, places.stick, centre)
    (found,) = [one for one in read(prison, places.stick) if one.file == upwards.file.name]
    assert (found.state, found.code) == ("foreign", "pouch_foreign")
    assert upwards.file.exists()
