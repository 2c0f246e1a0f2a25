"""What merges made apart left behind: two records that name each other, and rows that came late for a record that went."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.duplicates.references import MOVED
from tarahum_desktop.casework.findings import Found, pair_subject
from tarahum_desktop.models import Person, replicated_entities

KINDS: Final = ("merge_ring", "row_of_merged_person")
_MOST: Final = 200
_PERSON: Any = Person.__table__


def merge_troubles(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Rings of merges, and rows that still name a record that was merged away."""
    yield from _rings(connection, scopes)
    yield from _left(connection, scopes)


def _rings(connection: Connection, scopes: Sequence[str]) -> Iterator[Found]:
    other = _PERSON.alias("other")
    query = (
        select(_PERSON.c.id, _PERSON.c.scope, other.c.id.label("other"))
        .join(other, (other.c.id == _PERSON.c.merged_into) & (other.c.merged_into == _PERSON.c.id))
        .where(_PERSON.c.id < other.c.id, _PERSON.c.scope.concat("").in_(scopes))
        .limit(_MOST)
    )
    for row in connection.execute(query):
        facts = {"entity": "person"}
        yield Found(KINDS[0], pair_subject(row.id, row.other), row.scope, row.id, row.other, 0, facts)


def _left(connection: Connection, scopes: Sequence[str]) -> Iterator[Found]:
    entities = replicated_entities()
    for entity, columns in MOVED.items():
        table: Any = entities[entity].__table__
        for column in columns:
            gone, into = _PERSON.alias("gone"), _PERSON.alias("into")
            query = (
                select(table.c.id, table.c.scope, gone.c.id.label("gone"))
                .join(gone, gone.c.id == table.c[column])
                .join(into, into.c.id == gone.c.merged_into)
                .where(
                    # Of a ring the smaller id stands for both, and keeps its rows.
                    into.c.merged_into.is_distinct_from(gone.c.id) | (into.c.id < gone.c.id),
                    gone.c.merged_into != table.c.id, table.c.removed_at.is_(None),
                    table.c.scope.concat("").in_(scopes),
                )
                .limit(_MOST)
            )  # fmt: skip
            for row in connection.execute(query):
                facts = {"entity": entity, "column": column}
                subject = f"{entity}:{row.id.hex}:{column}:{row.gone.hex}"
                yield Found(KINDS[1], subject, row.scope, row.id, row.gone, 0, facts)
