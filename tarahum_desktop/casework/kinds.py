"""What a person is on a day: prisoner, released or family member, derived from dated custody and never stored."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from tarahum_desktop.domain.eligibility import Kind

IN_CUSTODY: Final = frozenset({"detained", "convicted", "transferred"})
_RELEASED: Final = frozenset({"released", "released_temporarily"})


@dataclass(frozen=True, slots=True)
class Stay:
    """The part of a custody episode that decides a kind."""

    status: str
    entry_day: dt.date | None
    release_day: dt.date | None


def stay_of(row: Any) -> Stay:
    """The deciding part of a custody row."""
    return Stay(row.status, row.entry_day, row.release_day)


def kind_on(day: dt.date, stays: Iterable[Stay]) -> Kind:
    """A person's kind on a day; of several stays the one that began last decides."""
    begun = [stay for stay in stays if stay.entry_day is None or stay.entry_day <= day]
    if not begun:
        return Kind.FAMILY_MEMBER
    latest = max(begun, key=lambda stay: stay.entry_day or dt.date.min)
    if latest.release_day is not None:
        return Kind.RELEASED if latest.release_day <= day else Kind.PRISONER
    if latest.status in IN_CUSTODY:
        return Kind.PRISONER
    return Kind.RELEASED if latest.status in _RELEASED else Kind.FAMILY_MEMBER
