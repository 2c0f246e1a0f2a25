"""Dates in the Umm al-Qura and the Gregorian calendar, worded for a person.

The platform's own Islamic calendar differs from Umm al-Qura on most days, so only the table-based
library is used. It covers 1343-1500 AH; a date outside is shown in the calendar it was given in.
"""

from datetime import date
from typing import Protocol

from hijridate import Gregorian, Hijri

from tarahum_desktop.i18n.words import Words, msgid

HIJRI_MONTHS = (
    msgid("Muharram"), msgid("Safar"), msgid("Rabi al-Awwal"), msgid("Rabi al-Akhir"),
    msgid("Jumada al-Ula"), msgid("Jumada al-Akhirah"), msgid("Rajab"), msgid("Shaban"),
    msgid("Ramadan"), msgid("Shawwal"), msgid("Dhu al-Qadah"), msgid("Dhu al-Hijjah"),
)  # fmt: skip
GREGORIAN_MONTHS = (
    msgid("January"), msgid("February"), msgid("March"), msgid("April"), msgid("May"), msgid("June"),
    msgid("July"), msgid("August"), msgid("September"), msgid("October"), msgid("November"), msgid("December"),
)  # fmt: skip


class PartialDateLike(Protocol):
    """A date as it was given: a year, perhaps a month, perhaps a day, in one of the two calendars."""

    @property
    def calendar(self) -> str:
        """``hijri`` or ``gregorian``."""

    @property
    def year(self) -> int:
        """The year in that calendar."""

    @property
    def month(self) -> int | None:
        """1 to 12, or None when only the year is known."""

    @property
    def day(self) -> int | None:
        """The day of the month, or None when unknown."""


def hijri_parts(day: date) -> tuple[int, int, int] | None:
    """Year, month, day by Umm al-Qura, or None outside the table."""
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    except OverflowError:
        return None


def gregorian_of(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of an Umm al-Qura date, or None outside the table or when there is no such day."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(found.year, found.month, found.day)


def month_name(words: Words, calendar: str, month: int) -> str:
    """The month's name in the reader's language."""
    names = HIJRI_MONTHS if calendar == "hijri" else GREGORIAN_MONTHS
    return words.t(names[month - 1])
