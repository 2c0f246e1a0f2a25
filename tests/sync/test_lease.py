"""How long a device may go without the centre: told over a line, begun anew by the centre's words that others bring."""

from tarahum_desktop.casework.sync_state import state_of
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.vector import vector_receipt
from tarahum_desktop.sync.lease import keep_lease, lease_until, prolong_lease
from tarahum_desktop.sync.receipts import take_receipt
from tests.sync.pouch.conftest import country  # noqa: F401 - a fixture
from tests.sync.pouch.sticks import CENTRE, OFFICE, PRISON
from tests.sync.worlds import SCOPE, START_MS

DAY = 24 * 60 * 60 * 1000


def until(replica):
    with replica.engine.connect() as connection:
        return lease_until(connection)


def tell(replica, days=30, at=START_MS):
    with replica.engine.begin() as connection:
        keep_lease(connection, at + days * DAY, at)


def test_nothing_is_said_until_the_centre_said_something(country):  # noqa: F811
    prison = country.replicas[PRISON]
    with prison.engine.begin() as connection:
        keep_lease(connection, 0, START_MS)
        prolong_lease(connection, START_MS)
    assert until(prison) is None
    assert state_of(prison).lease_until is None


def test_a_pouch_with_the_centres_word_on_this_device_begins_it_anew(country):  # noqa: F811
    prison = country.replicas[PRISON]
    tell(prison)
    assert state_of(prison).lease_until == from_milliseconds(START_MS + 30 * DAY)
    country.write_homes(PRISON, 1, "P")
    for wall in country.walls.values():
        wall.now += 10 * DAY
    country.carry(PRISON, CENTRE)
    country.carry(CENTRE, PRISON)
    assert START_MS + 40 * DAY <= until(prison) < START_MS + 41 * DAY


def test_a_word_that_does_not_name_this_device_prolongs_nothing_and_an_old_one_shortens_nothing(country):  # noqa: F811
    office, centre = country.replicas[OFFICE], country.replicas[CENTRE]
    tell(office, at=START_MS + 5 * DAY)
    country.walls[CENTRE].now += 20 * DAY
    with centre.engine.connect() as connection:
        of_others = vector_receipt(connection, centre, SCOPE, PRISON)
    country.walls[CENTRE].now -= 19 * DAY
    with centre.engine.connect() as connection:
        old = vector_receipt(connection, centre, SCOPE, OFFICE)
    for word in (of_others, old):
        with office.engine.begin() as connection:
            take_receipt(connection, office, word, country.world.keys[CENTRE])
        assert until(office) == START_MS + 35 * DAY
