"""Drives the real window without a display, for the benchmarks that run in a process of their own."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from benchmarks.processes import PASSPHRASE
from tarahum_desktop.bootstrap.program import Program
from tarahum_desktop.ui.lock.view import LockScreen

if TYPE_CHECKING:
    from tarahum_desktop.ui.today.presenter import TodayPresenter

_PATIENCE = 300.0


def start(folder: Path) -> tuple[QApplication, Program]:
    """The program as a person meets it: its lock screen painted, with the names of those who may open it."""
    app = QApplication([])
    program = Program(app, folder)
    program.start()
    wait(app, lambda: lock_screen(program).presenter.state.mode == "unlock")
    lock_screen(program).repaint()
    app.processEvents()
    return app, program


def lock_screen(program: Program) -> LockScreen:
    """The lock screen that is shown."""
    assert isinstance(program.window, LockScreen)
    return program.window


def wait(app: QApplication, done: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + _PATIENCE
    while not done():
        app.processEvents()
        time.sleep(0.000_5)  # the other threads need the interpreter
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")


def unlock(app: QApplication, program: Program, login: str) -> None:
    """Press the button, and wait until Today is filled and painted."""
    lock_screen(program).presenter.unlock(login, PASSPHRASE)
    wait(app, lambda: program.workspace is not None and today(program).view is not None)
    window = program.window
    assert window is not None
    window.repaint()
    app.processEvents()


def today(program: Program) -> "TodayPresenter":
    """What Today's screen shows."""
    from tarahum_desktop.ui.today.view import TodayScreenView  # noqa: PLC0415 - no part of a start

    found = screen(program, "today")
    assert isinstance(found, TodayScreenView)
    return found.presenter


def screen(program: Program, name: str) -> object:
    """A screen that was opened."""
    assert program.workspace is not None
    assert program.workspace.window is not None
    return program.workspace.window._screens[name]  # noqa: SLF001 - people find it by looking
