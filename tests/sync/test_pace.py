"""How much travels at once follows the line."""

from tarahum_desktop.sync.exchange.pace import LEAST_BYTES, MOST_BYTES, Pace


def test_a_line_that_answers_at_once_is_given_four_times_as_much():
    pace = Pace()
    pace.succeeded(0.01)
    assert pace.bytes_wanted == 4 * LEAST_BYTES


def test_a_slow_line_is_given_twice_as_much():
    pace = Pace()
    pace.succeeded(1.3)
    assert pace.bytes_wanted == 2 * LEAST_BYTES


def test_what_travels_at_once_stays_within_its_bounds():
    pace = Pace()
    pace.failed()
    assert pace.bytes_wanted == LEAST_BYTES
    for _ in range(20):
        pace.succeeded(0.01)
    assert pace.bytes_wanted == MOST_BYTES
    pace.failed()
    assert pace.bytes_wanted == MOST_BYTES // 2
