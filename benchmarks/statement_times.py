"""Times every SQL statement until its last row is fetched; run by itself, it lists a screen's slowest with their plans.

``python -m benchmarks.statement_times today admin`` opens the screen of that person's window on the office of full size.
"""

import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine.cursor import CursorFetchStrategy

_FETCHES: Final = ("fetchone", "fetchmany", "fetchall")
_SLOWEST: Final = 12
_SHOWN: Final = 1_500


@dataclass(slots=True)
class Taken:
    """One statement: wall time and its own thread's processor time in milliseconds, and the rows it gave."""

    statement: str
    parameters: Any
    wall: float = 0.0
    cpu: float = 0.0

    def add(self, begun: tuple[float, float]) -> None:
        """Add what was spent since ``begun``."""
        wall, cpu = clocks()
        self.wall += (wall - begun[0]) * 1000
        self.cpu += (cpu - begun[1]) * 1000


class StatementTimes:
    """Notes every statement of this process while it listens."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._begun = threading.local()
        self._of_cursor: dict[int, Taken] = {}

    @contextmanager
    def listening(self) -> Iterator["StatementTimes"]:
        """Listen to every engine. SQLite finds rows while they are fetched, so the fetching is timed too."""
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        plain = {name: getattr(CursorFetchStrategy, name) for name in _FETCHES}
        for name, fetch in plain.items():
            setattr(CursorFetchStrategy, name, self._timed(fetch))
        try:
            yield self
        finally:
            for name, fetch in plain.items():
                setattr(CursorFetchStrategy, name, fetch)
            event.remove(Engine, "before_cursor_execute", self._before)
            event.remove(Engine, "after_cursor_execute", self._after)

    def take(self) -> list[Taken]:
        """What was noted since the last call, without the opening and closing of transactions."""
        taken, self.taken = self.taken, []
        self._of_cursor = {}  # what is kept here would be swept through in the midst of what is measured
        return [one for one in taken if not one.statement.startswith(("BEGIN", "PRAGMA query_only"))]

    def _before(self, *_: Any) -> None:
        self._begun.at = clocks()

    def _after(self, _connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        taken = self._of_cursor[id(cursor)] = Taken(statement, parameters)
        taken.add(self._begun.at)
        self.taken.append(taken)

    def _timed(self, fetch: Any) -> Any:
        def timed(strategy: Any, result: Any, cursor: Any, *further: Any, **named: Any) -> Any:
            begun, taken = clocks(), self._of_cursor.get(id(cursor))
            try:
                return fetch(strategy, result, cursor, *further, **named)
            finally:
                if taken is not None:
                    taken.add(begun)

        return timed


def clocks() -> tuple[float, float]:
    """Wall seconds, and the processor seconds of this thread."""
    return time.perf_counter(), time.thread_time()


def main(persons: int = 400_000) -> None:
    """Print the slowest statements of one screen, each with its plan."""
    from benchmarks.list_times import Opened, open_window  # noqa: PLC0415 - it imports this file
    from benchmarks.support import cached_office  # noqa: PLC0415 - the measured process does not build offices

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    screen, login = sys.argv[1], sys.argv[2]
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else cached_office(persons)
    with StatementTimes().listening() as times:
        window = open_window(str(folder), login, times)
        window.open(screen)
        found: dict[str, list[Taken]] = defaultdict(list)
        opened: Opened = window.open(screen)
        for one in opened.statements:
            found[one.statement].append(one)
        print(f"{screen} as {login}: {len(opened.statements)} statements, reads {opened.reads}")
        slowest = sorted(found.values(), key=lambda some: -max(one.wall for one in some))
        with window.place.desk.reading() as connection:
            for some in slowest[:_SLOWEST]:
                worst = max(some, key=lambda one: one.wall)
                print(f"\n{len(some)} times, worst {worst.wall:.1f} ms (processor {worst.cpu:.1f})")
                print(worst.statement[:_SHOWN])
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {worst.statement}", worst.parameters)
                print("\n".join(f"    {row[3]}" for row in plan))
    window.close()


if __name__ == "__main__":
    main()
