"""Births that cannot be: tomorrow, or outside the calendars' tables."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.findings import Found
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.models import Person

KINDS: Final = ("birth_in_future", "birth_unreadable")
OLDEST_YEARS: Final = 120
_MOST: Final = 500
_PERSON: Any = Person.__table__


def impossible_births(connection: Connection, scopes: Sequence[str], day: dt.date) -> Iterator[Found]:
    """People born after the day or longer ago than anybody lives, and births that no calendar knows."""
    oldest = dt.date(day.year - OLDEST_YEARS, 1, 1)
    query = (
        select(_PERSON.c.id, _PERSON.c.scope, _PERSON.c.birth, _PERSON.c.birth_first)
        .where(
            or_(
                _PERSON.c.birth_first > day,
                _PERSON.c.birth_last < oldest,
                _PERSON.c.birth.is_not(None) & _PERSON.c.birth_first.is_(None),
            ),
            _PERSON.c.removed_at.is_(None), _PERSON.c.merged_into.is_(None), _PERSON.c.scope.concat("").in_(scopes),
        )
        .limit(_MOST)
    )  # fmt: skip
    for row in connection.execute(query):
        known = date_range(row.birth or "")
        kind = KINDS[0] if known is not None and known[0] > day else KINDS[1]
        facts = {"entity": "person", "birth": row.birth or ""}
        yield Found(kind, f"{row.id.hex}:{row.birth or row.birth_first}", row.scope, row.id, None, 0, facts)
