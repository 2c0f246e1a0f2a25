"""Keeps each edit of each field as this replica saw it, so that a file can say who changed what, when, from what.

Only desktops keep it: the centre has the log itself. What a snapshot brought has no past here but its last edit.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import FieldHistory
from tarahum_desktop.sync.row_state import pack_value

_HISTORY: Any = FieldHistory.__table__
_ROWS_A_STATEMENT = 500


class HistoryBook:
    """Edits noted during one flush or one merge; ``save`` writes them in the same transaction."""

    def __init__(self) -> None:
        self._edits: list[dict[str, Any]] = []

    def note(
        self,
        entity: str,
        row_id: bytes,
        field: str,
        stamp: bytes,
        author: bytes | None,
        values: tuple[Any, Any],
    ) -> None:
        """Note one edit; ``values`` are the wire values before and after, None for empty or not known."""
        before, after = values
        self._edits.append(
            {
                "row_id": UUID(bytes=row_id),
                "field": field,
                "stamp": stamp,
                "entity": entity,
                "author": UUID(bytes=author) if author else None,
                "before": None if before is None else pack_value(before),
                "after": None if after is None else pack_value(after),
            }
        )

    def save(self, connection: Connection) -> None:
        """Write what was noted; an edit that came before by another way is there already."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        for part in _parts(self._edits):
            connection.execute(dialect.insert(_HISTORY).on_conflict_do_nothing(), part)
        self._edits = []


def _parts(edits: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    for at in range(0, len(edits), _ROWS_A_STATEMENT):
        yield edits[at : at + _ROWS_A_STATEMENT]
