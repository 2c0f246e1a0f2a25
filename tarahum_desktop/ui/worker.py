"""Work that touches the database or the disk runs here, so that the Qt thread never waits.

One thread owns the writing connection. A screen gets its own ``Background`` and closes it when it goes:
answers that come later are dropped, commands are still carried out.
"""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tarahum_desktop.domain.errors import TarahumError

Answer = TypeVar("Answer")
Failed = Callable[[TarahumError], None]
log = logging.getLogger(__name__)


class Background(Protocol):
    """How presenters ask for work; answers always come on the Qt thread."""

    def query(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        *,
        replaces: str = "",
    ) -> None:
        """Read something. A newer query with the same ``replaces`` makes this one's answer unwanted."""

    def command(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Change something: never skipped, carried out in the order asked."""

    def close(self) -> None:
        """Drop the answers that are still to come."""


def run_guarded(work: Callable[[], Answer]) -> Answer:
    """Run ``work``; whatever it raises leaves as a TarahumError, and the log learns no personal data."""
    try:
        return work()
    except TarahumError:
        raise
    except Exception as error:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "?"
        log.error("background work failed: %s at %s", type(error).__name__, where)  # noqa: TRY400 - a traceback's text can hold personal data
        raise TarahumError("unexpected") from error


class _Post(QObject):
    """Carries a callable from the worker's thread to the Qt thread."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


class Worker:
    """The one thread; ``stop`` finishes what was asked and joins it."""

    def __init__(self, name: str = "database") -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._post = _Post()
        self._thread = threading.Thread(target=self._loop, name=f"tarahum-{name}", daemon=False)
        self._thread.start()

    def background(self) -> "WorkerBackground":
        """A new way to this worker for one screen."""
        return WorkerBackground(self)

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job that takes care of its own errors."""
        self._jobs.put(job)

    def tell(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the Qt thread."""
        self._post.arrived.emit(call)

    def finish(self) -> None:
        """Wait until everything asked so far is carried out; answers come later, on the Qt thread."""
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait()

    def stop(self) -> None:
        """Carry out what is queued, then end the thread. Safe to call twice."""
        self._jobs.put(None)
        self._thread.join()

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class WorkerBackground:
    """A screen's way to the worker."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._closed = False
        self._latest: dict[str, int] = {}

    def query(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        *,
        replaces: str = "",
    ) -> None:
        """See ``Background.query``; an overtaken query that has not begun is not run at all."""
        number = self._latest[replaces] = self._latest.get(replaces, 0) + 1

        def wanted() -> bool:
            return not self._closed and (not replaces or self._latest[replaces] == number)

        self._submit(work, done, failed, wanted=wanted, skip=lambda: not wanted())

    def command(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """See ``Background.command``."""
        self._submit(work, done, failed, wanted=lambda: not self._closed, skip=lambda: False)

    def close(self) -> None:
        """See ``Background.close``."""
        self._closed = True

    def _submit(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        *,
        wanted: Callable[[], bool],
        skip: Callable[[], bool],
    ) -> None:
        def job() -> None:
            if skip():
                return
            try:
                answer = run_guarded(work)
            except TarahumError as error:
                told = error  # the name bound by `except` is gone when the Qt thread runs this
                self._worker.tell(lambda: failed(told) if wanted() else None)
            else:
                self._worker.tell(lambda: done(answer) if wanted() else None)

        self._worker.submit(job)


class Immediate:
    """A ``Background`` that answers at once on the caller's thread, for tests and small tools."""

    def __init__(self) -> None:
        self.closed = False

    def query(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        *,
        replaces: str = "",
    ) -> None:
        """Run at once; nothing can be overtaken, so ``replaces`` has nothing to do."""
        del replaces
        self.command(work, done, failed)

    def command(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Run at once."""
        try:
            answer = run_guarded(work)
        except TarahumError as error:
            failed(error)
        else:
            done(answer)

    def close(self) -> None:
        """Remember that the screen went."""
        self.closed = True
