"""Finding a family as somebody types: by any member's name as heard, by a number or a part of one, by place.

Answers within a key's blink on 400,000 persons: numbers by their own indexes, names by the full-text table, parts and
misspellings by way of the words and numbers kept in memory. What fits exactly comes first, then what begins so, what
holds it, what is similar; each step is stopped at the first few dozen hits, and households are read at the end.
"""

import uuid
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, text

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_index import memory_of
from tarahum_desktop.casework.search.hits import (
    HOUSEHOLD,
    PERSON,
    FamilyHit,
    How,
    Reason,
    Why,
    hits_of_households,
    hits_of_persons,
    household_hit,
    household_query,
    in_scopes,
    once_each,
)
from tarahum_desktop.casework.search.memory import SearchMemory
from tarahum_desktop.casework.search.names import Asked, exact_steps, inside_steps, similar_steps
from tarahum_desktop.casework.search.places import bits_of_place, named_in
from tarahum_desktop.casework.search.query import SearchQuery, read_query
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case

__all__ = ["FamilyHit", "How", "Why", "find"]

MOST_HITS: Final = 50
_SERIAL_DIGITS: Final = 5
_CASE: Any = Case.__table__
_AFTER_ALL: Final = "\U0010ffff"

_MATCH: Final = text(
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "WHERE person_search MATCH :query LIMIT :most"
)
_MATCH_IN_SCOPES: Final = text(
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "JOIN person p ON p.id = i.person_id WHERE person_search MATCH :query AND +p.scope IN :scopes LIMIT :most"
).bindparams(bindparam("scopes", expanding=True))
Persons = dict[uuid.UUID, Reason]


def find(desk: Desk, typed: str, limit: int = 20) -> list[FamilyHit]:
    """The families that fit a typed text, at most ``limit`` (itself at most 50), best first."""
    query = read_query(typed)
    most = max(1, min(limit, MOST_HITS))
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.SEARCH, connection)
        if not scopes:
            return []
        return once_each(_Search(desk, connection, scopes, most).run(query))[:most]


class _Search:
    """One question: the steps from the nearest to the furthest, none taken once enough is found."""

    def __init__(self, desk: Desk, connection: Connection, scopes: tuple[str, ...], most: int) -> None:
        self._desk, self._connection, self._scopes, self._most = desk, connection, scopes, most
        self._memory: SearchMemory = memory_of(desk.replica)
        self._persons: Persons = {}
        self._everywhere = _sees_every_scope(connection, desk)

    def run(self, query: SearchQuery) -> list[FamilyHit]:
        by_file = self._by_file_number(query.file_prefix)
        self._by_number(query)
        self._by_name(exact_steps(query.words))
        if len(by_file) + len(self._persons) >= self._most:
            return [*by_file, *hits_of_persons(self._connection, self._persons)]
        knows_words = self._memory.need_words(self._connection)
        serials = self._by_part(query.part) if knows_words else []
        if knows_words:
            self._by_name(inside_steps(query.words, self._memory))
        near = [*by_file, *hits_of_persons(self._connection, self._persons), *serials]
        if len(near) < self._most:
            near += self._by_place(query)
        if not knows_words or len(near) >= self._most:
            return near
        self._persons = {}
        self._by_name(similar_steps(query.words, self._memory))
        return [*near, *hits_of_persons(self._connection, self._persons)]

    def _by_number(self, query: SearchQuery) -> None:
        for column, prefix, why in (
            (PERSON.c.id_number, query.id_prefix, Why.ID_NUMBER),
            (PERSON.c.mobile, query.mobile_prefix, Why.MOBILE),
        ):
            if prefix:
                begins = (column >= prefix) & (column < prefix + _AFTER_ALL)
                self._persons_where(column, begins, prefix, why)

    def _by_part(self, part: str) -> list[FamilyHit]:
        """Whose identity number, mobile or file number holds the digits typed, or has them as its serial."""
        if not part:
            return []
        memory, most = self._memory, self._most
        for column, numbers, why in (
            (PERSON.c.id_number, memory.ids.holding(part, most), Why.ID_NUMBER),
            (PERSON.c.mobile, [f"+966{one}" for one in memory.mobiles.holding(part, most)], Why.MOBILE),
        ):
            if numbers:
                self._persons_where(column, column.in_(numbers), "", why)
        files = dict.fromkeys(one for serial in _serials(part) for one in memory.files.holding(serial, most))
        if not files:
            return []
        query = household_query().where(HOUSEHOLD.c.file_number.in_(list(files)[:most]))
        return self._households(query, Reason(Why.FILE_NUMBER, How.INSIDE))

    def _persons_where(self, column: Any, condition: Any, exact: str, why: Why) -> None:
        wanted = (
            select(PERSON.c.id, column)
            .where(
                condition,
                in_scopes(PERSON, self._scopes),
                PERSON.c.removed_at.is_(None),
                PERSON.c.merged_into.is_(None),
            )
            .order_by(column)
            .limit(2 * self._most)
        )
        for person_id, number in self._connection.execute(wanted):
            how = (How.EXACT if number == exact else How.BEGINNING) if exact else How.INSIDE
            self._persons.setdefault(person_id, Reason(why, how))

    def _by_name(self, steps: Any) -> None:
        asked: Asked
        for asked in steps:
            if len(self._persons) >= 2 * self._most:
                return
            why = Why.CODE if any(char.isdigit() for char in asked[1]) else Why.NAME
            values: dict[str, Any] = {"query": asked[1], "most": 2 * self._most}
            rows = (
                self._connection.execute(_MATCH, values)
                if self._everywhere
                else self._connection.execute(_MATCH_IN_SCOPES, values | {"scopes": self._scopes})
            )
            for row in rows:
                self._persons.setdefault(uuid.UUID(bytes=bytes(row[0])), Reason(why, asked[0]))

    def _by_place(self, query: SearchQuery) -> list[FamilyHit]:
        """Families in a place named by all the words, or by the last ones after a name."""
        book = self._memory.need_families(self._connection, self._desk.today().isoformat())
        if book is None:
            return []
        for names in range(len(query.words)):
            here = bits_of_place(book, query.words[names:]) & book.any_of("scope", self._scopes)
            if here and names:
                homes = named_in(self._connection, book, query.words[:names], here, self._most)
            else:
                homes = book.ordered(here, "name", self._most)
            if homes:
                wanted = [uuid.UUID(bytes=book.ids[at]) for at in homes]
                return hits_of_households(self._connection, wanted, Reason(Why.PLACE, How.EXACT))
        return []

    def _by_file_number(self, prefix: str) -> list[FamilyHit]:
        if not prefix:
            return []
        number, reason = HOUSEHOLD.c.file_number, Reason(Why.FILE_NUMBER, How.BEGINNING)
        query = household_query().where(number >= prefix, number < prefix + _AFTER_ALL).order_by(number)
        by_file = self._households(query, reason)
        if by_file:
            return by_file
        cases = select(_CASE.c.household_id).where(
            _CASE.c.number >= prefix, _CASE.c.number < prefix + _AFTER_ALL, _CASE.c.removed_at.is_(None)
        )
        return self._households(household_query().where(HOUSEHOLD.c.id.in_(cases.limit(self._most))), reason)

    def _households(self, query: Any, reason: Reason) -> list[FamilyHit]:
        allowed = query.where(in_scopes(HOUSEHOLD, self._scopes), HOUSEHOLD.c.removed_at.is_(None))
        return [household_hit(row, reason) for row in self._connection.execute(allowed.limit(self._most))]


def _serials(part: str) -> tuple[str, ...]:
    """How a file number may hold the digits typed: «34» is the serial 00034."""
    digits = part.replace("-", "")
    return (f"-{digits:0>5}", part) if len(digits) <= _SERIAL_DIGITS and "-" not in part else (part,)


def _sees_every_scope(connection: Connection, desk: Desk) -> bool:
    """Whether hits need no check of their scope; persons are never in the national scope."""
    here = connection.execute(text("SELECT scope FROM scope_state WHERE scope <> 'national'")).scalars()
    return all(desk.may(Action.SEARCH, scope) for scope in here)
