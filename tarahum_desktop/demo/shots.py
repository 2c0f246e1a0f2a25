"""Pictures of every screen on demo data, in the language, theme and size asked for.

Works on a copy of the demo world, so that it can be used again and again; there is no line, as in a village.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tarahum_desktop.bootstrap.program import Program
from tarahum_desktop.demo.day.desk_hands import SCREEN, DeskHands
from tarahum_desktop.demo.day.family_choice import ChosenFamily
from tarahum_desktop.demo.day.stages import open_form
from tarahum_desktop.demo.day.story import FAMILY_FILE, look_at_centre
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.look import State, look_at
from tarahum_desktop.demo.world import LAPTOP, MACHINES, DemoWorld
from tarahum_desktop.i18n.words import Language
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.lock.view import LockScreen
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.sync_centre.view import SyncScreenView
from tarahum_desktop.ui.tokens import ThemeName

SCALE: Final = Fraction(1, 50)
_PREFERENCES: Final = "preferences.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments and take the pictures; returns the exit code."""
    from tarahum_desktop.demo.__main__ import ready_world, say  # noqa: PLC0415 - only a command needs it

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = _parser().parse_args(arguments)
    chosen.dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        scale = Fraction(0) if chosen.state == "empty" else SCALE
        world = ready_world(chosen.world.absolute() if chosen.world else Path(scratch) / "w", scale)
        app = QApplication(sys.argv[:1])
        for language in chosen.language or get_args(Language):
            for theme in chosen.theme or get_args(ThemeName):
                copy = DemoWorld(Path(scratch) / f"{language}-{theme}")
                shutil.copytree(world.folder, copy.folder)
                say(f"Pictures in {language}, {theme}, {chosen.size[0]}x{chosen.size[1]}")
                if chosen.screen or chosen.state:
                    machine = next(one for one in MACHINES if one.name == chosen.machine)
                    look = Preferences(language=language, theme=theme)
                    state: State = chosen.state or "full"
                    look_at(
                        app,
                        copy,
                        machine,
                        chosen.staff,
                        chosen.screen or (),
                        look,
                        chosen.size,
                        chosen.dir,
                        state,
                    )
                    continue
                Photographer(app, copy, chosen.dir, language, theme, chosen.size).every_screen()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tarahum-shots", description=__doc__)
    parser.add_argument("dir", type=Path, help="the folder for the pictures")
    parser.add_argument("--language", action="append", choices=get_args(Language), help="default: all")
    parser.add_argument("--theme", action="append", choices=get_args(ThemeName), help="default: all")
    parser.add_argument("--size", type=_size, default=SCREEN, help="such as 1366x768")
    parser.add_argument(
        "--screen", action="append", help="only this screen, such as family?household=…; may be repeated"
    )
    machines = [one.name for one in MACHINES]
    parser.add_argument(
        "--machine", choices=machines, default="office", help="with --screen: on which machine"
    )
    parser.add_argument(
        "--state", choices=get_args(State), help="every screen, or those of --screen, in this state"
    )
    parser.add_argument("--staff", default="", help="with --screen: as whom, such as supervisor")
    parser.add_argument(
        "--world", type=Path, help="a demo world built before, which is copied; default: a new one"
    )
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


class Photographer:
    """Walks through the program once and takes a picture at each step."""

    def __init__(
        self,
        app: QApplication,
        world: DemoWorld,
        out: Path,
        language: Language,
        theme: ThemeName,
        size: tuple[int, int],
    ) -> None:
        self._app, self._world, self._out, self._size = app, world, out, size
        self._look = {"language": language, "theme": theme}
        self._mark = f"{language}-{theme}-{size[0]}x{size[1]}"

    def every_screen(self) -> None:
        """Take all pictures."""
        look_at_centre(self._world, self._world.folder)
        self._first_run()
        (self._world.vault(LAPTOP) / _PREFERENCES).write_text(json.dumps(self._look), "utf-8")
        desk = self._desk = DeskHands(self._app, self._world, LAPTOP, self._out, self._size, self._name)
        try:
            self._lock_screen()
            desk.unlock()
            self._families()
            self._visit()
            self._window()
        finally:
            desk.stop()

    def _name(self, name: str) -> str:
        return f"{name}-{self._mark}.png"

    def _first_run(self) -> None:
        new = self._world.folder / "new-machine"
        new.mkdir()
        (new / _PREFERENCES).write_text(json.dumps(self._look), "utf-8")
        program = Program(self._app, new)
        hands = Hands(lambda: program.window)
        try:
            program.start()
            hands.window.resize(*self._size)
            lock = hands.window
            assert isinstance(lock, LockScreen)
            hands.wait(lambda: lock.presenter.state.mode == "enrol", "no panel for a new machine")
            hands.picture(self._out / self._name("first-run"))
        finally:
            program.stop()
            hands.window.close()

    def _lock_screen(self) -> None:
        desk, hands = self._desk, self._desk.hands
        desk.program.start()
        desk.settle_size()
        hands.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no line for the passphrase")
        hands.type("not the passphrase")
        hands.enter()
        lock = desk.program.window
        assert isinstance(lock, LockScreen)
        hands.wait(lambda: lock.presenter.state.trouble != "", "the passphrase was taken")
        desk.picture("wrong-passphrase")

    def _families(self) -> None:
        desk, hands = self._desk, self._desk.hands
        family = self._family()
        hands.shortcut("Alt+2")
        view = desk.screen(FamiliesView)
        assert isinstance(view, FamiliesView)
        hands.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no line to search in")
        desk.picture("families-empty")
        hands.type("zzzz")
        nothing = view.kit.words.t("No family was found")
        hands.wait(
            lambda: any(one.text() == nothing for one in view.findChildren(QLabel)), "nothing was searched"
        )
        desk.picture("families-nothing-found")
        hands.shortcut("Ctrl+N")
        desk.picture("families-register")
        hands.press(Qt.Key.Key_Escape)
        view.line.clear()
        view.line.setFocus()
        hands.type(family.typed.split()[0])
        hands.wait(lambda: view.states.state == "content", "no family is found")
        desk.picture("families-hits")
        view.line.clear()
        desk.open_family(family.file_number)
        desk.picture("family-file")

    def _visit(self) -> None:
        desk, hands = self._desk, self._desk.hands
        hands.enter()
        filler, form = open_form(desk, self._family())
        filler.fill()
        filler.kept()
        hands.shortcut("Ctrl+S")
        hands.wait(
            lambda: bool(form.presenter.draft.receipt), f"not submitted: {form.presenter.state.problems}"
        )
        desk.picture("visit-submitted")

    def _window(self) -> None:
        desk, hands = self._desk, self._desk.hands
        desk.go("sync")
        hands.wait(lambda: not desk.workspace.exchanger.runner.running, "the exchange does not end")
        sync = desk.screen(SyncScreenView)
        assert isinstance(sync, SyncScreenView)
        hands.wait(lambda: sync.panel.state == "content", "the books are not shown")
        desk.picture("sync-centre")
        hands.shortcut("Ctrl+K")
        hands.type(self._family().typed.split()[0])
        hands.settle()
        desk.picture("command-box")
        hands.press(Qt.Key.Key_Escape)
        hands.shortcut("F1")
        desk.picture("key-sheet")

    def _family(self) -> ChosenFamily:
        return ChosenFamily.read(self._world.folder / FAMILY_FILE)


if __name__ == "__main__":
    sys.exit(main())
