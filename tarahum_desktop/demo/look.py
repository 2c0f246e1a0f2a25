"""Pictures of single screens as any member of staff sees them, on a copy of the demo world."""

import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.world import OFFICE_SCOPE, DemoWorld, Machine
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Worker

_MILLISECONDS_TO_READ = 700


def look_at(
    app: QApplication,
    world: DemoWorld,
    machine: Machine,
    staff: str,
    screens: Sequence[str],
    preferences: Preferences,
    size: tuple[int, int],
    out: Path,
) -> None:
    """Open screens such as ``plan?household=…`` one after another and keep a picture of each.

    Nobody but the demonstration may seat a person without their passphrase.
    """
    folder, worker = world.vault(machine), Worker()
    place = open_workplace(folder, machine.login, machine.passphrase, lambda: time.time_ns() // 1_000_000)
    if staff:
        login = f"{OFFICE_SCOPE}.{staff}"
        place.desk = open_desk(place.replica, user_id(login), login)
    kit = kit_for(preferences)
    apply_look(app, kit.look)
    workspace = Workspace(place, worker, preferences, lambda: None, lambda _choice: None)
    try:
        window = workspace.build(kit)
        window.resize(*size)
        window.show()
        hands = Hands(lambda: window)
        hands.settle()
        for wanted in screens:
            name, _, params = wanted.partition("?")
            window.open_screen(name, dict(parse_qsl(params)))
            _until_read(app)
            mark = f"{preferences.language}-{preferences.theme}-{size[0]}x{size[1]}"
            hands.picture(out / f"{name}-{staff or machine.name}-{mark}.png")
    finally:
        workspace.close()
        worker.stop()


def _until_read(app: QApplication) -> None:
    """Let the screen's queries come back; a loop of its own does not starve the worker as polling would."""
    loop = QEventLoop(app)
    QTimer.singleShot(_MILLISECONDS_TO_READ, loop.quit)
    loop.exec()
