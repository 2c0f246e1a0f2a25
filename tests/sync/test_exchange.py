"""A whole exchange between two replicas over a line in memory."""

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household
from tarahum_desktop.sync.errors import RowChanged
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.pace import Pace
from tarahum_desktop.sync.exchange.snapshot import take_snapshot
from tarahum_desktop.sync.replica import Replica
from tests.sync.lines import MemoryLine, enrol, meet
from tests.sync.proofs import prove_same, prove_whole
from tests.sync.worlds import SCOPE, Wall, World, a_household, digest_of, sealed_unsent, writing


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def centre(world):
    centre = world.replica(1)
    enrol(world, centre, 1)
    return centre


def newcomer(world: World, centre: Replica, number: int, wall: Wall | None = None) -> Replica:
    replica = world.replica(number, wall)
    enrol(world, centre, number)
    return replica


def add_homes(replica: Replica, count: int, prefix: str = "RYD") -> None:
    with writing(replica) as session:
        session.add_all(a_household(file_number=f"{prefix}-{n}") for n in range(count))
        session.commit()


def homes(replica: Replica) -> int:
    with Session(replica.engine) as session:
        return session.query(Household).count()


def test_what_one_laptop_wrote_reaches_another_and_the_digests_prove_it(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(a, 30)
    outcome, _ = meet(world, a, centre)
    assert outcome.pushed == 30
    assert outcome.proven == {SCOPE, "national"}
    outcome, _ = meet(world, b, centre)
    assert homes(b) == 30
    assert outcome.proven == {SCOPE, "national"}
    assert digest_of(a) == digest_of(b) == digest_of(centre)


def test_an_exchange_without_news_is_one_request(world, centre):
    a = newcomer(world, centre, 2)
    meet(world, a, centre)
    _, line = meet(world, a, centre)
    assert line.calls == ["hello"]


def test_later_changes_travel_by_the_log_not_by_a_snapshot(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    meet(world, a, centre)
    meet(world, b, centre)
    add_homes(a, 5)
    meet(world, a, centre)
    outcome, line = meet(world, b, centre)
    assert outcome.pulled == 5
    assert "snapshot" not in line.calls
    assert digest_of(a) == digest_of(b)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_that_breaks_at_any_call_loses_and_doubles_nothing(world, centre, cut):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(b, 40, "B")
    meet(world, b, centre)
    add_homes(a, 60, "A")
    try:
        meet(world, a, centre, breaks_after=cut)
    except LineFailed:
        outcome, _ = meet(world, a, centre)
        assert outcome.proven == {SCOPE, "national"}
    assert homes(a) == homes(centre) == 100
    assert digest_of(a) == digest_of(centre)


def test_a_clock_a_year_ahead_is_noticed_and_the_unsent_changes_are_stamped_anew(world, centre):
    year = 365 * 86_400_000
    a = newcomer(world, centre, 2, Wall(Wall().now + year))
    meet(world, a, centre)
    add_homes(a, 3)
    with writing(a) as session:
        home = session.query(Household).first()
        home.rooms = 5
        session.commit()
    outcome, _ = meet(world, a, centre)
    assert outcome.clock_error_ms == year
    assert outcome.pushed == 4
    assert outcome.proven == {SCOPE, "national"}
    assert centre.clock.last_reading >> 16 < Wall().now + 1000


def test_a_clock_a_year_behind_still_counts_its_edits_as_later_than_what_it_saw(world, centre):
    a = newcomer(world, centre, 2)
    add_homes(a, 1)
    meet(world, a, centre)
    b = newcomer(world, centre, 3, Wall(Wall().now - 365 * 86_400_000))
    meet(world, b, centre)
    with writing(b) as session:
        session.query(Household).one().rooms = 9
        session.commit()
    meet(world, b, centre)
    meet(world, a, centre)
    with Session(a.engine) as session:
        assert session.query(Household).one().rooms == 9
    assert digest_of(a) == digest_of(b)


def test_a_device_the_centre_does_not_know_is_refused_and_its_work_stays(world, centre):
    from tarahum_desktop.sync.errors import UnknownDevice

    stranger = world.replica(9)
    add_homes(stranger, 2)
    with pytest.raises(UnknownDevice):
        meet(world, stranger, centre)
    assert homes(stranger) == 2
    assert homes(centre) == 0


def test_a_snapshot_brings_what_others_changed_in_rows_that_were_written_here(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(a, 2)
    with pytest.raises(LineFailed):
        meet(world, a, centre, breaks_after=2)
    meet(world, b, centre)
    with writing(b) as session:
        session.query(Household).first().rooms = 8
        session.commit()
    meet(world, b, centre)
    outcome, _ = meet(world, a, centre)
    assert outcome.proven == {SCOPE, "national"}
    prove_same([a, b, centre])


def test_work_that_was_not_sent_survives_the_snapshot_of_the_same_rows(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(a, 1)
    with pytest.raises(LineFailed):
        meet(world, a, centre, breaks_after=2)
    meet(world, b, centre)
    with writing(b) as session:
        session.query(Household).one().rooms = 8
        session.commit()
    meet(world, b, centre)
    line = MemoryLine(centre, a.device)
    with writing(a) as session:
        session.query(Household).one().district = "النسيم"
        session.commit()
    take_snapshot(a, line, SCOPE, Pace(), world.keys[1], lambda _rows, _touched: None)
    with Session(a.engine) as session:
        home = session.query(Household).one()
        assert (home.rooms, home.district) == (8, "النسيم")
    prove_whole(a)
    meet(world, a, centre)
    meet(world, b, centre)
    prove_same([a, b, centre])


def test_after_a_lost_receipt_the_outbox_still_empties(world, centre):
    a = newcomer(world, centre, 2)
    meet(world, a, centre)
    add_homes(a, 3)
    line = MemoryLine(centre, a.device)
    send = line.push
    line.push = lambda payload: (send(payload), line.fail())
    with pytest.raises(LineFailed):
        exchange(a, line, world.keys[1], 1, lambda _progress: None)
    assert homes(centre) == 3
    outcome, _ = meet(world, a, centre)
    assert outcome.proven == {SCOPE, "national"}
    prove_same([a, centre])


def test_a_batch_the_centre_must_hold_does_not_keep_its_sender_from_taking_news(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    meet(world, a, centre)
    meet(world, b, centre)
    add_homes(a, 1)
    world.receive(b, sealed_unsent(a))
    with writing(b) as session:
        session.query(Household).one().rooms = 4
        session.commit()
    outcome, _ = meet(world, b, centre)
    assert outcome.held == {SCOPE}
    assert outcome.proven == {"national"}
    for replica in (a, b):
        outcome, _ = meet(world, replica, centre)
        assert outcome.proven == {SCOPE, "national"}
    meet(world, a, centre)
    prove_same([a, b, centre])


def test_a_session_that_read_a_row_before_an_exchange_changed_it_may_not_overwrite_it(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(a, 1)
    meet(world, a, centre)
    meet(world, b, centre)
    with writing(a) as early:
        home = early.query(Household).one()
        early.rollback()
        early.add(home)
        _ = home.rooms
        early.commit()
        with writing(b) as session:
            session.query(Household).one().rooms = 4
            session.commit()
        meet(world, b, centre)
        meet(world, a, centre)
        home.rooms = 5
        with pytest.raises(RowChanged):
            early.commit()
    prove_same([a, b, centre])
