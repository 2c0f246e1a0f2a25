"""Decisions that were taken back: the question is open again for as long as nobody has written the field since.

Taking back removes the ruling and writes the value shown before, in one flush and so with one stamp. While the field
still bears that stamp the question stands; any later edit of the field answers it. Nothing else has to be kept, and every
replica finds the same.
"""

import uuid
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.conflicts.record import CONFLICT, Met, read_detail, subject_parts
from tarahum_desktop.models import Ruling
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, read_rows
from tarahum_desktop.sync.shapes import shapes

_RULING: Any = Ruling.__table__


def reopened_questions(
    connection: Connection, rows: set[uuid.UUID] | None = None
) -> dict[tuple[str, uuid.UUID, str], tuple[StoredRow, Met]]:
    """The fields whose decision was taken back, with their row and the values that had met."""
    query = select(_RULING).where(_RULING.c.kind == CONFLICT, _RULING.c.removed_at.is_not(None))
    if rows is not None:
        query = query.where(_RULING.c.first_id.in_(list(rows)))
    found = {}
    for ruling in connection.execute(query.order_by(_RULING.c.id)):
        parts = subject_parts(ruling.subject)
        if parts is None:
            continue
        entity, row_id, field = parts
        row = read_rows(connection, entity, [row_id.bytes]).get(row_id.bytes)
        met = read_detail(shapes()[entity].by_name[field].kind, ruling.detail)
        if row is None or met is None:
            continue
        mark = unpack_marks(row.field_stamps).get(field)
        taken_back = unpack_marks(ruling.field_stamps).get("removed_at")
        if mark is not None and taken_back is not None and mark.stamp == taken_back.stamp:
            found[parts] = (row, met)
    return found
