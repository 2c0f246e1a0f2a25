"""A request to join that meets a centre just brought back from its backup waits at the office; it is not refused."""

from sqlalchemy import select

from tarahum_desktop.models import Pouch
from tarahum_desktop.sync.pouch import forward
from tarahum_desktop.sync.pouch.newcomer import make_request
from tarahum_desktop.sync.resuming import begin_resuming, end_resuming
from tarahum_desktop.vault.device_keys import DeviceKeys
from tests.sync.lines import MemoryLine
from tests.sync.pouch.sticks import CENTRE, OFFICE
from tests.sync.worlds import START_MS

CODE = "0123-4567-89AB-CDEF-GHJK"


def waiting(office):
    with office.engine.connect() as connection:
        return connection.execute(select(Pouch.id, Pouch.state)).one()


def test_it_is_asked_again_until_the_centre_says_yes_or_no(country):
    centre, office = country.replicas[CENTRE], country.replicas[OFFICE]
    line = MemoryLine(centre, OFFICE)
    request = make_request(CODE, "prison", "clerk", DeviceKeys.generate(), START_MS)
    with office.engine.begin() as connection:
        forward.keep_request(connection, office, request)
    with centre.engine.begin() as connection:
        begin_resuming(connection, centre.wall(), 14)
    row = waiting(office)
    for _ in range(2):
        assert not forward._ask(office, line, row.id)
        assert waiting(office).state == forward.ASKED
    with centre.engine.begin() as connection:
        end_resuming(connection)
    assert not forward._ask(office, line, row.id)
    assert waiting(office).state == forward.REFUSED  # nobody gave out this code
