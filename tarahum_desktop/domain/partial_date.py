"""Dates as people know them: a day, a month or only a year, in either calendar, sure or estimated.

A date is kept as given and never completed with an invented day. Filters and ages use the range of
Gregorian days it stands for and that range's midpoint.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from tarahum_desktop.domain.hijri import (
    DateError,
    HijriDate,
    gregorian_of,
    hijri_month_length,
    hijri_or_none,
)
from tarahum_desktop.domain.hijri import is_first_of_rajab as _hijri_first_of_rajab

FIRST_GREGORIAN_YEAR: Final = 1900
LAST_GREGORIAN_YEAR: Final = 2100
_CODE: Final = re.compile(r"([hg])([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")


class Calendar(StrEnum):
    """The calendar a date was given in; the value opens its stored code."""

    HIJRI = "h"
    GREGORIAN = "g"


class Precision(StrEnum):
    """How much of the date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Certainty(StrEnum):
    """Whether the known part was confirmed (مؤكد) or estimated (تقديري)."""

    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Gregorian days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def midpoint(self) -> date:
        """Return the middle day, the earlier of two."""
        return self.first + (self.last - self.first) // 2

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "DateRange") -> bool:
        """Tell whether the two ranges share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as given; two are equal when they say the same, whatever the spelling in ``as_given``.

    Raises:
        DateError: ``date_year_out_of_range`` (Gregorian years other than 1900-2100), ``date_outside_table``
            (Hijri years other than 1343-1500), ``date_month_invalid`` or ``date_day_invalid``.
    """

    calendar: Calendar
    year: int
    month: int | None = None
    day: int | None = None
    certainty: Certainty = Certainty.CONFIRMED
    as_given: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise DateError("date_month_invalid")
        known = self.day if self.day is not None else 1
        if not 1 <= known <= self._month_length(self.month if self.month is not None else 1):
            raise DateError("date_day_invalid", day=known)

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Return a Gregorian calendar day as a confirmed date."""
        return cls(Calendar.GREGORIAN, day.year, day.month, day.day)

    @classmethod
    def from_code(cls, code: str, as_given: str = "") -> Self:
        """Read back what ``to_code`` wrote.

        Raises:
            DateError: ``date_code_invalid``, or what the parts raise.
        """
        found = _CODE.fullmatch(code)
        if found is None:
            raise DateError("date_code_invalid")
        calendar, year, month, day, estimated = found.groups()
        return cls(
            Calendar(calendar),
            int(year),
            int(month) if month else None,
            int(day) if day else None,
            Certainty.ESTIMATED if estimated else Certainty.CONFIRMED,
            as_given,
        )

    def to_code(self) -> str:
        """Return the stored form: ``h1448-06-13``, ``g1979``; ``~`` at the end marks an estimate."""
        parts = [f"{self.calendar}{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + ("~" if self.certainty is Certainty.ESTIMATED else "")

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def range(self) -> DateRange:
        """Return the Gregorian days this date may stand for."""
        last_month = self.month or 12
        first = self._gregorian(self.month or 1, self.day or 1)
        return DateRange(first, self._gregorian(last_month, self.day or self._month_length(last_month)))

    def midpoint(self) -> date:
        """Return the middle of the range: the day used to filter and to reckon ages."""
        return self.range().midpoint()

    def _gregorian(self, month: int, day: int) -> date:
        if self.calendar is Calendar.HIJRI:
            return gregorian_of(HijriDate(self.year, month, day))
        return date(self.year, month, day)

    def _month_length(self, month: int) -> int:
        if self.calendar is Calendar.HIJRI:
            return hijri_month_length(self.year, month)
        if not FIRST_GREGORIAN_YEAR <= self.year <= LAST_GREGORIAN_YEAR:
            raise DateError("date_year_out_of_range", year=self.year)
        if not 1 <= month <= 12:
            raise DateError("date_month_invalid", month=month)
        following = date(self.year + month // 12, month % 12 + 1, 1)
        return (following - timedelta(days=1)).day


def age_on(birth: PartialDate, day: date) -> int:
    """Return completed Gregorian years from the midpoint of the birth date; 0 before it."""
    born = birth.midpoint()
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return max(0, years)


def is_first_of_rajab(given: PartialDate) -> bool:
    """Tell the default birth date 1 Rajab, in whichever calendar it was written down."""
    if given.precision is not Precision.DAY:
        return False
    day = hijri_or_none(given.midpoint())
    return day is not None and _hijri_first_of_rajab(day)
