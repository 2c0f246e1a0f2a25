"""Reads and writes replicated rows in bulk, past the ORM, in wire values.

One statement text a table and one ``executemany`` (on PostgreSQL one ``COPY``) a group: the driver does the
loop. Values are turned between wire and stored form a column at a time.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tarahum_desktop.models.database_errors import typed_error
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.errors import RowTaken
from tarahum_desktop.sync.shapes import Kind, Shape, from_stored, shape_of, shapes, stored_id, to_stored

_TAKEN: Final = "23505"  # SQLSTATE unique_violation

_IDS_A_QUERY = 500
_KEPT = ("stamp", "author", "field_stamps", "carried")


@dataclass(slots=True)
class StoredRow:
    """A row as the database has it, in wire values, with its bookkeeping."""

    row_id: bytes
    scope: str
    stamp: bytes
    author: bytes | None
    field_stamps: bytes | None
    carried: bytes | None
    values: dict[str, Any]


def _source(entity: str) -> str:
    return f'"{shape_of(entity).table.name}"'


def _only(entity: str) -> str:
    """Rows of unknown tables lie together: their names were checked to be names when they were decoded."""
    return "" if entity in shapes() else f" AND entity = '{entity}'"


def _inserted_columns(entity: str) -> str:
    names = ("id", "scope", *_KEPT, *shape_of(entity).names)
    together = names if entity in shapes() else (*names, "entity")
    return ", ".join(f'"{name}"' for name in together)


@functools.lru_cache(maxsize=1024)
def _insert_statement(entity: str) -> str:
    columns = _inserted_columns(entity)
    marks = ", ".join("?" * (columns.count(",") + 1))
    return f"INSERT INTO {_source(entity)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables


@functools.lru_cache(maxsize=1024)
def _select_statement(entity: str) -> str:
    names = ("id", "scope", *_KEPT, *shape_of(entity).names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {quoted} FROM {_source(entity)}"  # noqa: S608 - names of our own tables


@functools.lru_cache(maxsize=1024)
def _converters(entity: str, dialect: str) -> tuple[Callable[[Any], Any] | None, ...]:
    return tuple(from_stored(field.kind, dialect) for field in shape_of(entity).fields)


def insert_rows(
    connection: Connection,
    scope: str,
    group: InsertGroup,
    kept: Sequence[tuple[bytes | None, bytes | None]] | None = None,
) -> None:
    """Insert a group of new rows.

    Args:
        connection: within a transaction.
        scope: the scope of all of them.
        group: the rows; fields missing from ``names`` become empty.
        kept: ``(field_stamps, carried)`` of each row when they are not fresh.

    Raises:
        RowTaken: a row of that id is there, perhaps since this moment; the transaction cannot go on.
    """
    if not group.row_ids:
        return
    dialect = connection.dialect.name
    shape = shape_of(group.entity)
    count = len(group.row_ids)
    as_id = to_stored(Kind.ID, dialect) or _same
    columns: list[Sequence[Any]] = [
        list(map(as_id, group.row_ids)),
        [scope] * count,
        group.stamps,
        list(map(as_id, group.authors)),
        [marks for marks, _ in kept] if kept else [None] * count,
        [carried for _, carried in kept] if kept else [None] * count,
    ]
    columns += _stored_columns(shape, group, dialect, count)
    if group.entity not in shapes():
        columns.append([group.entity] * count)
    rows = zip(*columns, strict=True)
    if dialect == "postgresql":
        _copy_rows(connection, group.entity, rows)
        return
    try:
        connection.exec_driver_sql(_insert_statement(group.entity), list(rows))
    except IntegrityError as error:
        raise RowTaken(entity=group.entity) from error


def _copy_rows(connection: Connection, entity: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY takes rows several times as fast as INSERT; it goes past the engine, so its failures are named here."""
    statement = f"COPY {_source(entity)} ({_inserted_columns(entity)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        if getattr(error, "sqlstate", None) == _TAKEN:
            raise RowTaken(entity=entity) from error
        typed = typed_error(error)
        if typed is None:
            raise
        raise typed from error


def _stored_columns(shape: Shape, group: InsertGroup, dialect: str, count: int) -> list[Sequence[Any]]:
    given = dict(zip(group.names, group.columns, strict=True))
    stored: list[Sequence[Any]] = []
    for field in shape.fields:
        column = given.get(field.name)
        if column is None:
            column = [None] * count
        convert = to_stored(field.kind, dialect)
        stored.append(column if convert is None else list(map(convert, column)))
    return stored


def _same(value: Any) -> Any:
    return value


def existing_ids(connection: Connection, entity: str, row_ids: Sequence[bytes]) -> set[bytes]:
    """Which of these rows are there already."""
    dialect = connection.dialect.name
    back = from_stored(Kind.ID, dialect) or bytes
    found: set[bytes] = set()
    for part, condition in _in_parts(connection, row_ids):
        query = f"SELECT id FROM {_source(entity)} WHERE id {condition}{_only(entity)}"  # noqa: S608 - names of our own tables
        found.update(back(row[0]) for row in connection.exec_driver_sql(query, part))
    return found


def read_marks(
    connection: Connection, entity: str, row_ids: Sequence[bytes]
) -> dict[bytes, tuple[str, bytes | None]]:
    """The scope and the packed marks of the edited fields of rows, by id; absent rows are left out."""
    back = from_stored(Kind.ID, connection.dialect.name) or bytes
    found: dict[bytes, tuple[str, bytes | None]] = {}
    for part, condition in _in_parts(connection, row_ids):
        query = f"SELECT id, scope, field_stamps FROM {_source(entity)} WHERE id {condition}{_only(entity)}"  # noqa: S608 - names of our own tables
        found.update((back(row[0]), (row[1], row[2])) for row in connection.exec_driver_sql(query, part))
    return found


def read_rows(connection: Connection, entity: str, row_ids: Sequence[bytes]) -> dict[bytes, StoredRow]:
    """Rows by id; absent ones are left out."""
    rows: dict[bytes, StoredRow] = {}
    for part, condition in _in_parts(connection, row_ids):
        query = f"{_select_statement(entity)} WHERE id {condition}{_only(entity)}"
        for record in connection.exec_driver_sql(query, part):
            row = stored_row(entity, connection.dialect.name, record)
            rows[row.row_id] = row
    return rows


def read_group(
    connection: Connection, entity: str, scope: str, after: bytes, limit: int
) -> tuple[InsertGroup, list[tuple[bytes | None, bytes | None]]]:
    """The next rows of a scope in id order, as columns, and ``(field_stamps, carried)`` of each."""
    dialect = connection.dialect.name
    mark = "%s" if dialect == "postgresql" else "?"
    where = f"scope = {mark} AND id > {mark}{_only(entity)}"
    query = f"{_select_statement(entity)} WHERE {where} ORDER BY id LIMIT {limit:d}"
    records = connection.exec_driver_sql(query, (scope, stored_id(after, dialect))).all()
    names = shape_of(entity).names
    if not records:
        return InsertGroup(entity, names, [], [], [], [], [[] for _ in names]), []
    row_ids, _, stamps, authors, marks, carried, *stored = zip(*records, strict=True)
    back = from_stored(Kind.ID, dialect) or _same
    columns = [
        list(column) if convert is None else list(map(convert, column))
        for convert, column in zip(_converters(entity, dialect), stored, strict=True)
    ]
    group = InsertGroup(
        entity, names, [], list(map(back, row_ids)), list(stamps), list(map(back, authors)), columns
    )
    return group, list(zip(marks, carried, strict=True))


def read_marked(
    connection: Connection, entity: str, scope: str, after: bytes, up_to: bytes, limit: int
) -> list[tuple[bytes, bytes, bytes | None]]:
    """``(id, stamp, field_stamps)`` of a scope's rows after one id and up to another, in id order."""
    dialect = connection.dialect.name
    mark = "%s" if dialect == "postgresql" else "?"
    where = f"scope = {mark} AND id > {mark} AND id <= {mark}{_only(entity)}"
    query = f"SELECT id, stamp, field_stamps FROM {_source(entity)} WHERE {where} ORDER BY id LIMIT {limit:d}"  # noqa: S608 - names of our own tables
    bounds = (scope, stored_id(after, dialect), stored_id(up_to, dialect))
    back = from_stored(Kind.ID, dialect) or bytes
    return [(back(row[0]), bytes(row[1]), row[2]) for row in connection.exec_driver_sql(query, bounds)]


def stored_row(entity: str, dialect: str, record: Sequence[Any]) -> StoredRow:
    """A selected record as a row in wire values."""
    back = from_stored(Kind.ID, dialect)
    row_id, scope, stamp, author, marks, carried = record[:6]
    values = {
        name: convert(value) if convert is not None else value
        for name, convert, value in zip(
            shape_of(entity).names, _converters(entity, dialect), record[6:], strict=True
        )
    }
    if back is not None:
        row_id, author = back(row_id), back(author)
    return StoredRow(bytes(row_id), scope, bytes(stamp), author, marks, carried, values)


def update_row(
    connection: Connection,
    entity: str,
    row_id: bytes,
    values: dict[str, Any],
    marks: bytes | None,
    carried: bytes | None,
) -> None:
    """Write merged fields and the row's bookkeeping."""
    dialect = connection.dialect.name
    known = shape_of(entity).by_name
    mark = "%s" if dialect == "postgresql" else "?"
    names = ["field_stamps", "carried", *values]
    parameters: list[Any] = [marks, carried]
    for name, value in values.items():
        convert = to_stored(known[name].kind, dialect)
        parameters.append(value if convert is None else convert(value))
    settings = ", ".join(f'"{name}" = {mark}' for name in names)
    connection.exec_driver_sql(
        f"UPDATE {_source(entity)} SET {settings} WHERE id = {mark}{_only(entity)}",  # noqa: S608 - names of our own tables
        (*parameters, stored_id(row_id, dialect)),
    )


def delete_rows(connection: Connection, entity: str, row_ids: Sequence[bytes]) -> None:
    """Let go of rows that now lie in another scope; nothing else is ever deleted."""
    for part, condition in _in_parts(connection, row_ids):
        query = f"DELETE FROM {_source(entity)} WHERE id {condition}{_only(entity)}"  # noqa: S608 - names of our own tables
        connection.exec_driver_sql(query, part)


def _in_parts(connection: Connection, row_ids: Sequence[bytes]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Parameters and the condition that an id is among them; PostgreSQL takes all in one array, SQLite some hundred."""
    if connection.dialect.name == "postgresql":
        if row_ids:
            yield (f"{{{','.join([row_id.hex() for row_id in row_ids])}}}",), "= ANY(%s::uuid[])"
        return
    for at in range(0, len(row_ids), _IDS_A_QUERY):
        part = tuple(row_ids[at : at + _IDS_A_QUERY])
        yield part, f"IN ({', '.join('?' * len(part))})"
