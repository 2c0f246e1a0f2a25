"""What the pouch desk needs from the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tarahum_desktop.casework.pouches.history import PouchLine
from tarahum_desktop.casework.pouches.look import PouchRights, StickSeen
from tarahum_desktop.casework.pouches.plan import PouchPlan
from tarahum_desktop.casework.pouches.read import PouchProgress, PouchSummary
from tarahum_desktop.casework.pouches.write import PouchWritten
from tarahum_desktop.ui.worker import Background

Read = tuple[PouchSummary, ...]


@dataclass(frozen=True)
class PouchPorts:
    """Functions of the casework room.

    Attributes:
        rights: what may be done here.
        sticks: what is plugged in.
        look: a folder that was chosen by hand.
        choose: asks for that folder; None when nobody chose. Runs on the Qt thread, as ``save_slip`` does.
        plan: what a pouch would carry; None for this machine's office.
        write: told bytes so far.
        answer: the return pouches for what was read.
        register: gives the stick at a folder its name.
        tidy: takes from the stick what has arrived; returns how many files.
        history: pouches of this machine, newest first.
        slip: the paper that goes with a pouch that was written here, as PDF, found by its fingerprint.
        save_slip: asks where it goes; False when nobody said.
        took: rows of these kinds arrived.
        now: called on the Qt thread.
        beside: a worker of its own, so that typing is saved while a stick is slow.
    """

    rights: Callable[[], PouchRights]
    sticks: Callable[[], tuple[StickSeen, ...]]
    look: Callable[[Path], StickSeen]
    choose: Callable[[], Path | None]
    plan: Callable[[int | None], PouchPlan]
    write: Callable[[Path, int | None, Callable[[int], None]], PouchWritten]
    read: Callable[[Path, Callable[[PouchProgress], None]], Read]
    answer: Callable[[Path, Read, Callable[[int], None]], tuple[PouchWritten, ...]]
    register: Callable[[Path, str], object]
    tidy: Callable[[Path], int]
    history: Callable[[], tuple[PouchLine, ...]]
    slip: Callable[[str], bytes]
    save_slip: Callable[[str, bytes], bool]
    took: Callable[[frozenset[str]], None]
    now: Callable[[], datetime]
    beside: Background
