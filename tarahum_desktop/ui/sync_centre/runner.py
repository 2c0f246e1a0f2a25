"""The one exchange that may run: it outlives the screen that started it, and never uses the database worker.

The exchange reports from its own thread. Reports only set numbers here; whoever shows them looks a few times
a second, so 100,000 rows do not flood the Qt thread.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress
from tarahum_desktop.ui.worker import Background

Report = Callable[[Progress], None]


class ExchangeCancelled(TarahumError):
    """A person stopped the exchange; what was confirmed until then stays confirmed."""

    code = "exchange_cancelled"


@dataclass(frozen=True, slots=True)
class RunProgress:
    """What a running exchange has done so far, and how much was expected at its beginning; counts are rows."""

    phase: str = "hello"
    pushed: int = 0
    pulled: int = 0
    expected_out: int = 0
    expected_in: int = 0

    @property
    def share(self) -> float:
        """How much of what was expected is done, 0 to 1; 0 where nothing was expected."""
        expected = self.expected_out + self.expected_in
        done = min(self.pushed, self.expected_out) + min(self.pulled, self.expected_in)
        return done / expected if expected else 0.0


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How the last exchange ended: with an outcome, or with the error that stopped it."""

    progress: RunProgress
    seconds: float
    outcome: Outcome | None = None
    error: TarahumError | None = None


class ExchangeRunner:
    """Runs one exchange at a time.

    Args:
        exchange: does it and reports each step; raises what the report raises. Runs on ``background``.
        background: a way to a worker of its own, so that typing is saved meanwhile.
        on_end: told on the Qt thread which kinds of rows arrived.
        clock: seconds that never go back.
    """

    def __init__(
        self,
        exchange: Callable[[Report], Outcome],
        background: Background,
        on_end: Callable[[frozenset[str]], None] = lambda _kinds: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._exchange, self._background, self._on_end, self._clock = exchange, background, on_end, clock
        self.running = False
        self.cancelling = False
        self.progress = RunProgress()
        self.last: RunEnd | None = None
        self.way = ""
        self._began = 0.0
        self._kinds: frozenset[str] = frozenset()

    @property
    def seconds(self) -> float:
        """How long the running exchange has taken, or the last one took."""
        if self.running:
            return self._clock() - self._began
        return self.last.seconds if self.last else 0.0

    def start(self, way: str = "") -> bool:
        """Begin an exchange; False when one is running already. ``way`` is for whoever exchanges to read."""
        if self.running:
            return False
        self.way = way
        self.running, self.cancelling = True, False
        self.progress, self._kinds, self._began = RunProgress(), frozenset(), self._clock()
        self._background.command(lambda: self._exchange(self._report), self._done, self._failed)
        return True

    def cancel(self) -> None:
        """Stop after the step that is being done; nothing confirmed is lost."""
        self.cancelling = self.running

    def _report(self, progress: Progress) -> None:
        """Keep the numbers; runs on the exchange's thread."""
        self._kinds |= progress.touched.keys()
        expected, before = progress.forecast, self.progress
        self.progress = replace(
            before,
            phase=progress.phase,
            pushed=progress.pushed,
            pulled=progress.pulled,
            expected_out=before.expected_out
            or expected.rows_out,  # a hello after a cut tells of the rest only
            expected_in=before.expected_in or expected.rows_in,
        )
        if self.cancelling:
            raise ExchangeCancelled

    def _done(self, outcome: Outcome) -> None:
        self._end(RunEnd(self.progress, self.seconds, outcome=outcome))

    def _failed(self, error: TarahumError) -> None:
        self._end(RunEnd(self.progress, self.seconds, error=error))

    def _end(self, end: RunEnd) -> None:
        self.last, self.running, self.cancelling = end, False, False
        self._on_end(self._kinds | {"exchange_record", "outbox"})
