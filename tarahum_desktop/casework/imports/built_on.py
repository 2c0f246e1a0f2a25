"""What others did with rows that an import made: edited them, or put rows of their own upon them."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.models import Draft
from tarahum_desktop.models.base import replicated_entities

_IDS_A_QUERY: Final = 400
_NAMING: Final = frozenset(
    {
        "household_id",
        "person_id",
        "case_id",
        "episode_id",
        "head_person_id",
        "father_id",
        "mother_id",
        "merged_into",
    }
    | {"kept_id", "gone_id", "owner_id", "visit_id"}
)
"""Columns by which rows name households, persons, cases and stays."""


def changed_rows(connection: Connection, entity: str, ids: Sequence[UUID]) -> set[UUID]:
    """Those of a table that were edited or removed since they were made."""
    table: Any = replicated_entities()[entity].__table__
    found: set[UUID] = set()
    for some in _parts(ids):
        query = select(table.c.id).where(
            table.c.id.in_(some), table.c.field_stamps.is_not(None) | table.c.removed_at.is_not(None)
        )
        found.update(connection.scalars(query))
    return found


def named_rows(connection: Connection, ids: Sequence[UUID], own: frozenset[UUID]) -> set[UUID]:
    """Those of ``ids`` that a row other than ``own`` names, or a draft."""
    found: set[UUID] = set()
    for table, column in _references():
        for some in _parts(ids):
            query = select(column, table.c.id).where(column.in_(some))
            if "removed_at" in table.c:
                query = query.where(table.c.removed_at.is_(None))
            found.update(named for named, row_id in connection.execute(query) if row_id not in own)
    return found


@functools.cache
def _references() -> tuple[tuple[Any, Any], ...]:
    tables: list[Any] = [entity.__table__ for entity in replicated_entities().values()]
    named = [(table, column) for table in tables for column in table.c if column.name in _NAMING]
    draft: Any = Draft.__table__
    return (*named, (draft, draft.c.subject_id))


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for at in range(0, len(ids), _IDS_A_QUERY):
        yield ids[at : at + _IDS_A_QUERY]
