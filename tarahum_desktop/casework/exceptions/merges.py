"""What merges made apart left behind: two records that name each other, and rows that came late for a record that went."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.duplicates.references import MOVED
from tarahum_desktop.casework.findings import Found, pair_subject
from tarahum_desktop.casework.person_resolver import end_of
from tarahum_desktop.models import Person, replicated_entities

KINDS: Final = ("merge_ring", "row_of_merged_person")
_MOST: Final = 200
_IDS_A_QUERY: Final = 400
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
    entities, ends = replicated_entities(), _gone(connection)
    gone = list(ends)
    for entity, columns in MOVED.items():
        table: Any = entities[entity].__table__
        for column in columns:
            for at in range(0, len(gone), _IDS_A_QUERY):
                query = select(table.c.id, table.c.scope, table.c[column].label("gone")).where(
                    table.c[column].in_(gone[at : at + _IDS_A_QUERY]),
                    table.c.removed_at.is_(None),
                    table.c.scope.concat("").in_(scopes),
                )
                for row in connection.execute(query.limit(_MOST)):
                    if row.id == ends[row.gone]:
                        continue  # the other half of a ring, which is a finding of its own
                    facts = {"entity": entity, "column": column}
                    subject = f"{entity}:{row.id.hex}:{column}:{row.gone.hex}"
                    yield Found(KINDS[1], subject, row.scope, row.id, row.gone, 0, facts)


def _gone(connection: Connection) -> dict[uuid.UUID, uuid.UUID]:
    """Records merged into another one, and what stands for each; of a ring not the smaller, which stands for both and keeps its rows."""
    query = select(_PERSON.c.id, _PERSON.c.merged_into).where(_PERSON.c.merged_into.is_not(None))
    into: dict[uuid.UUID, uuid.UUID] = {row.id: row.merged_into for row in connection.execute(query)}
    return {one: end for one in into if (end := end_of(into, one)) != one}
