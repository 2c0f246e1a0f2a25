"""Stamps from a future that is not one, inside what the centre itself hands out."""

import pytest

from tarahum_desktop.sync.errors import ClockAhead
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.pace import Pace
from tarahum_desktop.sync.exchange.pull import pull_scope
from tarahum_desktop.sync.exchange.snapshot import take_snapshot
from tests.sync.lines import GATE, MemoryLine, enrol, meet
from tests.sync.proofs import all_rows, prove_same, prove_whole
from tests.sync.worlds import SCOPE, START_MS, Wall, World, a_household, writing

YEAR_MS = 365 * 86_400_000


def quiet(*_news):
    pass


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def centre(world):
    centre = world.replica(1)
    enrol(world, centre, 1)
    return centre


def newcomer(world, centre, number, wall):
    replica = world.replica(number, wall)
    enrol(world, centre, number)
    return replica


def save(replica, count=1):
    with writing(replica) as session:
        session.add_all(a_household() for _ in range(count))
        session.commit()


def test_a_snapshot_with_stamps_from_the_future_is_refused_whole_and_taken_once_time_has_come(world, centre):
    a = newcomer(world, centre, 2, Wall())
    save(a, 3)
    meet(world, a, centre)
    wall = Wall(START_MS - YEAR_MS)
    late = newcomer(world, centre, 3, wall)
    line = MemoryLine(centre, 3)
    with pytest.raises(ClockAhead):
        take_snapshot(late, line, SCOPE, Pace(), world.keys[1], quiet)
    assert not all_rows(late)
    prove_whole(late)
    wall.now = START_MS
    assert take_snapshot(late, line, SCOPE, Pace(), world.keys[1], quiet) == 3


def test_a_pulled_batch_with_stamps_from_the_future_is_refused_whole_and_its_place_is_kept(world, centre):
    wall = Wall()
    a, b = newcomer(world, centre, 2, Wall()), newcomer(world, centre, 3, wall)
    meet(world, a, centre)
    meet(world, b, centre)
    save(a, 2)
    meet(world, a, centre)
    wall.now -= YEAR_MS
    line = MemoryLine(centre, 3)
    with pytest.raises(ClockAhead):
        pull_scope(b, line, SCOPE, 0, 1, LineMemory(), GATE, quiet)
    assert not all_rows(b)
    prove_whole(b)
    wall.now = START_MS
    assert pull_scope(b, line, SCOPE, 0, 1, LineMemory(), GATE, quiet) == 2
    prove_same([a, b, centre])


@pytest.mark.parametrize("error", [-YEAR_MS, YEAR_MS])
def test_a_whole_exchange_with_a_clock_a_year_wrong_takes_snapshot_and_log_all_the_same(world, centre, error):
    a, b = newcomer(world, centre, 2, Wall()), newcomer(world, centre, 3, Wall(START_MS + error))
    save(a, 2)
    meet(world, a, centre)
    outcome, line = meet(world, b, centre)
    assert "snapshot" in line.calls
    assert outcome.proven == {SCOPE, "national"}
    save(b)
    save(a)
    meet(world, a, centre)
    outcome, line = meet(world, b, centre)
    assert "pull" in line.calls
    assert outcome.clock_error_ms == error
    meet(world, a, centre)
    prove_same([a, b, centre])


def test_changes_made_while_a_clock_was_wrong_travel_after_it_was_set_right(world, centre):
    wall = Wall()
    a = newcomer(world, centre, 2, wall)
    meet(world, a, centre)
    wall.now += YEAR_MS
    save(a, 2)
    wall.now = START_MS
    outcome = exchange(a, MemoryLine(centre, 2), world.keys[1], 1, quiet)
    assert outcome.pushed == 2
    prove_same([a, centre])
