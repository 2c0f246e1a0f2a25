"""How much travels at once follows the line."""

from tarahum_desktop.sync.exchange.line_memory import LineMemory, keep_memory, read_memory
from tarahum_desktop.sync.exchange.pace import (
    BOLD_BYTES,
    CAREFUL_BYTES,
    FIRST_BYTES,
    LEAST_BYTES,
    MOST_BYTES,
    Pace,
)
from tests.sync.worlds import World


def carried(pace: Pace, bytes_a_second: float, round_trip: float, times: int) -> None:
    """So many full batches over a line of that rate."""
    for _ in range(times):
        size = pace.bytes_wanted
        pace.succeeded(round_trip + size / bytes_a_second, size)


def test_a_line_that_answers_at_once_is_given_four_times_as_much():
    pace = Pace()
    pace.succeeded(0.01, FIRST_BYTES)
    assert pace.bytes_wanted == 4 * FIRST_BYTES


def test_a_line_with_room_is_given_at_most_twice_as_much():
    pace = Pace()
    pace.succeeded(0.3, FIRST_BYTES)
    assert pace.bytes_wanted == 2 * FIRST_BYTES


def test_a_batch_settles_at_two_seconds_of_a_slow_line():
    pace = Pace()
    carried(pace, bytes_a_second=8_000, round_trip=0.6, times=20)
    assert 1.9 < 0.6 + pace.bytes_wanted / 8_000 < 2.1


def test_a_line_that_became_slower_is_given_less_without_a_cut():
    pace = Pace(bytes_wanted=256 * 1024)
    carried(pace, bytes_a_second=8_000, round_trip=0.6, times=2)
    assert pace.bytes_wanted < 16 * 1024


def test_a_slow_greeting_makes_careful_with_what_fitted_on_a_better_line():
    pace = Pace(bytes_wanted=MOST_BYTES)
    pace.met(0.01)
    assert pace.bytes_wanted == MOST_BYTES
    pace.met(1.8)
    assert pace.bytes_wanted == CAREFUL_BYTES


def test_what_fitted_on_a_worse_line_stays_until_a_greeting_comes_at_once():
    pace = Pace(bytes_wanted=LEAST_BYTES)
    pace.met(1.8)
    assert pace.bytes_wanted == LEAST_BYTES
    pace.met(0.01)
    assert pace.bytes_wanted == BOLD_BYTES


def test_a_line_that_greets_at_once_and_breaks_each_time_is_given_less_and_less():
    pace = Pace()
    for _ in range(8):
        pace.met(0.01)
        pace.failed()
    assert pace.bytes_wanted == LEAST_BYTES
    pace.succeeded(0.01, LEAST_BYTES)
    pace.met(0.01)
    assert pace.bytes_wanted == BOLD_BYTES


def test_batches_go_in_runs_where_the_line_is_slow_and_the_other_side_takes_them():
    memory = LineMemory()
    for seconds, runs, many in ((1.8, True, True), (1.8, False, False), (0.01, True, False)):
        memory.met(seconds, runs=runs)
        assert (memory.out.batches > 1) is many


def test_a_small_remainder_says_nothing_of_what_the_line_carries():
    pace = Pace()
    pace.succeeded(0.7, 300)
    assert pace.bytes_wanted == FIRST_BYTES


def test_what_travels_at_once_stays_within_its_bounds():
    pace = Pace()
    for _ in range(20):
        pace.failed()
    assert pace.bytes_wanted == LEAST_BYTES
    for _ in range(20):
        pace.succeeded(0.01, pace.bytes_wanted)
    assert pace.bytes_wanted == MOST_BYTES
    pace.failed()
    assert pace.bytes_wanted == MOST_BYTES // 2


def test_the_next_exchange_begins_with_what_fitted(tmp_path):
    replica = World(tmp_path).replica(2)
    with replica.engine.connect() as connection:
        assert read_memory(connection).out.bytes_wanted == FIRST_BYTES
    with replica.engine.begin() as connection:
        keep_memory(connection, LineMemory(Pace(5_000), Pace(7_000)))
    with replica.engine.connect() as connection:
        found = read_memory(connection)
    assert (found.out.bytes_wanted, found.back.bytes_wanted) == (5_000, 7_000)
