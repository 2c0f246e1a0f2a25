"""What finding and registering families needs from the rest of the program."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.search import FamilyHit


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A family's first record. Texts are cleaned; identity number and mobile are normalised and may carry a doubt.

    ``gender`` is the head's, ``male`` or ``female``; ``place_code`` is None where it is not known yet.
    """

    first: str
    father: str
    grandfather: str
    family: str
    gender: str
    id_number: str
    mobile: str
    place_code: str | None


@dataclass(frozen=True)
class FamiliesPorts:
    """Functions of the casework room; all run on the worker's thread.

    Attributes:
        find: typed text → families, best first, and quick enough for each key.
        register: a new family → its household.
        places: the places of the offices on this machine, in the order people look them up.
    """

    find: Callable[[str], Sequence[FamilyHit]]
    register: Callable[[NewFamily], uuid.UUID]
    places: Callable[[], Sequence[ListedItem]]
