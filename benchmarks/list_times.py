"""Opens every screen of one person's window on a big vault and times it; ``bench_lists`` runs it by itself."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.processes import PASSPHRASE, finish
from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Worker

ROUNDS = 8


def measure(folder: str, login: str) -> None:
    """Open each screen of a person's side bar, and one family's, several times in one window."""
    app = QApplication([])
    kit = kit_for(Preferences())
    apply_look(app, kit.look)
    place = open_workplace(Path(folder), login, PASSPHRASE, lambda: time.time_ns() // 1_000_000)
    worker = TimedWorker()
    workspace = Workspace(place, worker, Preferences(), lambda: None, lambda _choice: None)
    window = workspace.build(kit)
    window.resize(1366, 768)
    window.show()
    workspace.exchanger.stop()
    workspace.looker.stop()
    settle(app, worker)
    family = next(hit.household_id for hit in find(place.desk, "محمد") if hit.household_id)
    names = [spec.id for spec in window.parts.specs if spec.in_navigation]
    opened = [(name, {}) for name in names] + [("family", {"household": str(family)})]
    found: dict[str, dict[str, list[float]]] = {}
    for number in range(ROUNDS + 1):
        for name, params in opened:
            worker.spent = []
            begun = time.perf_counter()
            window.open_screen(name, params)
            app.processEvents()
            painted = time.perf_counter() - begun
            settle(app, worker)
            if number:  # the first opening builds the widgets and reads cold pages; it is told apart
                kept = found.setdefault(name, defaultdict(list))
                kept["paint"].append(painted * 1000)
                kept["query"] += [seconds * 1000 for seconds in worker.spent]
            else:
                found[name] = defaultdict(
                    list, {"first": [painted * 1000], "cold": [s * 1000 for s in worker.spent]}
                )
    workspace.close()
    worker.stop()
    finish(found)


class TimedWorker(Worker):
    """A worker that notes the seconds of each job."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        super().__init__()

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job and time it."""

        def timed() -> None:
            begun = time.perf_counter()
            job()
            self.spent.append(time.perf_counter() - begun)

        super().submit(timed)


def settle(app: QApplication, worker: Worker) -> None:
    """Let every query come back, and what they asked for next."""
    for _ in range(3):
        worker.finish()
        app.processEvents()


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2])
