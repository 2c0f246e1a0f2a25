"""What the import screen needs from the rest of the program; all but the two windows for files run on the worker."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tarahum_desktop.casework.imports.checked import Checked, Choices, Progress, Steps
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.plan import Plan
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.casework.imports.runs import ImportLine
from tarahum_desktop.casework.imports.saving import Imported
from tarahum_desktop.casework.imports.undo import Undone


@dataclass(frozen=True)
class ImportBoard:
    """The beginning: imports made, one that was cut short, and where this person may import (code and name)."""

    lines: Sequence[ImportLine]
    waiting: tuple[str, Progress] | None
    scopes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ImportPorts:
    """Functions of the casework room, and the two windows that ask for a file."""

    board: Callable[[], ImportBoard]
    open_file: Callable[[], Path | None]
    read: Callable[[Path], tuple[RegisterFile, Matching]]
    check: Callable[[RegisterFile, Matching, Choices], Steps]
    begin: Callable[[Checked, bool], Plan]
    go_on: Callable[[], Iterator[Progress | Imported]]
    stop: Callable[[], Imported]
    undo: Callable[[uuid.UUID], Iterator[Progress | Undone]]
    written_back: Callable[[Checked, bool], bytes]
    save_file: Callable[[str, bytes], bool]
    seconds: Callable[[], float]
