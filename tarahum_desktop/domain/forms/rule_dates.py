"""Dates inside rules: an answer is an ISO day or the code of a partial date, and a rule compares ISO days."""

from datetime import date

from tarahum_desktop.domain.dates import DateError, DateRange, PartialDate, age_on


def partial_date(value: str) -> PartialDate | None:
    """Read an ISO day or a partial date's code; ``None`` when it is neither."""
    try:
        return (
            PartialDate.from_code(value)
            if value[:1] in ("h", "g")
            else PartialDate.of_day(date.fromisoformat(value))
        )
    except (DateError, ValueError):
        return None


def _range(value: str) -> DateRange | None:
    given = partial_date(value)
    return None if given is None else given.range()


def first_day(value: str) -> date | None:
    """Return the first Gregorian day the date may stand for."""
    days = _range(value)
    return None if days is None else days.first


def last_day(value: str) -> date | None:
    """Return the last Gregorian day the date may stand for."""
    days = _range(value)
    return None if days is None else days.last


def age_in_years(born: str, on: str) -> int | None:
    """Return completed years from the middle of the birth range, or ``None`` where a date is not readable."""
    birth, day = partial_date(born), first_day(on)
    return None if birth is None or day is None else age_on(birth, day)
