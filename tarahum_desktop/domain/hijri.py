"""The Umm al-Qura calendar by its published table, never by arithmetic or the platform's calendar.

Arithmetic Hijri calendars differ from the official one on most days, so the table is the only source:
1343-1500 AH, which is 1 August 1924 to 16 November 2077. Outside it nothing is guessed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from hijridate import Gregorian, Hijri

from tarahum_desktop.domain.errors import TarahumError

FIRST_HIJRI_YEAR: Final = 1343
LAST_HIJRI_YEAR: Final = 1500
_RAJAB: Final = 7


class DateError(TarahumError):
    """A date that cannot be taken as it is; the code says why."""

    code = "date_form"


@dataclass(frozen=True, slots=True, order=True)
class HijriDate:
    """One day of the Umm al-Qura calendar."""

    year: int
    month: int
    day: int


def hijri_of(day: date) -> HijriDate:
    """Return the Umm al-Qura day.

    Raises:
        DateError: ``date_outside_table`` before 1924-08-01 or after 2077-11-16.
    """
    try:
        return HijriDate(*Gregorian.fromdate(day).to_hijri().datetuple())
    except OverflowError as error:
        raise DateError("date_outside_table", year=day.year) from error


def hijri_or_none(day: date) -> HijriDate | None:
    """Return the Umm al-Qura day, or ``None`` outside the table, for places that show both calendars."""
    try:
        return hijri_of(day)
    except DateError:
        return None


def gregorian_of(day: HijriDate) -> date:
    """Return the Gregorian day.

    Raises:
        DateError: ``date_outside_table``, ``date_month_invalid`` or ``date_day_invalid``.
    """
    if day.day > hijri_month_length(day.year, day.month) or day.day < 1:
        raise DateError("date_day_invalid", day=day.day)
    return date(*Hijri(day.year, day.month, day.day, validate=False).to_gregorian().datetuple())


def hijri_month_length(year: int, month: int) -> int:
    """Return 29 or 30.

    Raises:
        DateError: ``date_outside_table`` or ``date_month_invalid``.
    """
    if not FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR:
        raise DateError("date_outside_table", year=year)
    if not 1 <= month <= 12:
        raise DateError("date_month_invalid", month=month)
    return Hijri(year, month, 1, validate=False).month_length()


def is_first_of_rajab(day: HijriDate) -> bool:
    """Tell the default birth date of about half of all identity cards: weak evidence in any matching."""
    return (day.month, day.day) == (_RAJAB, 1)
