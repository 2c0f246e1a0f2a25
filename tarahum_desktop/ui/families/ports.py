"""What finding and registering families needs from the rest of the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.casework.search import FamilyHit


@dataclass(frozen=True)
class FamiliesPorts:
    """Functions of the casework room; all run on the worker's thread.

    Attributes:
        find: typed text → families, best first, and quick enough for each key.
        register: the head and the household's own columns → what was put on record; whoever wires the screens adds
            the office's scope.
        places: the places of the offices on this machine, in the order people look them up.
    """

    find: Callable[[str], Sequence[FamilyHit]]
    register: Callable[[NewMember, Mapping[str, str]], Registered]
    places: Callable[[], Sequence[ListedItem]]
