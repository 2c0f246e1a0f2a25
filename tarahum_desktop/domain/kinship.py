"""Whether what is recorded of who is whose parent can be true: nobody descends from themselves, or is older than a parent.

Births are ranges, because a year may be all that is known: a fault is named only where no reading of the ranges would
put it right. Nothing is refused; each fault is a doubt for a person to settle.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.domain.partial_date import DateRange

YOUNGEST_PARENT: Final = 10
"""Completed years below which nobody is believed to have had a child."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A person as kinship sees them: ids of the parents that are recorded, and the days the birth may stand for."""

    id: str
    father_id: str | None = None
    mother_id: str | None = None
    birth: DateRange | None = None

    @property
    def parents(self) -> tuple[str, ...]:
        """The recorded parents."""
        return tuple(one for one in (self.father_id, self.mother_id) if one)


@dataclass(frozen=True, slots=True)
class KinFault:
    """One doubt. ``ids`` are those of a circle in order of descent, or the parent and the child.

    ``code``: ``kin_circle``, ``kin_parent_younger`` (born after the child) or ``kin_parent_too_young``.
    """

    code: str
    ids: tuple[str, ...]


def kinship_faults(people: Iterable[Kin]) -> tuple[KinFault, ...]:
    """All doubts about a set of people, circles first, in a stable order; parents outside the set are passed over."""
    known = {one.id: one for one in people}
    return (*_circles(known), *_ages(known))


def _circles(known: Mapping[str, Kin]) -> list[KinFault]:
    """Each circle once, begun at its smallest id."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(known):
        if start not in done:
            found |= _walk(start, known, done)
    return [KinFault("kin_circle", ids) for ids in sorted(found)]


def _walk(start: str, known: Mapping[str, Kin], done: set[str]) -> set[tuple[str, ...]]:
    """Follow parents from one person without recursion: a register may hold a chain of any length."""
    found: set[tuple[str, ...]] = set()
    way: list[str] = []
    places: dict[str, int] = {}
    waiting: list[tuple[str, bool]] = [(start, False)]
    while waiting:
        here, leaving = waiting.pop()
        if leaving:
            way.pop()
            del places[here]
            done.add(here)
            continue
        if here in places:
            found.add(_from_smallest(way[places[here] :]))
            continue
        if here in done or here not in known:
            continue
        places[here] = len(way)
        way.append(here)
        waiting.append((here, True))
        waiting += [(parent, False) for parent in sorted(known[here].parents, reverse=True)]
    return found


def _from_smallest(circle: Sequence[str]) -> tuple[str, ...]:
    at = circle.index(min(circle))
    return (*circle[at:], *circle[:at])


def _ages(known: Mapping[str, Kin]) -> list[KinFault]:
    found = []
    for child in sorted(known.values(), key=lambda one: one.id):
        for parent_id in dict.fromkeys(child.parents):
            parent = known.get(parent_id)
            if parent is None or parent is child or parent.birth is None or child.birth is None:
                continue
            if parent.birth.first > child.birth.last:
                found.append(KinFault("kin_parent_younger", (parent.id, child.id)))
            elif child.birth.last.year - parent.birth.first.year < YOUNGEST_PARENT:
                found.append(KinFault("kin_parent_too_young", (parent.id, child.id)))
    return found
