"""Names that are common here, so that two letters and an arrow write one."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Person

_PERSON: Any = Person.__table__
_SAMPLE: Final = 800
_KEPT: Final = 400
_FAMILY_PLACE: Final = 3
_GIVEN, _FATHERS, _FAMILIES = range(3)


@dataclass(frozen=True, slots=True)
class NameHints:
    """Common names, the most common first: given names, fathers' names, families."""

    pools: tuple[tuple[str, ...], ...] = field(default=((), (), ()))

    def rest(self, typed: str) -> str:
        """What is left to write of the word that is being typed; empty where nothing fits."""
        before, _, word = typed.rpartition(" ")
        if not word:
            return ""
        place = len(before.split())
        pool = _GIVEN if place == 0 else _FATHERS if place < _FAMILY_PLACE else _FAMILIES
        names = self.pools[pool]
        return next((name[len(word) :] for name in names if name.startswith(word) and name != word), "")


def name_hints(desk: Desk) -> NameHints:
    """Count the names of the people last registered in the scopes searched by this desk."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    with desk.reading() as connection:
        for scope in desk.scopes_for(Action.SEARCH, connection):
            query = (
                select(
                    _PERSON.c.first_name,
                    _PERSON.c.father_name,
                    _PERSON.c.grandfather_name,
                    _PERSON.c.family_name,
                )
                .where(_PERSON.c.scope == scope)
                .order_by(_PERSON.c.id.desc())
                .limit(_SAMPLE)
            )
            for first, father, grandfather, family in connection.execute(query):
                counts[_GIVEN][first] += 1
                counts[_FATHERS].update(name for name in (father, grandfather) if name)
                counts[_FAMILIES][family] += 1
    return NameHints(tuple(_common(counter) for counter in counts))


def _common(counter: Counter[str]) -> tuple[str, ...]:
    """The most common spelling of each name only: «عبد الله» and «عبدالله» are one."""
    best: dict[str, str] = {}
    for name, _count in counter.most_common(2 * _KEPT):
        if name and " " not in name:
            best.setdefault(fold(name), name)
    return tuple(best.values())[:_KEPT]
