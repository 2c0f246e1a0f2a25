"""What the first screen needs from the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tarahum_desktop.casework.today import TodayBoard


@dataclass(frozen=True)
class TodayPorts:
    """Functions of the casework room.

    Attributes:
        board: reads what can be read in a blink; runs on the worker's thread.
        parts: each reads more and gives the board with it, on the worker's thread, one after the other.
        now: the moment, with its zone; called on the Qt thread.
        name: who is greeted; empty when not known.
    """

    board: Callable[[], TodayBoard]
    now: Callable[[], datetime]
    name: str = ""
    parts: tuple[Callable[[TodayBoard], TodayBoard], ...] = ()
