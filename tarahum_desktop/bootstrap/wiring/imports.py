"""Bringing in existing registers."""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.check import check_register
from tarahum_desktop.casework.imports.checked import Checked, Choices, Progress, Steps
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.register_file import RegisterFile, open_register
from tarahum_desktop.casework.imports.runs import import_lines, scope_names
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on, stop_import, waiting_import
from tarahum_desktop.casework.imports.undo import Undone, undo_import
from tarahum_desktop.casework.imports.written_back import write_back
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.ui.imports.ports import ImportBoard, ImportPorts
from tarahum_desktop.ui.imports.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The import screen."""
    words, formats = kit.words, kit.formats

    def read(path: Path) -> tuple[RegisterFile, Matching]:
        file = open_register(path)
        return file, suggest_matching(place.desk, file)

    def check(file: RegisterFile, matching: Matching, choices: Choices) -> Steps:
        return check_register(place.desk, file, matching, choices)

    def undo(run: uuid.UUID) -> Iterator[Progress | Undone]:
        return undo_import(place.desk, run)

    def going_on() -> Iterator[Progress | Imported]:
        return go_on(place.desk)

    def written_back(checked: Checked, only_bad: bool) -> bytes:
        return write_back(words, formats, checked, only_bad=only_bad)

    ports = ImportPorts(
        board=lambda: _board(place.desk, kit),
        open_file=lambda: _open(words),
        read=read,
        check=check,
        begin=lambda checked, whole: begin_import(place.desk, checked, all_or_nothing=whole),
        go_on=going_on,
        stop=lambda: stop_import(place.desk),
        undo=undo,
        written_back=written_back,
        save_file=lambda name, content: _save(words, name, content),
        seconds=time.monotonic,
    )
    return [spec(ports)]


def _board(desk: Desk, kit: Kit) -> ImportBoard:
    return ImportBoard(import_lines(desk), waiting_import(desk), scope_names(desk, kit.words.language))


def _open(words: Words) -> Path | None:
    """Ask for the register."""
    chosen, _ = QFileDialog.getOpenFileName(
        None, words.t("Choose a file to import"), "", "XLSX, CSV (*.xlsx *.csv *.txt)"
    )
    return Path(chosen) if chosen else None


def _save(words: Words, name: str, content: bytes) -> bool:
    """Ask where the sheet goes and write it whole; False when the person thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(
        None, words.t("Save the sheet with errors"), name, "XLSX (*.xlsx)"
    )
    if not chosen:
        return False
    write_file(Path(chosen), content)
    return True
