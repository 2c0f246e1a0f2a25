"""The one door to dates: partial dates, reading typed ones, and the Umm al-Qura calendar."""

from tarahum_desktop.domain.date_reading import parse_partial_date
from tarahum_desktop.domain.hijri import DateError, HijriDate, gregorian_of, hijri_of, hijri_or_none
from tarahum_desktop.domain.partial_date import (
    Calendar,
    Certainty,
    DateRange,
    PartialDate,
    Precision,
    age_on,
    is_first_of_rajab,
)

__all__ = [
    "Calendar",
    "Certainty",
    "DateError",
    "DateRange",
    "HijriDate",
    "PartialDate",
    "Precision",
    "age_on",
    "gregorian_of",
    "hijri_of",
    "hijri_or_none",
    "is_first_of_rajab",
    "parse_partial_date",
]
