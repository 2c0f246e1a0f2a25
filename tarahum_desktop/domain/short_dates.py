"""Days as a clerk writes them in a daily sheet: nothing for today, ``15`` for the last fifteenth, ``15/3``, ``-1``."""

import re
from datetime import date, timedelta
from typing import Final

from tarahum_desktop.domain.date_reading import parse_partial_date
from tarahum_desktop.domain.hijri import DateError, HijriDate, hijri_or_none
from tarahum_desktop.domain.partial_date import Calendar, PartialDate
from tarahum_desktop.domain.text import ascii_digits, clean, without_marks

_BACK: Final = re.compile(r"-([0-9]{1,3})")
_SHORT: Final = re.compile(r"([0-9]{1,2})(?:[/.\-]([0-9]{1,2}))?\s*(ه|هـ|h)?", re.IGNORECASE)
_YESTERDAY: Final = frozenset({"امس", "أمس", "yesterday"})
_LONGEST: Final = 64
_MONTHS_BACK: Final = 12


def read_entry_day(text: str, today: date) -> PartialDate:
    """Read a day that lies today or before.

    Nothing is today; ``-3`` three days ago; ``15`` the last fifteenth of a Gregorian month and ``15ه`` of a Hijri
    one; ``15/3`` the last one of that month. Anything longer is read as a whole date.

    Raises:
        DateError: as ``parse_partial_date``.
    """
    if len(text) > _LONGEST:
        raise DateError("date_form")
    plain = ascii_digits(without_marks(clean(text))).strip()
    if not plain:
        return PartialDate.of_day(today)
    if plain in _YESTERDAY:
        return PartialDate.of_day(today - timedelta(days=1))
    if back := _BACK.fullmatch(plain):
        return PartialDate.of_day(today - timedelta(days=int(back[1])))
    if short := _SHORT.fullmatch(plain):
        month = int(short[2]) if short[2] else None
        return _last(int(short[1]), month, today, Calendar.HIJRI if short[3] else Calendar.GREGORIAN)
    return parse_partial_date(text, today)


def _last(day: int, month: int | None, today: date, calendar: Calendar) -> PartialDate:
    """The last such day up to today; a month without that day is passed over."""
    year, now = _month_of(today, calendar)
    for back in range(_MONTHS_BACK + 1):
        at = year * 12 + now - 1 - back
        this_year, this_month = at // 12, at % 12 + 1
        if month not in {None, this_month}:
            continue
        try:
            found = PartialDate(calendar, this_year, this_month, day)
        except DateError:
            continue
        if found.range().first <= today:
            return found
    raise DateError("date_day_invalid" if day > _longest(calendar) else "date_month_invalid", day=day)


def _month_of(today: date, calendar: Calendar) -> tuple[int, int]:
    hijri: HijriDate | None = hijri_or_none(today) if calendar is Calendar.HIJRI else None
    return (hijri.year, hijri.month) if hijri else (today.year, today.month)


def _longest(calendar: Calendar) -> int:
    return 30 if calendar is Calendar.HIJRI else 31
