"""A prison that never meets a network and its office bring everything to each other on a stick, and only the centre confirms."""

from sqlalchemy import func, select

from tarahum_desktop.models import Household, Outbox
from tarahum_desktop.sync.scope_book import read_scopes
from tests.sync.pouch.sticks import CENTRE, OFFICE, OTHER_OFFICE, PRISON
from tests.sync.proofs import prove_same
from tests.sync.worlds import SCOPE


def homes(replica) -> list[str]:
    with replica.engine.connect() as connection:
        return sorted(connection.scalars(select(Household.__table__.c.file_number)))


def book(replica, scope=SCOPE):
    with replica.engine.connect() as connection:
        return read_scopes(connection)[scope]


def unsent(replica) -> int:
    with replica.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Outbox.__table__))


def test_what_the_prison_wrote_is_at_the_office_at_once_and_confirmed_only_when_the_centre_has_it(country):
    prison, office, centre = (country.replicas[number] for number in (PRISON, OFFICE, CENTRE))
    country.write_homes(PRISON, 5, "P")
    read = country.carry(PRISON, OFFICE, others=(CENTRE,))
    assert (read.taken.changes, read.taken.held, read.taken.for_centre) == (5, 0, 0)
    assert homes(office) == homes(prison)
    back = country.carry(OFFICE, PRISON)
    assert back.taken.confirmed == 0
    assert (book(prison).handed, unsent(prison)) == (5, 5)
    country.meet(OFFICE)
    assert homes(centre) == homes(prison)
    back = country.carry(OFFICE, PRISON)
    assert back.taken.confirmed == 5
    assert (book(prison).acknowledged, unsent(prison)) == (5, 0)
    prove_same([prison, office, centre])
    assert country.replicas[OTHER_OFFICE] is not None


def test_what_others_wrote_comes_back_with_the_answer(country):
    country.write_homes(PRISON, 2, "P")
    country.carry(PRISON, OFFICE)
    country.write_homes(OFFICE, 3, "O")
    country.meet(OFFICE)
    answer = country.carry(OFFICE, PRISON)
    assert answer.taken.changes == 3
    assert answer.head.answers == 1
    country.meet(OFFICE)
    country.carry(PRISON, OFFICE)
    country.carry(OFFICE, PRISON)
    prove_same([country.replicas[number] for number in (PRISON, OFFICE, CENTRE)])
