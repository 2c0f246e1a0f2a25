"""What is said of a stick before anything on it is read or written."""

from tarahum_desktop.casework.pouches.look import look_at_stick, pouch_rights
from tests.casework.pouches.desks import read, write, write_homes


def test_a_stick_says_its_name_and_what_waits_on_it_until_it_was_read(places):
    prison = places.joined_prison()
    try:
        write_homes(prison, 3, "p")
        write(prison, places.stick)
        assert look_at_stick(prison.desk, places.stick).waiting == 0  # its own is on its way
        seen = look_at_stick(places.office.desk, places.stick)
        assert (seen.name, seen.code, seen.waiting) == ("الذاكرة الأولى", "", 1)
        read(places.office, places.stick)
        assert look_at_stick(places.office.desk, places.stick).waiting == 0
    finally:
        prison.lock()


def test_a_request_to_join_waits_for_the_office(places):
    places.ask()
    assert look_at_stick(places.office.desk, places.stick).waiting == 1
    read(places.office, places.stick)
    assert look_at_stick(places.office.desk, places.stick).waiting == 0


def test_what_is_no_pouch_is_counted_so_that_reading_says_why(places):
    (places.stick / "000001-9-2.tarahum-pouch").write_bytes(b"half a file")
    assert look_at_stick(places.office.desk, places.stick).waiting == 1


def test_other_folders_say_why_they_do_not_do(places, tmp_path):
    (tmp_path / "other").mkdir()
    assert look_at_stick(places.office.desk, tmp_path / "other").code == "stick_unregistered"
    assert look_at_stick(places.office.desk, tmp_path / "none").code == "stick_gone"


def test_an_office_chooses_whom_it_writes_to_and_a_prison_writes_to_its_office(places):
    prison = places.joined_prison()
    try:
        places.exchange()
        office = pouch_rights(places.office.desk)
        assert (office.is_office, office.may_register) == (True, True)
        assert [one.name for one in office.receivers] == ["prison-1"]
        below = pouch_rights(prison.desk)
        assert (below.may_carry, below.may_register, below.receivers) == (True, False, ())
    finally:
        prison.lock()
