"""The centre notes who was heard from and tells each office of its own machines."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.devices_heard import fetch_fleet
from tarahum_desktop.models import DeviceContact
from tarahum_desktop.sync.exchange.fleet import FLEET, FleetRequest
from tarahum_desktop.sync.exchange.forecast import ask_forecast
from tests.server.centres import SCOPE, Running, join, listening, make_centre


@pytest.fixture
def running(tmp_path):
    with listening(make_centre(tmp_path / "centre", plain_http=True)) as running:
        yield running


def contacts(engine) -> dict[int, DeviceContact]:
    with Session(engine) as session:
        return {row.device: row for row in session.scalars(select(DeviceContact))}


def test_an_office_learns_when_its_laptop_was_heard_from_and_that_it_has_everything(
    running: Running, tmp_path
):
    office = join(running.address, running.centre, tmp_path, "office", kind="office")
    laptop = join(running.address, running.centre, tmp_path, "laptop")
    laptop.write_homes(3, "A")
    laptop.exchange()
    laptop.exchange()
    office.exchange()
    with office.line() as line:
        assert fetch_fleet(office.replica, line) == 2
        assert fetch_fleet(office.replica, line) == 0  # asked a moment ago
    heard = contacts(office.replica.engine)[laptop.replica.device]
    assert (heard.program, heard.schema, heard.carrier) == ("0.1.0", 3, "https")
    position, sequence, rows, _, proven = heard.holds[SCOPE]
    assert (sequence, rows, proven) == (3, 3, True)
    assert position > 0


def test_a_laptop_that_lacks_something_is_not_called_complete(running: Running, tmp_path):
    laptop = join(running.address, running.centre, tmp_path, "laptop")
    other = join(running.address, running.centre, tmp_path, "other")
    laptop.exchange()
    other.write_homes(1, "B")
    other.exchange()
    with laptop.line() as line:
        forecast = ask_forecast(laptop.replica, line)
    assert not contacts(running.centre.engine)[laptop.replica.device].holds[SCOPE][4]
    assert (forecast.rows_out, forecast.rows_in, forecast.anew) == (0, 1, ())
    assert forecast.bytes_in > 0


def test_a_laptop_is_told_nothing_of_others(running: Running, tmp_path):
    laptop = join(running.address, running.centre, tmp_path, "laptop")
    join(running.address, running.centre, tmp_path, "other").exchange()
    with laptop.line() as line:
        assert line.ask(FLEET, FleetRequest()).devices == []
        assert fetch_fleet(laptop.replica, line) == 0


def test_a_new_machine_is_told_what_will_come_before_anything_moves(running: Running, tmp_path):
    office = join(running.address, running.centre, tmp_path, "office", kind="office")
    office.write_homes(40, "C")
    office.exchange()
    laptop = join(running.address, running.centre, tmp_path, "laptop")
    laptop.write_homes(2, "D")
    with laptop.line() as line:
        forecast = ask_forecast(laptop.replica, line)
    assert forecast.anew == ("national", SCOPE)
    assert forecast.rows_out == 2
    assert forecast.rows_in >= 40
    assert forecast.seconds(1000) > forecast.seconds(10_000) > 0
