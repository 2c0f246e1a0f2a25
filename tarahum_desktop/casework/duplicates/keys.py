"""The keys two records of one person share, whatever was written differently, and the facts that part most pairs.

Pure: a row of the person table in, whole numbers out. They are hashes of one run of the program, good for one pass.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from stdnum import luhn

from tarahum_desktop.domain.hijri import hijri_or_none, is_first_of_rajab
from tarahum_desktop.domain.names import NameParts, fold, name_key

COLUMNS: Final = (
    "rowid, first_name, father_name, grandfather_name, family_name, mother_name, gender, id_kind, id_number, "
    "birth_first, birth_last, mobile, father_id"
)
_MOST_REMEMBERED: Final = 60_000
_FAMILY_MARK: Final = "آل"
_ID_LENGTH: Final = 10
_MOST_YEARS: Final = 2
_MASK: Final = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Keyed:
    """One person for the pass.

    Attributes:
        facts: ``no, father, grandfather, id, id prefix, first and last day of birth (ordinals), mother, mobile, gender,
            father's record``; 0 for what is not known.
        keys: ``(key, spelled)``; ``spelled`` 1 for keys under which names may differ.
    """

    facts: tuple[int, ...]
    keys: tuple[tuple[int, int], ...]


class KeyMaker:
    """Makes keys; remembers folded names, because a few thousand serve a country."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._families: dict[str, int] = {}
        self._mothers: dict[str, int] = {}
        self._rajab: dict[int, bool] = {}

    def first_of(self, name: str) -> int:
        """The number under which a first name is compared; 0 for none."""
        return _remember(self._names, name, lambda text: name_key(NameParts(text)).first)

    def keyed(self, row: Any) -> Keyed:
        """The keys and facts of one row of ``COLUMNS``."""
        first, father, grandfather = (self.first_of(row[at] or "") for at in (1, 2, 3))
        family = _remember(self._families, row[4] or "", _family)
        mother = _remember(self._mothers, row[5] or "", fold)
        number, prefix = _valid_id(row[7], row[8])
        born, until = _ordinal(row[9]), _ordinal(row[10])
        mobile = hash(row[11]) & _MASK if row[11] else 0
        parent = hash(bytes(row[12])) & _MASK if row[12] else 0
        facts = (
            row[0], father, grandfather, number, prefix, born, until, mother, mobile, _GENDERS.get(row[6], 0),
            parent,
        )  # fmt: skip
        keys = tuple(self._keys(first, family, facts))
        return Keyed(facts, keys)

    def _keys(self, first: int, family: int, facts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        _, father, _, number, _, born, until, mother, mobile, _, parent = facts
        if number:
            yield _key(1, number), 1
        if first:
            yield from _of_years(first, family, born, until)
            named = ((3, first, mobile), (4, first, family, family and mother), (5, first, parent))
            yield from ((_key(*parts), 0) for parts in named if parts[-1])
        if first and born and born == until and not self._is_rajab(born):
            by_day = (((6, first, born, father), 0), ((7, born, mobile), 1), ((8, born, mother), 1))
            yield from ((_key(*parts), spelled) for parts, spelled in by_day if parts[-1])

    def _is_rajab(self, ordinal: int) -> bool:
        known = self._rajab.get(ordinal)
        if known is None:
            day = hijri_or_none(dt.date.fromordinal(ordinal))
            known = self._rajab[ordinal] = day is not None and is_first_of_rajab(day)
        return known


def household_key(household: bytes, first: int) -> int:
    """The key of people of one first name in one household."""
    return _key(9, hash(household), first)


def _of_years(first: int, family: int, born: int, until: int) -> Iterator[tuple[int, int]]:
    """Name and year of birth; a Hijri year lies in two Gregorian ones."""
    if born and family:
        years = range(dt.date.fromordinal(born).year, dt.date.fromordinal(until).year + 1)
        yield from ((_key(2, first, family, year), 0) for year in years[:_MOST_YEARS])


_GENDERS: Final = {"male": 1, "female": 2}


def _key(*parts: int) -> int:
    return hash(parts) & _MASK


def _family(text: str) -> str:
    return name_key(NameParts("", family=text)).family.removeprefix(_FAMILY_MARK)


def _remember(known: dict[str, int], text: str, form: Callable[[str], str]) -> int:
    if not text:
        return 0
    found = known.get(text)
    if found is None:
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        plain = form(text)
        found = known[text] = hash(plain) & _MASK if plain else 0
    return found


def _valid_id(kind: str | None, number: str | None) -> tuple[int, int]:
    """A valid identity number and its first digit; numbers were normalised on entry."""
    if not number or len(number) != _ID_LENGTH or kind not in {"national_id", "iqama"}:
        return 0, 0
    if not (number.isascii() and number.isdigit() and number[0] in "12" and luhn.is_valid(number)):
        return 0, 0
    return int(number), int(number[0])


def _ordinal(day: str | None) -> int:
    return dt.date.fromisoformat(day).toordinal() if day else 0
