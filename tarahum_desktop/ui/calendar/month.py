"""A month as a grid of days: weeks begin on Sunday, each day has both its dates."""

import datetime as dt
from dataclasses import dataclass

from tarahum_desktop.domain.dates import Calendar, hijri_or_none
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.i18n.month_words import month_name
from tarahum_desktop.ui.kit import Kit

WEEKS = 6
WEEK = 7
_SUNDAY = 6


@dataclass(frozen=True)
class DayCell:
    """One day: its numbers in both calendars, how much is due, and how much of that is late.

    ``hijri_month`` is the month's name on its first day, and empty on all others.
    """

    day: dt.date
    gregorian: str
    hijri: str
    hijri_month: str
    count: int
    late: int
    in_month: bool
    spoken: str


def first_shown(day: dt.date) -> dt.date:
    """The Sunday on or before the first of a day's month."""
    first = day.replace(day=1)
    return first - dt.timedelta((first.weekday() - _SUNDAY) % WEEK)


def last_shown(day: dt.date) -> dt.date:
    """The last day of the sixth week."""
    return first_shown(day) + dt.timedelta(WEEKS * WEEK - 1)


def same_day_in(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(day.day - 1), following - dt.timedelta(1))


def month_title(kit: Kit, day: dt.date) -> str:
    """The month in both calendars: the Gregorian one, and the Hijri months it touches."""
    gregorian = f"{month_name(kit.words, Calendar.GREGORIAN, day.month)} {_plain(kit, day.year)}"
    first = hijri_or_none(day.replace(day=1))
    last = hijri_or_none(same_day_in(day.replace(day=1), 1) - dt.timedelta(1))
    if first is None or last is None or kit.formats.calendar == "gregorian":
        return gregorian
    names = [month_name(kit.words, Calendar.HIJRI, first.month)]
    if last.month != first.month:
        names.append(month_name(kit.words, Calendar.HIJRI, last.month))
    hijri = f"{' – '.join(names)} {_plain(kit, last.year)}"
    return f"{hijri} · {gregorian}"


def day_cell(kit: Kit, day: dt.date, month: int, count: int, late: int) -> DayCell:
    """A day as the grid shows it."""
    hijri = hijri_or_none(day)
    number = _plain(kit, hijri.day) if hijri else ""
    month_begins = hijri is not None and hijri.day == 1
    name = month_name(kit.words, Calendar.HIJRI, hijri.month) if hijri and month_begins else ""
    due = kit.words.n("{count} task", "{count} tasks", count).format(count=kit.formats.number(count))
    return DayCell(
        day,
        _plain(kit, day.day),
        number,
        name,
        count,
        late,
        day.month == month,
        f"{kit.formats.date(day)}. {due}",
    )


def _plain(kit: Kit, value: int) -> str:
    return shown_digits(str(value), kit.formats.digits)
