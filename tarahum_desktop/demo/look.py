"""Pictures of single screens as any member of staff sees them, on a copy of the demo world."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.workplace import Workplace, open_workplace
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.world import OFFICE_SCOPE, DemoWorld, Machine
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
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

    Nobody but the demonstration may seat a person without their passphrase. In the state ``loading`` no answer
    comes, in the state ``error`` the database cannot be read; for ``empty`` give a world without families.
    """
    folder, worker = world.vault(machine), Worker()
    place = open_workplace(folder, machine.login, machine.passphrase, lambda: time.time_ns() // 1_000_000)
    if staff:
        login = f"{OFFICE_SCOPE}.{staff}"
        place.desk = open_desk(place.replica, user_id(login), login)
    kit = kit_for(preferences)
    apply_look(app, kit.look)
    released = threading.Event()
    workspace = Workspace(place, worker, preferences, lambda: None, lambda _choice: None)
    try:
        window = workspace.build(kit)
        workspace.exchanger.stop()  # an exchange would seat the vault's own user again
        window.resize(*size)
        window.show()
        hands = Hands(lambda: window)
        hands.settle()
        _until_read(app)
        _arrange(place, worker, state, released)
        for wanted in screens or [spec.id for spec in window.parts.specs if spec.in_navigation]:
            name, _, params = wanted.partition("?")
            window.open_screen(name, dict(parse_qsl(params)))
            _until_read(app)
            mark = f"{preferences.language}-{preferences.theme}-{size[0]}x{size[1]}"
            hands.picture(out / f"{name}-{staff or machine.name}-{state}-{mark}.png")
    finally:
        released.set()
        workspace.close()
        worker.stop()


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
