"""What filters ask of each family, as one row of bits a fact: any combination is answered and counted without a query.

80,000 families by forty facts are a few megabytes; the same question asked of the tables would join four of them.
The facts are read in a handful of passes, and again for single families when their rows change.
"""

import datetime as dt
import functools
import operator
import threading
from array import array
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from tarahum_desktop.casework.search import facts
from tarahum_desktop.domain.names import fold

_IDS_A_QUERY: Final = 500
_ROWS_A_BREATH: Final = 2_000
_BREATH_SECONDS: Final = 0.001
"""A pause in a long reading, in which whoever types or paints has the interpreter to themselves."""
_SORTED_A_BREATH: Final = 4_000
_MOVED_ONE_BY_ONE: Final = 200
"""Changed families up to here are moved within an order; for more it is cheaper to sort all when it is asked for."""
_ORDERS: Final = ("name", "file", "study")
_NOBODY: Final = -1
_SORTED_ALIKE: Final = str.maketrans("أإآ", "ااا")
Bits = int
Row = TypeVar("Row")


class LoadingStopped(Exception):
    """The machine is being locked while the facts are read."""


class FamilyBook:
    """The facts of all families here on one day.

    Attributes:
        today: ISO day the facts hold for.
        ids: household ids by position.
        facets: facet → value → one bit a family, by position.
        place_names: place code → its folded names.
    """

    def __init__(self, connection: Connection, today: str, stopping: threading.Event) -> None:
        self.today = today
        self._stopping = stopping
        self.ids: list[bytes] = []
        self.facets: dict[str, dict[str, Bits]] = {name: {} for name in facts.FACETS}
        self.place_names = facts.place_names(connection)
        self._districts: dict[str, str] = {}
        self._at: dict[bytes, int] = {}
        self._name: list[str] = []
        self._file: list[str] = []
        self._visited: dict[int, str] = {}
        self._home = array("i")
        self._orders: dict[str, list[int]] = {}
        self._read(connection, None)
        self._put_in_order()

    def __len__(self) -> int:
        return len(self.ids)

    def bits(self, facet: str, value: str) -> Bits:
        """The families of which a fact holds."""
        return self.facets[facet].get(value, 0)

    def position(self, home: bytes) -> int | None:
        """Where a household stands, None for one that is not known."""
        return self._at.get(home)

    def any_of(self, facet: str, values: Iterable[str]) -> Bits:
        """The families of which a fact has any of these values."""
        return functools.reduce(operator.or_, (self.bits(facet, value) for value in values), 0)

    def homes_of(self, numbers: Iterable[int], among: Bits) -> list[int]:
        """The positions, among some families, of the people with these numbers in the index; each once, in their order."""
        table = among.to_bytes(len(self.ids) // 8 + 1, "little")
        return [at for at in dict.fromkeys(self.homes(numbers)) if at >= 0 and table[at >> 3] >> (at & 7) & 1]

    def homes(self, numbers: Iterable[int]) -> list[int]:
        """The position of the family of each person by their number in the index; negative for none."""
        home, top = self._home, len(self._home)
        return [home[no] if no < top else _NOBODY for no in numbers]

    def ordered(self, wanted: Bits, sort: str, most: int) -> list[int]:
        """The first positions of these families in an order: ``name``, ``file``, ``study`` (the oldest first)."""
        most = min(most, wanted.bit_count())
        if most <= 0:
            return []
        table = wanted.to_bytes(len(self.ids) // 8 + 1, "little")
        return list(islice((at for at in self._order(sort) if table[at >> 3] >> (at & 7) & 1), most))

    def read_again(self, connection: Connection, changed: Mapping[str, Iterable[bytes]]) -> None:
        """Read anew the families whose rows changed, by entity."""
        homes = dict.fromkeys(
            home
            for entity, ids in changed.items()
            for some in _chunks(ids)
            for home in facts.homes_of(connection, entity, some)
        )
        for some in _chunks(homes):
            self._forget(some)
            self._read(connection, some)

    def _order(self, sort: str) -> list[int]:
        known = sort if sort in _ORDERS else _ORDERS[0]
        found = self._orders.get(known)
        if found is None:
            found = self._orders[known] = sorted(range(len(self.ids)), key=self._key(known))
        return found

    def _key(self, sort: str) -> Callable[[int], str]:
        if sort == "study":
            return lambda at: self._visited.get(at, "")
        return (self._file if sort == "file" else self._name).__getitem__

    def _put_in_order(self) -> None:
        """Sort while nobody waits, in runs with breaths between them: to put sorted runs together takes little time."""
        for sort in _ORDERS:
            key, runs = self._key(sort), list[int]()
            for first in range(0, len(self.ids), _SORTED_A_BREATH):
                if first and self._stopping.wait(_BREATH_SECONDS):
                    raise LoadingStopped
                runs += sorted(range(first, min(first + _SORTED_A_BREATH, len(self.ids))), key=key)
            self._orders[sort] = sorted(runs, key=key)

    def _move(self, changed: frozenset[int]) -> None:
        """Move changed families within the orders; to sort all anew after each change would keep the next list waiting."""
        if len(changed) > _MOVED_ONE_BY_ONE:
            self._orders = {}
        for sort, order in self._orders.items():
            key = self._key(sort)
            kept = [at for at in order if at not in changed]
            for at in sorted(changed):
                insort(kept, at, key=lambda one, key=key: (key(one), one))  # type: ignore[misc]  # a default binds the key
            self._orders[sort] = kept

    def _forget(self, homes: Iterable[bytes]) -> None:
        gone = 0
        for home in homes:
            if (at := self._at.get(home)) is not None:
                gone |= 1 << at
                self._visited.pop(at, None)
        for values in self.facets.values():
            for value, bits in values.items():
                values[value] = bits & ~gone

    def _read(self, connection: Connection, only: tuple[bytes, ...] | None) -> None:
        """Read the facts of all families, or of some."""
        marks = _Marks()
        today = dt.date.fromisoformat(self.today)
        for row in self._each(facts.households(connection, only)):
            self._mark_home(marks, row)
        for facet, home, value in self._each(facts.facts(connection, today, only)):
            if (at := self._at.get(home)) is not None:
                marks.set(facet, value, at)
        for home, day in self._each(facts.studies(connection, only)):
            if home in self._at:
                self._visited[self._at[home]] = day
        year_ago = facts.months_before(today, facts.STUDY_MONTHS).isoformat()
        for at in self._positions(only):
            if self._visited.get(at, "") < year_ago:
                marks.set("old_study", "yes", at)
        for facet, value, bits in marks.all():
            self.facets[facet][value] = self.facets[facet].get(value, 0) | bits
        if only is not None:
            self._move(frozenset(self._positions(only)))
        self._read_people(connection, only)

    def _mark_home(self, marks: "_Marks", row: Any) -> None:
        at = self._place_of(row)
        for facet, value in zip(("scope", "committee", "place"), row[1:4], strict=True):
            if value:
                marks.set(facet, value, at)
        if row[4]:
            marks.set("district", self._district(row[4]), at)
        if row[5] == "female":
            marks.set("women", "yes", at)

    def _each(self, rows: Iterable[Row]) -> Iterator[Row]:
        for at, row in enumerate(rows):
            if not at % _ROWS_A_BREATH and self._stopping.wait(_BREATH_SECONDS if at else 0):
                raise LoadingStopped
            yield row

    def _read_people(self, connection: Connection, only: tuple[bytes, ...] | None) -> None:
        top = facts.top_person(connection)
        self._home.extend([_NOBODY] * (top + 1 - len(self._home)))
        for no, home, last_day in self._each(facts.people(connection, only)):
            if no < len(self._home) and (last_day is None or self._home[no] == _NOBODY):
                self._home[no] = self._at.get(home, _NOBODY)

    def _place_of(self, row: Any) -> int:
        at = self._at.get(row[0])
        if at is None:
            at = self._at[row[0]] = len(self.ids)
            self.ids.append(row[0])
            self._name.append("")
            self._file.append("")
        self._name[at] = " ".join(part for part in row[7:11] if part).translate(_SORTED_ALIKE)
        self._file[at] = row[6]
        return at

    def _positions(self, only: tuple[bytes, ...] | None) -> Iterable[int]:
        if only is None:
            return range(len(self.ids))
        return [self._at[home] for home in only if home in self._at]

    def _district(self, text: str) -> str:
        """Districts are written freely, so they are kept folded."""
        found = self._districts.get(text)
        if found is None:
            found = self._districts[text] = fold(text)
        return found


class _Marks:
    """Bits being collected; a byte array is changed in place where a number would be copied each time."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], bytearray] = {}

    def set(self, facet: str, value: str, at: int) -> None:
        row = self._rows.get((facet, value))
        if row is None:
            row = self._rows[facet, value] = bytearray()
        if len(row) <= at >> 3:
            row.extend(bytes((at >> 3) + 1 - len(row)))
        row[at >> 3] |= 1 << (at & 7)

    def all(self) -> Iterator[tuple[str, str, Bits]]:
        for (facet, value), row in self._rows.items():
            yield facet, value, int.from_bytes(row, "little")


def _chunks(ids: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    every = list(ids)
    for at in range(0, len(every), _IDS_A_QUERY):
        yield tuple(every[at : at + _IDS_A_QUERY])
