"""Pictures of single screens as any member of staff sees them, on a copy of the demo world."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.demo.seat import take_seat
from tarahum_desktop.demo.world import DemoWorld, Machine
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.worker import Worker

_MILLISECONDS_TO_READ = 700
State = Literal["full", "empty", "loading", "error"]


def look_at(
    app: QApplication,
    world: DemoWorld,
    machine: Machine,
    staff: str,
    screens: Sequence[str],
    preferences: Preferences,
    size: tuple[int, int],
    out: Path,
    state: State = "full",
) -> None:
    """Open screens such as ``plan?household=…`` one after another and keep a picture of each.

    In the state ``loading`` no answer
    comes, in the state ``error`` the database cannot be read; for ``empty`` give a world without families.
    """
    released = threading.Event()
    with take_seat(app, world, machine, staff, preferences, size) as seat:
        _until_read(app)
        _arrange(seat.place, seat.worker, state, released)
        try:
            for wanted in screens or [spec.id for spec in seat.window.parts.specs if spec.in_navigation]:
                name, _, params = wanted.partition("?")
                seat.window.open_screen(name, dict(parse_qsl(params)))
                _until_read(app)
                mark = f"{preferences.language}-{preferences.theme}-{size[0]}x{size[1]}"
                seat.hands.picture(out / f"{name}-{staff or machine.name}-{state}-{mark}.png")
        finally:
            released.set()


def _arrange(place: Workplace, worker: Worker, state: State, released: threading.Event) -> None:
    """Bring about a state in which lists must still make sense; the event ends the one in which nothing answers."""
    if state == "loading":
        worker.submit(lambda: _wait_for(released))
    if state == "error":
        damaged = place.vault.folder / "damaged.db"
        engine = open_sqlite(damaged)
        engine.dispose()
        damaged.write_bytes(b"not a database" * 400)
        place.desk = replace(place.desk, replica=replace(place.replica, engine=engine))


def _wait_for(released: threading.Event) -> None:
    released.wait()


def _until_read(app: QApplication) -> None:
    """Let the screen's queries come back; a loop of its own does not starve the worker as polling would."""
    loop = QEventLoop(app)
    QTimer.singleShot(_MILLISECONDS_TO_READ, loop.quit)
    loop.exec()
