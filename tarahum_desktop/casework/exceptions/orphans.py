"""Rows that name somebody or something that is not here: it may still arrive, or it was left behind by mistake."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.findings import Found
from tarahum_desktop.models import replicated_entities

KINDS: Final = ("row_of_nobody",)
_MOST: Final = 200
_NAMES: Final = (
    ("membership", "person_id", "person"),
    ("membership", "household_id", "household"),
    ("household", "head_person_id", "person"),
    ("custody_episode", "person_id", "person"),
    ("case_file", "household_id", "household"),
    ("plan_item", "person_id", "person"),
    ("delivery", "person_id", "person"),
    ("delivery", "plan_item_id", "plan_item"),
    ("visit", "household_id", "household"),
    ("follow_up", "case_id", "case_file"),
)


def rows_of_nobody(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Rows whose person, household, case or plan item is not on this machine."""
    entities = replicated_entities()
    for entity, column, named in _NAMES:
        table: Any = entities[entity].__table__
        other: Any = entities[named].__table__.alias("named")
        query = (
            select(table.c.id, table.c.scope)
            .outerjoin(other, other.c.id == table.c[column])
            .where(
                other.c.id.is_(None), table.c[column].is_not(None), table.c.removed_at.is_(None), table.c.scope.in_(scopes)
            )
            .limit(_MOST)
        )  # fmt: skip
        for row in connection.execute(query):
            facts = {"entity": entity, "names": named}
            yield Found(KINDS[0], f"{entity}:{row.id.hex}:{column}", row.scope, row.id, None, 0, facts)
