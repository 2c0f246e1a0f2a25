"""What finding and registering families needs from the rest of the program."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tarahum_desktop.casework.duplicates.typed import PersonTyped, SimilarPerson
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.casework.saved_lists.saved_lists import KeptList
from tarahum_desktop.casework.search.find import FamilyHit
from tarahum_desktop.casework.search.lists import FamilyPage, Wish

Labels = Mapping[str, Mapping[str, str]]
"""Facet → code → words in the reader's language; what is missing shows as its code."""


@dataclass(frozen=True)
class ListPorts:
    """Lists by filters, and the person's own.

    Attributes:
        browse: one page of the families wished for, with counts.
        labels: the words of the values that filters offer.
        saved: the person's own lists.
        save: keeps one under a name.
        forget: drops one.
    """

    browse: Callable[[Wish], FamilyPage]
    labels: Callable[[], Labels]
    saved: Callable[[], Sequence[KeptList]]
    save: Callable[[str, Wish], KeptList]
    forget: Callable[[uuid.UUID], None]


@dataclass(frozen=True)
class RegisterLists:
    """What a new family's card offers: places of the office, relations to the head, reasons for having no document."""

    places: Sequence[ListedItem]
    relations: Sequence[ListedItem]
    reasons: Sequence[ListedItem]


@dataclass(frozen=True)
class FamiliesPorts:
    """Functions of the casework room; all run on the worker's thread.

    Attributes:
        find: typed text → families, best first, and quick enough for each key.
        register: the head, the members and the household's own columns → what was put on record; whoever wires the
            screens adds the office's scope.
        similar: who is on record and may be the person being typed.
        choices: what the card of a new family offers.
        lists: filters and saved lists.
    """

    find: Callable[[str], Sequence[FamilyHit]]
    register: Callable[[NewMember, Sequence[NewMember], Mapping[str, str]], Registered]
    similar: Callable[[PersonTyped], Sequence[SimilarPerson]]
    choices: Callable[[], RegisterLists]
    lists: ListPorts
