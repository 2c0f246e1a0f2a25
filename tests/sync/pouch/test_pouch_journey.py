"""A prison that never meets a network and its office bring everything to each other on a stick, and only the centre confirms."""

from sqlalchemy import delete, func, select

from tarahum_desktop.models import BatchLog, Household, Outbox
from tarahum_desktop.sync.scope_book import read_scopes
from tests.sync.pouch.sticks import CENTRE, OFFICE, PRISON, Country, close
from tests.sync.proofs import prove_same
from tests.sync.worlds import SCOPE, World


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


def test_a_prison_that_may_only_send_gets_its_receipts_and_no_row_of_others(tmp_path):
    country = Country(World(tmp_path), tmp_path / "stick", prison_only_sends=True)
    try:
        prison = country.replicas[PRISON]
        country.write_homes(OFFICE, 3, "O")
        country.write_homes(PRISON, 2, "P")
        assert country.carry(PRISON, OFFICE, others=(CENTRE,)).taken.changes == 2
        country.meet(OFFICE)
        back = country.carry(OFFICE, PRISON)
        assert (back.taken.confirmed, back.taken.rows, back.taken.changes) == (2, 0, 0)
        assert homes(prison) == ["P-0", "P-1"]
        assert unsent(prison) == 0
    finally:
        close(country)


def test_a_machine_that_was_away_too_long_for_the_log_gets_all_rows_and_keeps_its_own_work(country):
    """What a log no longer has comes as rows; what was written meanwhile stays on top."""
    country.carry(OFFICE, PRISON)
    country.carry(PRISON, OFFICE, others=(CENTRE,))
    country.write_homes(OFFICE, 4, "O")
    country.write_homes(PRISON, 2, "P")
    country.meet(OFFICE)
    with country.replicas[OFFICE].engine.begin() as connection:
        connection.execute(delete(BatchLog.__table__).where(BatchLog.__table__.c.scope == SCOPE))
    back = country.carry(OFFICE, PRISON)
    assert (back.taken.rows, back.taken.stale) == (4, [])
    assert homes(country.replicas[PRISON]) == ["O-0", "O-1", "O-2", "O-3", "P-0", "P-1"]
    assert unsent(country.replicas[PRISON]) == 2
