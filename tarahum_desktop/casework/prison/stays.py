"""A person's stays as the rules of their order read them."""

import uuid
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.domain.custody_order import StayDays
from tarahum_desktop.domain.partial_date import DateRange
from tarahum_desktop.models import CustodyEpisode

STAY: Final[Any] = CustodyEpisode.__table__


def stay_days(row: Any) -> StayDays:
    """The days of a custody row or object."""
    release = _range(row.release, row.release_day)
    inside = row.status in IN_CUSTODY and release is None
    return StayDays(str(row.id), _range(row.entry, row.entry_day), release, inside)


def stays_of(connection: Connection, person_id: uuid.UUID) -> list[Any]:
    """All custody rows of a person, the first entry first."""
    query = select(STAY).where(STAY.c.person_id == person_id, STAY.c.removed_at.is_(None))
    return list(connection.execute(query.order_by(STAY.c.entry_day, STAY.c.id)))


def _range(code: str | None, day: Any) -> DateRange | None:
    known = date_range(code) if code else None
    if known is not None:
        return DateRange(*known)
    return DateRange(day, day) if day is not None else None
