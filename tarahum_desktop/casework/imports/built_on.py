"""What others did with rows that an import made: edited them, or put rows of their own upon them."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.models import Draft
from tarahum_desktop.models.base import replicated_entities

_IDS_A_QUERY: Final = 400
_PERSON: Final = "person"
_NAMED: Final = MappingProxyType(
    {
        "household_id": "household", "case_id": "case_file", "episode_id": "custody_episode", "person_id": _PERSON,
        "head_person_id": _PERSON, "father_id": _PERSON, "mother_id": _PERSON, "merged_into": _PERSON,
        "kept_id": _PERSON, "gone_id": _PERSON, "owner_id": _PERSON,
    }
)  # fmt: skip
"""Columns by which rows name what an import makes, and what each names."""
Ids = Mapping[str, Sequence[UUID]]
"""Made rows by table."""


def changed_rows(connection: Connection, made: Ids) -> set[UUID]:
    """Rows that were edited or removed since they were made."""
    found: set[UUID] = set()
    for entity, ids in made.items():
        table: Any = replicated_entities()[entity].__table__
        touched = table.c.field_stamps.is_not(None) | table.c.removed_at.is_not(None)
        for some in _parts(ids):
            found.update(connection.scalars(select(table.c.id).where(table.c.id.in_(some), touched)))
    return found


def removed_rows(connection: Connection, made: Ids) -> set[UUID]:
    """Rows that are set aside already."""
    found: set[UUID] = set()
    for entity, ids in made.items():
        table: Any = replicated_entities()[entity].__table__
        for some in _parts(ids):
            query = select(table.c.id).where(table.c.id.in_(some), table.c.removed_at.is_not(None))
            found.update(connection.scalars(query))
    return found


def named_rows(connection: Connection, made: Ids, own: frozenset[UUID]) -> set[UUID]:
    """Rows that a row other than ``own``, or a draft, names in a column that has an index."""
    found: set[UUID] = set()
    for table, column, entity in _references(indexed=True):
        for some in _parts(made.get(entity, ())):
            query = select(column, table.c.id).where(column.in_(some))
            found.update(
                named for named, row_id in connection.execute(_present(query, table)) if row_id not in own
            )
    return found


def named_elsewhere(
    reading: Callable[[], AbstractContextManager[Connection]], made: Ids, own: frozenset[UUID]
) -> Iterator[set[UUID]]:
    """The same for columns without an index: each is read once, however many rows were made; one a step."""
    for table, column, entity in _references(indexed=False):
        wanted = frozenset(made.get(entity, ()))
        if wanted:
            # Rows made together lie together, so their ends tell most others apart.
            query = select(column, table.c.id).where(column.between(min(wanted), max(wanted)))
            with reading() as connection:
                rows = connection.execute(_present(query, table)).all()
            yield {named for named, row_id in rows if named in wanted and row_id not in own}


def _present(query: Any, table: Any) -> Any:
    return query.where(table.c.removed_at.is_(None)) if "removed_at" in table.c else query


@functools.cache
def _references(*, indexed: bool) -> tuple[tuple[Any, Any, str], ...]:
    draft: Any = Draft.__table__
    tables: list[Any] = [entity.__table__ for entity in replicated_entities().values()]
    named = [
        (table, column, _NAMED[column.name])
        for table in tables
        for column in table.c
        if column.name in _NAMED
    ]
    named += [(draft, draft.c.subject_id, entity) for entity in ("household", _PERSON)]
    return tuple(one for one in named if _has_index(one[0], one[1]) is indexed)


def _has_index(table: Any, column: Any) -> bool:
    return any(next(iter(index.columns), None) is column for index in table.indexes)


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for at in range(0, len(ids), _IDS_A_QUERY):
        yield ids[at : at + _IDS_A_QUERY]
