"""Undoing a whole import: the rows it made are set aside, family by family, unless others changed or built on them.

A family on which work has gone on stays whole, and is listed. Nothing is deleted.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.imports.built_on import changed_rows, named_elsewhere, named_rows, removed_rows
from tarahum_desktop.casework.imports.checked import Progress, Stage
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.plan import kept_plan
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, CustodyEpisode, Household, ImportMade, ImportRun, Membership, Person
from tarahum_desktop.models.base import replicated_entities

_MADE: Any = ImportMade.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_ROWS_A_STEP: Final = 400
_IDS_A_QUERY: Final = 400
_OWNERS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (Membership.__table__, ("household_id", "person_id")),
    (Case.__table__, ("household_id",)),
    (CustodyEpisode.__table__, ("person_id",)),
)
Made = tuple[str, uuid.UUID]


@dataclass(frozen=True, slots=True)
class KeptFamily:
    """A family that stays; ``edited`` when its own rows were changed, else others put rows upon them."""

    household_id: uuid.UUID
    file_number: str
    head_name: str
    edited: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undoing did: rows set aside, and the families that stay."""

    rows: int
    kept: tuple[KeptFamily, ...]


def undo_import(desk: Desk, run_id: uuid.UUID) -> Iterator[Progress | Undone]:
    """Set aside what an import made, in short steps; yields progress and at last the result.

    Raises:
        ImportRefused: it was made on another machine, was undone before, or an import waits to be continued.
        NotAllowed, RecordMissing.
    """
    groups = _groups(desk, run_id)
    kept: list[KeptFamily] = []
    made = [one for group in groups for one in group]
    elsewhere: set[uuid.UUID] = set()
    for named in named_elsewhere(desk.reading, _by_entity(made), frozenset(row_id for _, row_id in made)):
        elsewhere |= named
        yield Progress(Stage.UNDOING, 0, len(made))
    removed, done, total = 0, 0, len(made)
    for some in _portions(groups):
        with UnitOfWork(desk) as work:
            connection = work.session.connection()
            free, staying = _sorted_out(connection, some, elsewhere)
            kept += _families(connection, staying)
            for entity, ids in _by_entity(free).items():
                model = replicated_entities()[entity]
                for at in range(0, len(ids), _IDS_A_QUERY):
                    for row in work.session.scalars(
                        select(model).where(model.id.in_(ids[at : at + _IDS_A_QUERY]))
                    ):
                        row.removed_at = desk.now()
                        removed += 1
        done += sum(map(len, some))
        yield Progress(Stage.UNDOING, done, total)
    with UnitOfWork(desk) as work:
        run = work.session.get_one(ImportRun, run_id)
        run.undone_by, run.undone_at = desk.user.id, desk.now()
    yield Undone(removed, tuple(sorted(kept, key=lambda one: one.file_number)))


def _groups(desk: Desk, run_id: uuid.UUID) -> list[list[Made]]:
    """What was made, in groups that stand or go together: families, and families that share a person."""
    with UnitOfWork(desk) as work:
        run = work.session.get(ImportRun, run_id)
        connection = work.session.connection()
        if run is None:
            raise RecordMissing(entity="import_run")
        desk.require(Action.IMPORT_REGISTER, run.scope)
        if run.undone_at is not None:
            raise ImportRefused("import_undone")
        if kept_plan(connection) is not None:
            raise ImportRefused("import_running")
        rows = connection.execute(
            select(_MADE.c.entity, _MADE.c.row_id).where(_MADE.c.run_id == run_id)
        ).all()
        if not rows:
            raise ImportRefused("import_not_here")
        made = [(row.entity, row.row_id) for row in rows]
        return _joined(made, _links(connection, made))


def _links(connection: Connection, made: Sequence[Made]) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    by_entity = _by_entity(made)
    for table, columns in _OWNERS:
        ids = by_entity.get(table.name, [])
        for at in range(0, len(ids), _IDS_A_QUERY):
            query = select(table.c.id, *(table.c[name] for name in columns))
            for row in connection.execute(query.where(table.c.id.in_(ids[at : at + _IDS_A_QUERY]))):
                yield from ((row[0], owner) for owner in row[1:] if owner is not None)


def _joined(made: Sequence[Made], links: Iterator[tuple[uuid.UUID, uuid.UUID]]) -> list[list[Made]]:
    """Rows that are linked, also by way of others, in one group."""
    leader: dict[uuid.UUID, uuid.UUID] = {}

    def find(one: uuid.UUID) -> uuid.UUID:
        path = []
        while (following := leader.get(one, one)) != one:
            path.append(one)
            one = following
        leader.update(dict.fromkeys(path, one))
        return one

    for a, b in links:
        leader[find(a)] = find(b)
    groups: dict[uuid.UUID, list[Made]] = {}
    for entity, row_id in sorted(made, key=lambda one: one[1].bytes):
        groups.setdefault(find(row_id), []).append((entity, row_id))
    return list(groups.values())


def _portions(groups: Sequence[list[Made]]) -> Iterator[list[list[Made]]]:
    some: list[list[Made]] = []
    for group in groups:
        some.append(group)
        if sum(map(len, some)) >= _ROWS_A_STEP:
            yield some
            some = []
    if some:
        yield some


def _sorted_out(
    connection: Connection, groups: Sequence[list[Made]], elsewhere: set[uuid.UUID]
) -> tuple[list[Made], list[tuple[list[Made], bool]]]:
    """Rows that may go, and groups that stay with whether they were edited."""
    rows = [made for group in groups for made in group]
    by_entity = _by_entity(rows)
    gone = removed_rows(connection, by_entity)
    changed = changed_rows(connection, by_entity)
    named = elsewhere | named_rows(connection, by_entity, frozenset(row_id for _, row_id in rows))
    free: list[Made] = []
    staying: list[tuple[list[Made], bool]] = []
    for group in groups:
        own = {row_id for _, row_id in group}
        if own <= gone:
            continue  # an undoing that was cut short got this far
        if own & changed or own & named:
            staying.append((group, bool(own & changed)))
        else:
            free += group
    return free, staying


def _families(connection: Connection, staying: Sequence[tuple[list[Made], bool]]) -> Iterator[KeptFamily]:
    for group, edited in staying:
        homes = [row_id for entity, row_id in group if entity == "household"]
        homes = homes or list(_joined_homes(connection, group))
        query = (
            select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, *NAME_COLUMNS)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(_HOUSEHOLD.c.id.in_(homes))
        )
        for row in connection.execute(query):
            yield KeptFamily(row.id, row.file_number, full_name(row), edited)


def _joined_homes(connection: Connection, group: Sequence[Made]) -> list[uuid.UUID]:
    """The households on record that persons of a group joined."""
    table: Any = Membership.__table__
    ids = [row_id for entity, row_id in group if entity == "membership"]
    return list(connection.scalars(select(table.c.household_id).where(table.c.id.in_(ids))))


def _by_entity(made: Sequence[Made]) -> dict[str, list[uuid.UUID]]:
    found: dict[str, list[uuid.UUID]] = {}
    for entity, row_id in made:
        found.setdefault(entity, []).append(row_id)
    return found
