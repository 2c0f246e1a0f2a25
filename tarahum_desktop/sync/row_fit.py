"""Fits rows that came from elsewhere to the tables of this program, and brings up to date what derives from them."""

from typing import Any

from sqlalchemy import Connection

from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import pack_carried, unpack_carried
from tarahum_desktop.sync.shapes import Field, shape_of, strange_name, wire_values_fit


def fit_to_shape(group: InsertGroup) -> tuple[InsertGroup, list[tuple[bytes | None, bytes | None]] | None]:
    """Check values against the table; fields of a newer program go to the side column."""
    known = shape_of(group.entity).by_name
    names, columns, strange = [], [], {}
    for name, column in zip(group.names, group.columns, strict=True):
        expected = known.get(name)
        if expected is None:
            strange[strange_name(name)[0]] = column
        elif not wire_values_fit(expected, column):
            raise BadBatch(code="value_unfit", entity=group.entity, field=name)
        else:
            names.append(name)
            columns.append(column)
    missing = [item.name for item in known.values() if not item.optional and item.name not in names]
    if missing:
        raise BadBatch(code="value_unfit", entity=group.entity, field=missing[0])
    if not strange:
        return group, None
    kept: list[tuple[bytes | None, bytes | None]] = [
        (
            None,
            pack_carried(
                {name: (column[row], stamp) for name, column in strange.items() if column[row] is not None}
            ),
        )
        for row, stamp in enumerate(group.stamps)
    ]
    fitted = InsertGroup(
        group.entity, tuple(names), group.sequences, group.row_ids, group.stamps, group.authors, columns
    )
    return fitted, kept


def take_up_carried(
    group: InsertGroup, kept: list[tuple[bytes | None, bytes | None]]
) -> tuple[InsertGroup, list[tuple[bytes | None, bytes | None]]]:
    """Fields that the maker of a page only carried become columns where this program knows them."""
    known = shape_of(group.entity).by_name
    carried = [unpack_carried(packed) for _, packed in kept]
    found = {name for fields in carried for name in fields} & known.keys()
    if not found:
        return group, kept
    columns = dict(zip(group.names, group.columns, strict=True))
    for name in sorted(found):
        column = list(columns.get(name) or [None] * len(kept))
        for row, fields in enumerate(carried):
            if name in fields and _fits(known[name], fields[name][0]):
                column[row] = fields.pop(name)[0]
        columns[name] = column
    together = InsertGroup(
        group.entity,
        tuple(columns),
        group.sequences,
        group.row_ids,
        group.stamps,
        group.authors,
        list(columns.values()),
    )
    return together, [(marks, pack_carried(fields)) for (marks, _), fields in zip(kept, carried, strict=True)]


def _fits(field: Field, value: Any) -> bool:
    return value is None or wire_values_fit(field, [value])


def reindex(connection: Connection, replica: Replica, entity: str, row_ids: list[bytes]) -> None:
    """Bring what is derived from these rows up to date."""
    for index in replica.indexes:
        if index.entity == entity and row_ids:
            index.refresh(connection, row_ids)
