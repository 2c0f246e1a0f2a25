"""The one exchange that may run, without a screen."""

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled, ExchangeRunner, Report, RunProgress
from tarahum_desktop.ui.worker import Immediate
from tests.ui.sync_centre.sync_world import ALL_PROVEN, Held


class World:
    def __init__(self, background: Immediate | Held | None = None) -> None:
        self.steps = [Progress("push", 5, 0), Progress("pull", 5, 7, {"person": {b"1"}})]
        self.error: Exception | None = None
        self.seconds = 10.0
        self.ended: list[frozenset[str]] = []
        self.runner = ExchangeRunner(
            self.exchange, background or Immediate(), self.ended.append, lambda: self.seconds
        )

    def exchange(self, report: Report) -> Outcome:
        for step in self.steps:
            report(step)
            self.seconds += 2
        if self.error is not None:
            raise self.error
        return ALL_PROVEN


def test_an_exchange_ends_with_its_outcome_its_counts_and_its_duration() -> None:
    world = World()
    assert world.runner.start()
    assert world.runner.last is not None
    assert world.runner.last.outcome is ALL_PROVEN
    assert world.runner.last.progress == RunProgress("pull", 5, 7)
    assert world.runner.last.seconds == 4.0
    assert not world.runner.running


def test_only_one_runs_at_a_time() -> None:
    held = Held()
    world = World(held)
    assert world.runner.start()
    assert not world.runner.start()
    assert len(held.jobs) == 1
    held.work()
    assert world.runner.start()


def test_the_seconds_go_on_while_it_runs_and_stop_when_it_ended() -> None:
    held = Held()
    world = World(held)
    world.runner.start()
    world.seconds += 3
    assert world.runner.seconds == 3.0
    held.work()
    world.seconds += 100
    assert world.runner.seconds == 7.0


def test_a_cancelled_exchange_stops_at_its_next_step() -> None:
    held = Held()
    world = World(held)
    world.runner.start()
    world.runner.cancel()
    held.work()
    assert world.runner.last is not None
    assert isinstance(world.runner.last.error, ExchangeCancelled)
    assert world.runner.last.progress.phase == "push"
    assert not world.runner.cancelling


def test_cancelling_when_nothing_runs_does_not_spoil_the_next_exchange() -> None:
    world = World()
    world.runner.cancel()
    world.runner.start()
    assert world.runner.last is not None
    assert world.runner.last.error is None


def test_an_error_ends_it_and_the_next_may_begin() -> None:
    world = World()
    world.error = SyncError("line_failed")
    world.runner.start()
    assert world.runner.last is not None
    assert world.runner.last.error is world.error
    world.error = None
    assert world.runner.start()
    assert world.runner.last.error is None


def test_what_nobody_expected_ends_it_too_and_tells_no_details() -> None:
    world = World()
    world.error = ValueError("secret name")
    world.runner.start()
    assert world.runner.last is not None
    assert isinstance(world.runner.last.error, TarahumError)
    assert world.runner.last.error.code == "unexpected"


def test_the_end_names_the_kinds_of_rows_that_arrived_in_this_exchange_only() -> None:
    world = World()
    world.runner.start()
    world.steps = [Progress("pull", 0, 3, {"visit": {b"2"}})]
    world.runner.start()
    assert world.ended == [
        frozenset({"person", "exchange_record", "outbox"}),
        frozenset({"visit", "exchange_record", "outbox"}),
    ]


def test_rows_that_arrived_before_the_line_broke_are_named() -> None:
    world = World()
    world.error = SyncError("line_failed")
    world.runner.start()
    assert "person" in world.ended[0]
