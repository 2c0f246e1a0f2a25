"""A member of staff at a machine of the demo world, with the real window before them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from tarahum_desktop.bootstrap.workspace import Workspace
from tarahum_desktop.casework.workplace import Workplace, open_workplace
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.world import DemoWorld, Machine, seated
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.shell.window import MainWindow
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Worker


@dataclass(frozen=True)
class Seat:
    """The unlocked machine, its worker and window, and hands to press keys with."""

    place: Workplace
    worker: Worker
    window: MainWindow
    hands: Hands


@contextmanager
def take_seat(
    app: QApplication,
    world: DemoWorld,
    machine: Machine,
    staff: str = "",
    preferences: Preferences | None = None,
    size: tuple[int, int] = (1366, 768),
) -> Iterator[Seat]:
    """Unlock a machine and build its window for a member of staff; without one, for whoever the machine belongs to."""
    chosen, worker = preferences or Preferences(), Worker()
    place = open_workplace(
        world.vault(machine), machine.login, machine.passphrase, lambda: time.time_ns() // 1_000_000
    )
    if staff:
        place.desk = seated(place, staff)
    kit = kit_for(chosen)
    apply_look(app, kit.look)
    workspace = Workspace(place, worker, chosen, lambda: None, lambda _choice: None)
    try:
        window = workspace.build(kit)
        workspace.exchanger.stop()  # an exchange would seat the vault's own user again
        window.resize(*size)
        window.show()
        hands = Hands(lambda: window)
        hands.settle()
        yield Seat(place, worker, window, hands)
    finally:
        workspace.close()
        worker.stop()
