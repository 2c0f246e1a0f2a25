"""Opens every screen of one person's window on a big vault and times it; ``bench_lists`` runs it by itself."""

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from benchmarks.processes import PASSPHRASE, finish
from benchmarks.statement_times import StatementTimes, Taken, clocks
from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.workplace import Workplace, open_workplace
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.shell.window import MainWindow
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Worker

ROUNDS: Final = 8
Spent = tuple[float, float]
"""Wall milliseconds, and those of the thread's own processor time: the machine may be shared."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening: until painted, until the first answer stands on it, and every read, whole and by statement."""

    painted: Spent
    filled: Spent
    reads: list[Spent]
    statements: list[Taken]


class TimedWorker(Worker):
    """A worker that notes what each job took."""

    def __init__(self) -> None:
        self.spent: list[Spent] = []
        self.asked = False
        self.answered = threading.Event()
        super().__init__()

    def begin(self) -> None:
        """Note what comes from now on."""
        self.spent, self.asked = [], False
        self.answered.clear()

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job and time it."""

        def timed() -> None:
            begun = clocks()
            job()
            self.spent.append(since(begun))
            self.answered.set()

        self.asked = True
        super().submit(timed)


@dataclass(frozen=True)
class OpenWindow:
    """A person's window on a vault, with everything timed."""

    app: QApplication
    worker: TimedWorker
    place: Workplace
    workspace: Workspace
    window: MainWindow
    times: StatementTimes

    def screens(self) -> list[str]:
        """What the side bar offers, and a family."""
        return [*(spec.id for spec in self.window.parts.specs if spec.in_navigation), "family"]

    def open(self, name: str) -> Opened:
        """Open a screen and let all it asks for come back."""
        params = {"household": self._family()} if name == "family" else {}
        self.worker.begin()
        self.times.take()
        begun = clocks()
        self.window.open_screen(name, params)
        self.app.processEvents()
        painted = since(begun)
        if self.worker.asked:
            self.worker.answered.wait()
            self.app.processEvents()
        filled = since(begun)
        self.settle()
        return Opened(painted, filled, self.worker.spent, self.times.take())

    def settle(self) -> None:
        """Let every read come back, and what they asked for next."""
        for _ in range(4):
            self.worker.finish()
            self.app.processEvents()

    def close(self) -> None:
        """Take the window down."""
        self.workspace.close()
        self.worker.stop()

    def _family(self) -> str:
        return str(next(hit.household_id for hit in find(self.place.desk, "محمد") if hit.household_id))


def since(begun: Spent) -> Spent:
    """Milliseconds since then."""
    wall, cpu = clocks()
    return (wall - begun[0]) * 1000, (cpu - begun[1]) * 1000


def open_window(folder: str, login: str, times: StatementTimes) -> OpenWindow:
    """Unlock a vault and build its window as the program does; without its exchanges and passes."""
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
    opened = OpenWindow(app, worker, place, workspace, window, times)
    opened.settle()
    find(place.desk, "محمد")  # the search keeper has read what it keeps in memory by now
    return opened


def measure(folder: str, login: str) -> None:
    """Open each screen of a person's side bar, and one family's, several times in one window."""
    found: dict[str, dict[str, list[float]]] = {}
    with StatementTimes().listening() as times:
        opened = open_window(folder, login, times)
        for number in range(ROUNDS + 1):
            for name in opened.screens():
                kept = found.setdefault(name, defaultdict(list))
                note(kept, opened.open(name), "" if number else "first_")
        opened.close()
    finish(found)


def note(kept: dict[str, list[float]], opened: Opened, before: str) -> None:
    """Keep an opening's figures; the first one builds the widgets and reads cold pages, so it is told apart."""
    for at, clock in enumerate(("wall", "cpu")):
        kept[f"{before}paint_{clock}"].append(opened.painted[at])
        kept[f"{before}filled_{clock}"].append(opened.filled[at])
        kept[f"{before}read_{clock}"] += [spent[at] for spent in opened.reads]
    kept[f"{before}query_wall"] += [one.wall for one in opened.statements]
    kept[f"{before}query_cpu"] += [one.cpu for one in opened.statements]


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2])
