"""Invented persons: names, identity numbers nobody has, births as people know them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from stdnum import luhn

from tarahum_desktop.domain.hijri import HijriDate, gregorian_of, hijri_of
from tarahum_desktop.domain.partial_date import Calendar, Certainty, PartialDate
from tarahum_desktop.synthetic.noise import Blemishes
from tarahum_desktop.synthetic.period import Period

_NUMBERS = 10_000_000
_STEP = 3_141_593  # coprime to _NUMBERS: walks every number once
_MOBILE_STEP = 2_718_281


@dataclass(frozen=True, slots=True)
class Name:
    """Four parts, as written."""

    first: str
    father: str
    grandfather: str
    family: str

    def child(self, first: str) -> "Name":
        """A child of this man: his first name follows the child's."""
        return Name(first, self.first, self.father, self.family)

    def sibling(self, first: str) -> "Name":
        """A brother or sister."""
        return replace(self, first=first)


@dataclass(frozen=True, slots=True)
class Individual:
    """One invented person as a register would hold them."""

    number: int
    name: Name
    male: bool
    birth: PartialDate
    age: int
    resident: bool
    id_number: str
    mobile: str | None
    eastern_digits: bool


class Invention:
    """Draws names and persons; equal seeds draw equal people."""

    def __init__(self, names: Mapping[str, Any], period: Period, seed: int) -> None:
        self._male: Sequence[str] = names["male"]
        self._female: Sequence[str] = names["female"]
        self._family: Sequence[str] = names["family"]
        self._ends = period.ends
        self._shift = Random(f"numbers/{seed}").randrange(_NUMBERS)

    def first(self, male: bool, rng: Random) -> str:
        """A given name; common ones come first in the lists and are drawn more often."""
        names = self._male if male else self._female
        return names[int(len(names) * rng.random() ** 1.6)]

    def name(self, male: bool, rng: Random) -> Name:
        """A whole name of its own."""
        return Name(self.first(male, rng), self.first(True, rng), self.first(True, rng), self.family(rng))

    def family(self, rng: Random) -> str:
        """A family name."""
        return rng.choice(self._family)

    def father_of(self, name: Name, rng: Random) -> Name:
        """The father of a named person."""
        return Name(name.father, name.grandfather, self.first(True, rng), name.family)

    def individual(
        self, number: int, name: Name, male: bool, age: int, odd: Blemishes, rng: Random
    ) -> Individual:
        """A person of about ``age`` at the year's end, with the given blemishes."""
        birth = _birth(self._ends, age, odd, rng)
        return Individual(
            number, name, male, birth, age, odd.resident, self.id_number(number, odd.resident),
            None if odd.no_mobile else self.mobile(number), odd.eastern_digits,
        )  # fmt: skip

    def id_number(self, number: int, resident: bool) -> str:
        """A number with a right check digit that no authority has issued: prefixes 19 and 29 are unused."""
        body = f"{'29' if resident else '19'}{(number * _STEP + self._shift) % _NUMBERS:07d}"
        return body + str(luhn.calc_check_digit(body))

    def mobile(self, number: int) -> str:
        """A mobile in a range no operator has been given (052)."""
        return f"+96652{(number * _MOBILE_STEP + self._shift) % _NUMBERS:07d}"


def _birth(ends: dt.date, age: int, odd: Blemishes, rng: Random) -> PartialDate:
    day = ends - dt.timedelta(days=age * 365 + age // 4 + rng.randrange(1, 364))
    if odd.first_of_rajab:
        day = gregorian_of(HijriDate(hijri_of(day).year, 7, 1))
    if odd.birth == "day":
        return PartialDate.of_day(day)
    hijri = hijri_of(day)
    if odd.birth == "year":
        return PartialDate(Calendar.HIJRI, hijri.year, certainty=Certainty.ESTIMATED)
    return PartialDate(Calendar.HIJRI, hijri.year, hijri.month, hijri.day)
