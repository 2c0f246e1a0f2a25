"""Reading dates as people type them, without ever guessing.

Both calendars, both digit sets, year first or last, month names of both calendars. The year has four
digits and decides the calendar; what could mean two days is refused.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tarahum_desktop.domain.hijri import DateError
from tarahum_desktop.domain.month_names import GREGORIAN_MONTHS, HIJRI_MONTHS
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.partial_date import (
    FIRST_GREGORIAN_YEAR,
    LAST_GREGORIAN_YEAR,
    Calendar,
    Certainty,
    PartialDate,
)
from tarahum_desktop.domain.text import ascii_digits, clean, without_marks

_LONGEST: Final = 64
_PIECES: Final = re.compile(r"[0-9]+|[^\W0-9_]+")
_SEPARATORS: Final = frozenset(" /-.،,−–~")
_ERAS: Final = {
    Calendar.HIJRI: frozenset({"ه", "هجري", "هجريه", "ah"}),
    Calendar.GREGORIAN: frozenset({"م", "ميلادي", "ميلاديه", "ad", "ce"}),
}
_ESTIMATE: Final = frozenset({"تقريبا", "تقديري", "تقديرا", "حوالي", "نحو"})
_FIRST_HIJRI_READ: Final = 1300
_LAST_HIJRI_READ: Final = 1500


def parse_partial_date(text: str, today: date | None = None) -> PartialDate:
    """Read a typed date; with ``today`` given, a date that lies wholly after it is refused.

    A year of 1300-1500 is Hijri, of 1900-2100 Gregorian. ``~`` or «تقريبا» marks an estimate.

    Raises:
        DateError: ``date_missing``, ``date_form``, ``date_year_unclear`` (no four-digit year at an end),
            ``date_year_out_of_range``, ``date_calendar_mismatch`` (month name or era of the other calendar),
            ``date_in_future``, or what ``PartialDate`` raises.
    """
    if len(text) > _LONGEST:
        raise DateError("date_form")
    given = clean(text)
    plain = ascii_digits(without_marks(given))
    if not plain:
        raise DateError("date_missing")
    if any(char not in _SEPARATORS for char in _PIECES.sub("", plain)):
        raise DateError("date_form")
    words = _read_words([fold(piece) for piece in _PIECES.findall(plain) if not piece.isdigit()])
    year, others = _split_year([piece for piece in _PIECES.findall(plain) if piece.isdigit()])
    calendar = _calendar_of(year)
    if words.calendar not in {None, calendar}:
        raise DateError("date_calendar_mismatch", year=year)
    month, day = _month_and_day(others, words.month)
    estimated = words.estimated or "~" in plain
    certainty = Certainty.ESTIMATED if estimated else Certainty.CONFIRMED
    read = PartialDate(calendar, year, month, day, certainty, given)
    if today is not None and read.range().first > today:
        raise DateError("date_in_future", year=year)
    return read


@dataclass(frozen=True, slots=True)
class _Words:
    month: int | None
    calendar: Calendar | None
    estimated: bool


def _read_words(words: list[str]) -> _Words:
    """Tell month, calendar and estimate from the words; a word that says none of them is refused."""
    left = [word for word in words if word not in _ESTIMATE]
    eras = {calendar for calendar, marks in _ERAS.items() if not marks.isdisjoint(left)}
    name = " ".join(word for word in left if not any(word in marks for marks in _ERAS.values()))
    month, of_month = _month_named(name) if name else (None, None)
    calendars = eras | ({of_month} if of_month else set())
    if len(calendars) > 1:
        raise DateError("date_calendar_mismatch")
    return _Words(month, next(iter(calendars), None), len(left) < len(words))


def _month_named(name: str) -> tuple[int, Calendar]:
    for calendar, months in ((Calendar.HIJRI, HIJRI_MONTHS), (Calendar.GREGORIAN, GREGORIAN_MONTHS)):
        for month, spellings in enumerate(months, start=1):
            if name in spellings:
                return month, calendar
    raise DateError("date_form")


def _split_year(numbers: list[str]) -> tuple[int, list[int]]:
    """Take the four-digit year from the front or the back; what is left reads month, then day."""
    if not numbers or any(len(number) > 4 for number in numbers):
        raise DateError("date_form")
    first_is_year, last_is_year = len(numbers[0]) == 4, len(numbers[-1]) == 4
    others = numbers[1:] if first_is_year else numbers[-2::-1]
    if not (first_is_year or last_is_year) or any(len(number) > 2 for number in others):
        raise DateError("date_year_unclear")
    return int(numbers[0] if first_is_year else numbers[-1]), [int(number) for number in others]


def _calendar_of(year: int) -> Calendar:
    if _FIRST_HIJRI_READ <= year <= _LAST_HIJRI_READ:
        return Calendar.HIJRI
    if FIRST_GREGORIAN_YEAR <= year <= LAST_GREGORIAN_YEAR:
        return Calendar.GREGORIAN
    raise DateError("date_year_out_of_range", year=year)


def _month_and_day(numbers: list[int], named: int | None) -> tuple[int | None, int | None]:
    values = numbers if named is None else [named, *numbers]
    match values:
        case []:
            return None, None
        case [month]:
            return month, None
        case [month, day]:
            return month, day
        case _:
            raise DateError("date_form")
