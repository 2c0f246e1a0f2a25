"""Lists of families by what is known of them, with or without a name: any filters together, counted and in order."""

import functools
import operator
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_index import memory_of
from tarahum_desktop.casework.search.family_book import Bits, FamilyBook
from tarahum_desktop.casework.search.find import MOST_HITS, find
from tarahum_desktop.casework.search.hits import (
    FamilyHit,
    How,
    Reason,
    Why,
    hits_of_households,
    hits_of_persons,
    once_each,
)
from tarahum_desktop.casework.search.memory import SearchMemory
from tarahum_desktop.casework.search.names import exact_steps, inside_steps, similar_steps
from tarahum_desktop.casework.search.places import MOST_PEOPLE, bits_of_place, people_asked
from tarahum_desktop.casework.search.query import SearchQuery, read_query
from tarahum_desktop.domain.permissions import Action

PAGE: Final = 200
CHOICES: Final = ("committee", "team", "place", "state", "kind", "officer", "need")
"""Filters with one of several values."""
FLAGS: Final = ("overdue", "restricted", "women", "children", "old_study")
"""Filters that are on or off."""
SORTS: Final = ("best", "name", "file", "study")
FAMILY_KIND: Final = "family"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; an empty text and False leave a fact open.

    ``kind`` is ``prisoner``, ``released`` or ``family`` (neither of both). ``need`` is a service code.
    """

    committee: str = ""
    team: str = ""
    place: str = ""
    state: str = ""
    kind: str = ""
    officer: str = ""
    need: str = ""
    overdue: bool = False
    restricted: bool = False
    women: bool = False
    children: bool = False
    old_study: bool = False

    def chosen(self) -> dict[str, str]:
        """The filters that are on, as facet → value."""
        values = {name: getattr(self, name) for name in (*CHOICES, *FLAGS)}
        return {name: value if isinstance(value, str) else "yes" for name, value in values.items() if value}


def filters_from(document: Mapping[str, Any]) -> Filters:
    """Filters as kept in a saved list; what this program does not know is left out."""
    known: dict[str, Any] = {one.name: type(one.default) for one in fields(Filters)}
    kept: dict[str, Any] = {
        name: value for name, value in document.items() if isinstance(value, known.get(name, ()))
    }
    return Filters(**kept)


@dataclass(frozen=True, slots=True)
class Wish:
    """A list that somebody asks for; ``offset`` is a whole number of rows already shown."""

    typed: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = "best"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Some rows of a list. ``counts`` tell for each filter and value how many families choosing it would leave.

    ``at_least`` says that so many people bear the name that not all were looked at: there may be more families.
    ``ready`` is False while the facts are still being read after unlocking; the page is empty then.
    """

    hits: tuple[FamilyHit, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ready: bool = True
    at_least: bool = False


def browse(desk: Desk, wish: Wish, most: int = PAGE) -> FamilyPage:
    """One page of a list of the families this person may search for."""
    with desk.reading() as connection:
        memory = memory_of(desk.replica)
        book = memory.need_families(connection, desk.today().isoformat())
        if book is None:
            return FamilyPage(ready=False)
        scopes = desk.scopes_for(Action.SEARCH, connection)
        allowed = book.any_of("scope", scopes)
        rows = _Rows(connection, desk, book, memory)
        found, placed = rows.found(wish.typed, allowed) if wish.typed.strip() else (None, allowed)
        among = placed if found is None else placed | _bits_of(found, len(book))
        facts = {name: _known(desk, book, name, among) for name in (*CHOICES, *FLAGS)}
        narrowed = _narrow(among, facts, wish.filters.chosen())
        hits = rows.page(narrowed, found, wish, most)
        chosen = wish.filters.chosen()
        return FamilyPage(
            tuple(hits), narrowed.bit_count(), _counts(among, facts, chosen), at_least=rows.more
        )


Found = dict[int, tuple[int, How]]
"""Position of a family → who of it was found (number in the index; 0 when a number of theirs was) and how near."""
Facts = dict[str, dict[str, Bits]]


class _Rows:
    """Reads who is found by words, and the rows of one page."""

    def __init__(self, connection: Connection, desk: Desk, book: FamilyBook, memory: SearchMemory) -> None:
        self._connection, self._desk, self._book, self._memory = connection, desk, book, memory
        self.more = False

    def found(self, typed: str, allowed: Bits) -> tuple[Found, Bits]:
        """The families a typed text finds by their people, the nearest first, and all those it finds by their place."""
        query = read_query(typed)
        if not query.words or query.part or query.file_prefix or query.id_prefix:
            return self._by_number(typed, allowed), 0
        placed = bits_of_place(self._book, query.words) & allowed
        found: Found = {}
        for how, asked in self._steps(query):
            if how is How.SIMILAR and (placed or len(found) >= MOST_HITS):
                break
            people = people_asked(self._connection, asked)
            for no, at in zip(people, self._book.homes(people), strict=True):
                if at not in found:
                    found[at] = (no, how)
            if len(people) >= MOST_PEOPLE:  # so many bear the name that further steps would only say it again
                self.more = True
                break
        found.pop(-1, None)
        among = allowed.to_bytes(len(self._book) // 8 + 1, "little")
        return {at: one for at, one in found.items() if among[at >> 3] >> (at & 7) & 1}, placed

    def page(self, narrowed: Bits, found: Found | None, wish: Wish, most: int) -> list[FamilyHit]:
        """The rows from the wished offset on."""
        end = wish.offset + most
        if found is not None and wish.sort == "best":
            table = narrowed.to_bytes(len(self._book) // 8 + 1, "little")
            positions = [at for at in found if table[at >> 3] >> (at & 7) & 1][:end]
            rest = narrowed & ~_bits_of(found, len(self._book))
            positions = [*positions, *self._book.ordered(rest, "name", end - len(positions))][wish.offset :]
        else:
            positions = self._book.ordered(narrowed, wish.sort, end)[wish.offset :]
        if found is None:
            return self._households(positions, Reason(Why.LISTED, How.EXACT))
        named = {at: found[at] for at in positions if at in found and found[at][0]}
        by_home = {hit.household_id: hit for hit in self._named(named)}
        for hit in self._households(
            [at for at in positions if at not in named], Reason(Why.PLACE, How.EXACT)
        ):
            by_home[hit.household_id] = hit
        ids = (uuid.UUID(bytes=self._book.ids[at]) for at in positions)
        return once_each(by_home[one] for one in ids if one in by_home)

    def _steps(self, query: SearchQuery) -> Any:
        yield from exact_steps(query.words)
        if self._memory.need_words(self._connection):
            yield from inside_steps(query.words, self._memory)
            yield from similar_steps(query.words, self._memory)

    def _by_number(self, typed: str, allowed: Bits) -> Found:
        hits = find(self._desk, typed, MOST_HITS)
        at_home = {self._book.position(hit.household_id.bytes): hit for hit in hits if hit.household_id}
        return {at: (0, hit.how) for at, hit in at_home.items() if at is not None and allowed >> at & 1}

    def _households(self, positions: list[int], reason: Reason) -> list[FamilyHit]:
        wanted = [uuid.UUID(bytes=self._book.ids[at]) for at in positions]
        return hits_of_households(self._connection, wanted, reason)

    def _named(self, named: Found) -> list[FamilyHit]:
        numbers = tuple(no for no, _how in named.values())
        if not numbers:
            return []
        marks = ",".join("?" * len(numbers))
        query = f"SELECT no, person_id FROM person_index WHERE no IN ({marks})"  # noqa: S608 - marks only
        rows = self._connection.exec_driver_sql(query, numbers)
        people: dict[int, bytes] = {row[0]: row[1] for row in rows}
        reasons: dict[uuid.UUID, Reason] = {}
        homes: dict[uuid.UUID, uuid.UUID] = {}
        for at, (no, how) in named.items():
            if no in people:
                person = uuid.UUID(bytes=people[no])
                reasons[person] = Reason(Why.NAME, how)
                homes[person] = uuid.UUID(bytes=self._book.ids[at])
        return hits_of_persons(self._connection, reasons, homes)


def _known(desk: Desk, book: FamilyBook, facet: str, among: Bits) -> dict[str, Bits]:
    """A facet's families among some; who is or was in prison is told only of families whose file says it to this person."""
    if facet != "kind":
        return {value: here for value, bits in book.facets[facet].items() if (here := bits & among)}
    told, mine = 0, book.bits("officer", str(desk.user.id))
    for scope, here in book.facets["scope"].items():
        if desk.may(Action.VIEW_CRIMINAL, scope):
            told |= here
        elif desk.may(Action.VIEW_CRIMINAL, scope, own=True):
            told |= here & mine
    kinds = {value: bits & among & told for value, bits in book.facets["kind"].items()}
    other = functools.reduce(operator.or_, kinds.values(), 0)
    kinds[FAMILY_KIND] = among & told & ~other
    return {value: bits for value, bits in kinds.items() if bits}


def _narrow(among: Bits, facts: Facts, chosen: Mapping[str, str], but: str = "") -> Bits:
    for facet, value in chosen.items():
        if facet != but:
            among &= facts[facet].get(value, 0)
    return among


def _counts(among: Bits, facts: Facts, chosen: Mapping[str, str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for facet, values in facts.items():
        rest = _narrow(among, facts, chosen, but=facet)
        counts[facet] = {
            value: number for value, bits in values.items() if (number := (bits & rest).bit_count())
        }
    return counts


def _bits_of(positions: Any, size: int) -> Bits:
    table = bytearray(size // 8 + 1)
    for at in positions:
        table[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(table, "little")
