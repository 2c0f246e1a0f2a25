"""An office sees on its own screen which laptops it served, when, and whether they hold all that it holds."""

from sqlalchemy import select

from tarahum_desktop.casework.office_exchange import CARRIER
from tarahum_desktop.models import DeviceContact
from tests.hub.offices import homes, serving, to_hub, write

CONTACT = DeviceContact.__table__


def heard(office, place):
    with office.replica.engine.connect() as connection:
        found = select(CONTACT).where(CONTACT.c.device == place.replica.device)
        return connection.execute(found).one_or_none()


def test_a_laptop_that_came_by_the_office_was_heard_from_there(town, office, a):
    write(a, "heard-1")
    with serving(office) as hub:
        to_hub(a, hub)
        first = heard(office, a)
        assert first.carrier == CARRIER
        assert first.program
        to_hub(a, hub)
    latest = heard(office, a)
    assert latest.seen_at >= first.seen_at
    assert homes(a.replica) == homes(office.replica)
    assert latest.holds["ryd"][4]  # equal with the office
    town.rest(*town.places.values())
