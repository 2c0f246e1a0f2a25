"""Long work in short steps: each step is one errand of the worker, so that whatever else is asked comes in between."""

from collections.abc import Callable, Iterator
from typing import Any

from tarahum_desktop.casework.imports.checked import Progress
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.worker import Background


class Stepping:
    """One work at a time. ``cancel`` ends it once the step that runs has answered; the last one is too late to be ended."""

    def __init__(
        self,
        background: Background,
        seconds: Callable[[], float],
        show: Callable[[Progress, float | None], None],
        failed: Callable[[TarahumError], None],
    ) -> None:
        self._background, self._seconds, self._show, self._failed = background, seconds, show, failed
        self._cancelled: Callable[[], None] | None = None
        self._begun = 0.0
        self._first: Progress | None = None
        self.running = False

    def run(self, begin: Callable[[], Iterator[Any]], done: Callable[[Any], None]) -> None:
        """Work through an iterator that yields progress and at last a result."""
        steps: list[Iterator[Any]] = []
        self._begun, self._first, self._cancelled = self._seconds(), None, None
        self.running = True

        def step() -> Any:
            if not steps:
                steps.append(begin())
            return next(steps[0])

        def stepped(found: Any) -> None:
            if isinstance(found, Progress) and self._cancelled is None:
                self._show(found, self._left(found))
                self._background.command(step, stepped, failed)
                return
            self.running = False
            if isinstance(found, Progress) and self._cancelled is not None:
                self._cancelled()
            else:
                done(found)

        def failed(error: TarahumError) -> None:
            self.running = False
            self._failed(error)

        self._background.command(step, stepped, failed)

    def cancel(self, then: Callable[[], None]) -> None:
        """Ask for no further step, and have ``then`` called after the one that runs."""
        self._cancelled = then

    def _left(self, at: Progress) -> float | None:
        """Seconds left by the pace of this stage; None where nothing can be said yet."""
        if self._first is None or self._first.stage is not at.stage:
            self._first, self._begun = at, self._seconds()
            return None
        done = at.done - self._first.done
        if not at.total or done <= 0:
            return None
        return (self._seconds() - self._begun) / done * (at.total - at.done)
