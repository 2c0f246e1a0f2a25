"""An office's hub in a process of its own, which can be killed without warning and started again."""

import multiprocessing
from pathlib import Path
from typing import Any

from tarahum_desktop.bootstrap.hub import Hub
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_server.centre import wall_clock
from tests.hub.offices import ADMIN, LOOPBACK, WORDS, write
from tests.server.centres import free_port, wait_for


def _serve(folder: Path, port: int, typed: str) -> None:
    place = open_workplace(folder, ADMIN, WORDS, wall_clock)
    write(place, f"{typed}-0")
    hub = Hub(place)
    hub.start(port, LOOPBACK)
    at = 1
    while True:  # somebody types at the office until the machine dies
        write(place, f"{typed}-{at}")
        at += 1


class HubProcess:
    """The office's vault must be locked in this process while the other one serves it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._process: Any = None

    def start(self, typed: str) -> None:
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_serve, args=(self._folder, self.port, typed), daemon=True)
        self._process.start()
        wait_for(self.port, self._process.is_alive)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
