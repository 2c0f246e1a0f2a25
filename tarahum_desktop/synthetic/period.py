"""Which twelve months the invented year is: those of 2023, or the same ones moved to end on another day.

Everything keeps its distance from the last day, so that a demonstration on any morning has visits just made,
follow-ups falling due and releases ahead.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

_YEAR: Final = 2023
LAST_DAY: Final = dt.date(_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """Twelve months that end on ``ends``; months are counted 1 to 12 as if they were those of 2023."""

    ends: dt.date = LAST_DAY

    @property
    def moved(self) -> dt.timedelta:
        """How far the year lies from 2023."""
        return self.ends - LAST_DAY

    def day(self, month: int, day: int) -> dt.date:
        """A day by its place in the year."""
        return dt.date(_YEAR, month, day) + self.moved

    def month_end(self, month: int) -> dt.date:
        """The last day of a month."""
        return dt.date(_YEAR + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) + self.moved

    def month_of(self, day: dt.date) -> int:
        """In which month a day lies."""
        return (day - self.moved).month
