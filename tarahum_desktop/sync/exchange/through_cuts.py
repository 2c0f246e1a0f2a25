"""An exchange on a line that is cut again and again: it goes on from what was acknowledged for as long as it moves.

Each try opens anew with a hello, so both sides agree on where they stand, and with batches that fit what the line
carried before. Tries that bring nothing end it after a few, each waiting longer than the one before.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.carriers.patience import CentreBusy
from tarahum_desktop.sync.exchange.carrier import Carrier, LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.line_memory import LineMemory, keep_memory, read_memory
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress, Report
from tarahum_desktop.sync.replica import Replica

MOST_FRUITLESS: Final = 5
_FIRST_WAIT_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.2
Wait = Callable[[float], None]


def exchange_through_cuts(
    replica: Replica,
    carrier: Carrier,
    centre_key: bytes,
    centre_device: int,
    report: Report,
    wait: Wait = time.sleep,
    files: BlobPolicy | None = None,
) -> Outcome:
    """Exchange, and after a cut go on at once.

    Args:
        replica: as for ``exchange``.
        carrier: as there.
        centre_key: as there.
        centre_device: as there.
        report: told after each step, with the sums of all tries; also asked while waiting, and whatever it raises ends
            the exchange.
        wait: seconds to let pass.
        files: what may be spent on contents of attachments.

    Raises:
        LineFailed: the line never came up, or several tries in a row moved nothing.
        CentreBusy, SyncError: the other side refused; no try follows.
    """
    with replica.engine.execution_options(read_only=True).connect() as connection:
        memory = read_memory(connection)
    tries = _Tries(report)
    try:
        while True:
            answers = memory.answers
            try:
                outcome = exchange(replica, carrier, centre_key, centre_device, tries.told, memory, files)
            except CentreBusy:
                raise
            except LineFailed as error:
                tries.failed(error, moved=memory.answers > answers, wait=wait)
            else:
                return tries.summed(outcome)
    finally:
        _keep(replica, memory)


class _Tries:
    """What all tries did together, and how many in a row moved nothing."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._before = self._now = Progress()
        self._begun = False
        self._fruitless = 0

    def told(self, progress: Progress) -> None:
        """A step of the running try."""
        self._begun = True
        self._now = replace(
            progress,
            pushed=self._before.pushed + progress.pushed,
            pulled=self._before.pulled + progress.pulled,
        )
        self._report(self._now)

    def failed(self, error: LineFailed, *, moved: bool, wait: Wait) -> None:
        """The line was cut: wait where the last tries moved nothing; raises the error when that is hopeless."""
        moved = moved or _moved(self._now) > _moved(self._before)
        self._before = self._now
        self._fruitless = 0 if moved else self._fruitless + 1
        if not self._begun or self._fruitless == MOST_FRUITLESS:
            raise error  # nobody ever answered, or nothing moves any more
        left = _FIRST_WAIT_SECONDS * 2 ** (self._fruitless - 1) if self._fruitless else 0.0
        while left > 0:
            self._report(self._now)
            wait(min(left, _LOOK_SECONDS))
            left -= _LOOK_SECONDS

    def summed(self, outcome: Outcome) -> Outcome:
        """The last try's outcome with what those before it moved."""
        return replace(
            outcome,
            pushed=self._before.pushed + outcome.pushed,
            pulled=self._before.pulled + outcome.pulled,
        )


def _moved(progress: Progress) -> int:
    return progress.pushed + progress.pulled


def _keep(replica: Replica, memory: LineMemory) -> None:
    if memory.answers:
        with replica.engine.begin() as connection:
            keep_memory(connection, memory)
