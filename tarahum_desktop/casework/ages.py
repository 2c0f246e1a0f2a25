"""Ages from stored birth ranges, reckoned from the middle of the range."""

import datetime as dt


def age_from(first: dt.date | None, last: dt.date | None, day: dt.date) -> int | None:
    """Completed years on a day, or None when the birth is not known."""
    if first is None or last is None:
        return None
    born = first + (last - first) // 2
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
