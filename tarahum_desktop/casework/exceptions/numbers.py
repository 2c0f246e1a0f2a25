"""One file or case number on two records: two machines that were given one identity, or a number typed by hand."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.findings import Found, pair_subject
from tarahum_desktop.models import Case, Household

KINDS: Final = ("file_number_twice", "case_number_twice")
_MOST: Final = 500


def numbers_twice(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Pairs of records that carry one number."""
    yield from _pairs(connection, scopes, Household.__table__, "file_number", KINDS[0])
    yield from _pairs(connection, scopes, Case.__table__, "number", KINDS[1])


def _pairs(
    connection: Connection, scopes: Sequence[str], table: Any, column: str, kind: str
) -> Iterator[Found]:
    number = table.c[column]
    several = (
        select(number)
        .where(table.c.removed_at.is_(None))
        .group_by(number)
        .having(func.count() > 1)
        .limit(_MOST)
    )
    query = select(table.c.id, table.c.scope, number.label("number")).where(
        number.in_(several), table.c.removed_at.is_(None), table.c.scope.in_(scopes)
    )
    rows = connection.execute(query.order_by(number, table.c.id)).all()
    for one, other in pairwise(rows):
        if one.number == other.number:
            facts = {"entity": table.name, "number": one.number}
            yield Found(kind, pair_subject(one.id, other.id), one.scope, one.id, other.id, 0, facts)
