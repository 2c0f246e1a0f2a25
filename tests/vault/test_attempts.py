"""Waiting grows, survives a restart, and no clock shortens it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.vault.attempts import FREE_FAILURES, LONGEST_WAIT_SECONDS, AttemptLog, AttemptState
from tarahum_desktop.vault.errors import TooManyAttempts

SLOT = "018f0000-0000-7000-8000-000000000001"


def fail(log: AttemptLog, times: int, now: float) -> None:
    for _ in range(times):
        log.begin(SLOT, now)


def wait_told(log: AttemptLog, now: float) -> int:
    with pytest.raises(TooManyAttempts) as refused:
        log.begin(SLOT, now)
    return int(refused.value.facts["retry_after_seconds"])


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    state, waits = AttemptState(), []
    for _ in range(16):
        state = state.after_failure(0.0)
        waits.append(state.wait)
    assert waits == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    fail(AttemptLog(tmp_path / "a"), FREE_FAILURES + 1, 100.0)
    assert wait_told(AttemptLog(tmp_path / "a"), 102.0) == 3
    fail(AttemptLog(tmp_path / "a"), 1, 105.0)
    assert wait_told(AttemptLog(tmp_path / "a"), 105.0) == 10


def test_a_refused_try_does_not_lengthen_the_wait(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "a")
    fail(log, FREE_FAILURES + 1, 100.0)
    assert [wait_told(log, 101.0), wait_told(log, 101.0), wait_told(log, 104.0)] == [4, 4, 1]


def test_a_clock_set_back_neither_shortens_nor_stretches_the_wait(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "a")
    year = 365 * 86400.0
    fail(log, FREE_FAILURES + 1, year)
    assert wait_told(log, 0.0) == 5
    assert wait_told(log, 2.0) == 3
    fail(log, 1, 5.0)


def test_slots_wait_each_by_themselves_and_success_clears_one(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "a")
    fail(log, FREE_FAILURES + 1, 0.0)
    log.begin("another", 0.0)
    log.succeeded("another")
    assert wait_told(log, 0.0) == 5
    log.succeeded(SLOT)
    fail(log, FREE_FAILURES, 0.0)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[]", b'{"a":{"failures":-1}}', b'{"a":{"wait":1e9}}']
)
def test_a_damaged_file_locks_nobody_out_and_gives_no_free_tries(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    log = AttemptLog(tmp_path / "a")
    log.begin(SLOT, 0.0)
    assert wait_told(log, 0.0) == 5


@given(
    failures=st.integers(1, 60),
    clock=st.lists(st.floats(-1e10, 1e10, allow_nan=False), max_size=30),
)
def test_whatever_the_clock_shows_the_wait_shrinks_only_by_time_that_passed(
    failures: int, clock: list[float]
) -> None:
    state = AttemptState()
    for _ in range(failures):
        state = state.after_failure(0.0)
    assert 0 <= state.wait <= LONGEST_WAIT_SECONDS
    for now in clock:
        passed = max(0.0, now - state.seen)
        later = state.at(now)
        assert later.wait == max(0.0, state.wait - passed)
        assert later.failures == failures
        state = later
