"""Reading a date of life as it is said at a door: a date, eight digits run together, or an age.

«١٢ سنة» is a year, estimated: nobody said a day, so none is invented. A date is read by ``parse_partial_date``.
"""

import re
from datetime import date
from typing import Final

from tarahum_desktop.domain.date_reading import parse_partial_date
from tarahum_desktop.domain.hijri import DateError
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.partial_date import Calendar, Certainty, PartialDate
from tarahum_desktop.domain.text import ascii_digits, clean, without_marks

OLDEST: Final = 120
_RUN_TOGETHER: Final = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_AGE: Final = re.compile(r"(?:[^\W\d_]+ )?(\d{1,3}) ?([^\W\d_]*)")
_YEARS: Final = frozenset({"سنه", "سنوات", "سنين", "عام", "عاما", "اعوام", "y", "yr", "yrs", "year", "years"})
_MONTHS: Final = frozenset({"شهر", "شهرا", "اشهر", "شهور", "month", "months"})
_OPENING: Final = frozenset({"عمره", "عمرها", "عمر", "العمر", "age", "aged"})


def parse_life_date(text: str, today: date, *, ages: bool = False) -> PartialDate:
    """Read a date, also one such as ``14300701`` or ``143007``; with ``ages`` also ``12`` or «12 سنة».

    Raises:
        DateError: ``age_out_of_range`` for more than 120 years, or what ``parse_partial_date`` raises.
    """
    plain = ascii_digits(without_marks(clean(text)))
    if found := _RUN_TOGETHER.fullmatch(plain):
        return parse_partial_date("/".join(part for part in found.groups() if part))
    if ages and (found := _AGE.fullmatch(plain)) and _is_age(plain, found):
        return _year_of(int(found[1]), fold(found[2]), today, clean(text))
    return parse_partial_date(text)


def _is_age(plain: str, found: re.Match[str]) -> bool:
    """Whether it says an age: digits alone, or with a word for age or for years and no other word."""
    unit = fold(found[2])
    opening = fold(plain[: found.start(1)])
    return (not unit or unit in _YEARS | _MONTHS) and (not opening or opening in _OPENING)


def _year_of(count: int, unit: str, today: date, given: str) -> PartialDate:
    years = count // 12 if unit in _MONTHS else count
    if years > OLDEST:
        raise DateError("age_out_of_range", years=years)
    return PartialDate(Calendar.GREGORIAN, today.year - years, certainty=Certainty.ESTIMATED, as_given=given)
