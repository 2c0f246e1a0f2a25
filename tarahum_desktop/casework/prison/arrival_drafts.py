"""Rows of the arrivals grid that are not on record yet: kept on this machine with each pause, one value a row.

They belong to whoever typed them; another user of the same machine neither reads nor loses them.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import DraftMissing
from tarahum_desktop.models import Draft, DraftField
from tarahum_desktop.models.ids import new_id

ARRIVALS_DRAFT: Final = "arrivals"
MOST_ROWS: Final = 2_500
_DRAFT: Any = Draft.__table__
_FIELD: Any = DraftField.__table__


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row as it was left, in its place in the grid."""

    row_id: uuid.UUID
    place: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptArrivals:
    """A person's unfinished rows for one facility."""

    draft_id: uuid.UUID
    rows: tuple[KeptRow, ...]


def open_arrivals(desk: Desk, facility_code: str) -> KeptArrivals:
    """The rows this person left unfinished for a facility; begins an empty draft where there is none."""
    now = desk.now()
    with desk.replica.engine.begin() as connection:
        found = connection.scalar(
            select(_DRAFT.c.id).where(
                _DRAFT.c.kind == ARRIVALS_DRAFT,
                _DRAFT.c.user_id == desk.user.id,
                _DRAFT.c.form_code == facility_code,
            )
        )
        if found is None:
            found = new_id()
            connection.execute(
                insert(_DRAFT),
                {
                    "id": found, "kind": ARRIVALS_DRAFT, "user_id": desk.user.id, "form_code": facility_code,
                    "form_version": 1, "begun_at": now, "changed_at": now,
                },
            )  # fmt: skip
        fields = connection.execute(select(_FIELD).where(_FIELD.c.draft_id == found))
        rows = [KeptRow(uuid.UUID(row.path), row.value["place"], row.value["cells"]) for row in fields]
    return KeptArrivals(found, tuple(sorted(rows, key=lambda row: row.place)))


def keep_rows(desk: Desk, draft_id: uuid.UUID, rows: Iterable[KeptRow]) -> None:
    """Keep rows as they are now; they have survived a power cut once this returns. Raises DraftMissing."""
    values = [
        {
            "draft_id": draft_id,
            "path": str(row.row_id),
            "value": {"place": row.place, "cells": dict(row.cells)},
        }
        for row in rows
    ]
    if not values:
        return
    with desk.replica.engine.begin() as connection:
        touched = connection.execute(
            update(_DRAFT)
            .where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
            .values(changed_at=desk.now(), last_path=values[-1]["path"])
        )
        if not touched.rowcount:
            raise DraftMissing
        statement = sqlite.insert(_FIELD)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["draft_id", "path"], set_={"value": statement.excluded.value}
            ),
            values,
        )


def discard_rows(desk: Desk, draft_id: uuid.UUID, row_ids: Iterable[str]) -> None:
    """Forget rows the clerk took out."""
    with desk.replica.engine.begin() as connection:
        drop_rows(connection, desk, draft_id, row_ids)


def drop_rows(connection: Connection, desk: Desk, draft_id: uuid.UUID, row_ids: Iterable[str]) -> None:
    """Forget rows in the caller's transaction; another person's draft is left alone."""
    own = select(_DRAFT.c.id).where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
    connection.execute(delete(_FIELD).where(_FIELD.c.draft_id.in_(own), _FIELD.c.path.in_(list(row_ids))))
