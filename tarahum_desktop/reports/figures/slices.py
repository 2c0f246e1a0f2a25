"""Which days and which part of the work a figure is about, and by what it is broken down."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tarahum_desktop.domain.errors import TarahumError


class FigureError(TarahumError):
    """A figure was asked for in a way it does not have: ``figure_period`` or ``figure_dimension``."""

    code = "figure_dimension"


class Dimension(StrEnum):
    """What a figure can be limited to and broken down by."""

    COMMITTEE = "committee"
    TRACK = "track"
    SERVICE = "service"
    KIND = "kind"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of delivery in the Kingdom, both included; never days of entry or exchange."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise FigureError("figure_period")

    @classmethod
    def year(cls, year: int) -> "Period":
        """A Gregorian year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Only:
    """Limits a figure; None is no limit. ``sex`` and ``kind`` are of the person on the day of delivery."""

    committee: str | None = None
    track: str | None = None
    service: str | None = None
    kind: str | None = None
    sex: str | None = None

    def wanted(self) -> dict[Dimension, str]:
        """The limits that were set."""
        limits = {dimension: getattr(self, dimension.value) for dimension in Dimension}
        return {dimension: value for dimension, value in limits.items() if value is not None}


ALL = Only()
