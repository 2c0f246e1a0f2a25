"""After an upgrade: what an older program only carried becomes fields and rows of the tables this one knows.

Stamps, authors and marks stay as they are, so the digests of the scopes do too. What an older program could not keep
faithfully (an id of the first format, which travels as a number) is left empty; comparing with the centre mends it.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from tarahum_desktop.models import HeldBatch, StrangeRow
from tarahum_desktop.models.migrations import HEAD
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import reindex, take_up_carried
from tarahum_desktop.sync.row_state import pack_carried, unpack_carried
from tarahum_desktop.sync.row_store import insert_rows, read_rows, update_row
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.shapes import Shape, shape_of, shapes, strange_name, wire_values_fit

ADOPTED_KEY: Final = "adopted"
_STRANGE: Any = StrangeRow.__table__
_HELD: Any = HeldBatch.__table__
_ROWS_AT_ONCE: Final = 500
_WAITS_FOR_UPGRADE: Final = "schema_newer"  # what programs before the third schema held such batches for


def adopt_after_upgrade(replica: Replica) -> None:
    """Once for each schema: take up what is known now, before anything else is read or written."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        if read_setting(connection, ADOPTED_KEY) == HEAD:
            return
    with replica.engine.begin() as connection:
        for entity, row_ids in adopt(connection).items():
            reindex(connection, replica, entity, row_ids)


def adopt(connection: Connection) -> dict[str, list[bytes]]:
    """Take up what is known now in the caller's transaction; returns the rows that changed, by table."""
    changed: dict[str, list[bytes]] = {}
    for shape in shapes().values():
        rows = [*_adopt_fields(connection, shape), *_adopt_rows(connection, shape.entity)]
        if rows:
            changed[shape.entity] = rows
    held = update(_HELD).where(_HELD.c.reason == _WAITS_FOR_UPGRADE).values(reason="batch_waiting")
    connection.execute(held)
    write_setting(connection, ADOPTED_KEY, HEAD)
    return changed


def _adopt_fields(connection: Connection, shape: Shape) -> Iterator[bytes]:
    query = select(shape.table.c.id).where(shape.table.c.carried.is_not(None))
    ids = [found.bytes for found in connection.execute(query).scalars()]
    for at in range(0, len(ids), _ROWS_AT_ONCE):
        for row_id, row in read_rows(connection, shape.entity, ids[at : at + _ROWS_AT_ONCE]).items():
            carried = {strange_name(name)[0]: kept for name, kept in unpack_carried(row.carried).items()}
            values = {}
            for name in sorted(carried.keys() & shape.by_name.keys()):
                value, _ = carried.pop(name)
                if value is not None and wire_values_fit(shape.by_name[name], [value]):
                    values[name] = value
            if values or pack_carried(carried) != row.carried:
                update_row(connection, shape.entity, row_id, values, row.field_stamps, pack_carried(carried))
                yield row_id


def _adopt_rows(connection: Connection, entity: str) -> list[bytes]:
    """Move the rows of a table that is known now into it; one that lacks what must not be empty stays aside."""
    adopted: list[bytes] = []
    query = select(_STRANGE).where(_STRANGE.c.entity == entity).order_by(_STRANGE.c.id)
    for row in connection.execute(query).all():
        group = InsertGroup(
            entity, (), [], [row.id.bytes], [row.stamp], [row.author.bytes if row.author else None], []
        )
        group, kept = take_up_carried(group, [(row.field_stamps, row.carried)])
        if _may_be_inserted(group):
            connection.execute(delete(_STRANGE).where(_STRANGE.c.entity == entity, _STRANGE.c.id == row.id))
            insert_rows(connection, row.scope, group, kept)
            adopted.append(row.id.bytes)
    return adopted


def _may_be_inserted(group: InsertGroup) -> bool:
    given = dict(zip(group.names, group.columns, strict=True))
    needed = [field.name for field in shape_of(group.entity).fields if not field.optional]
    return all(given.get(name, [None])[0] is not None for name in needed)
