"""How the columns of a register are matched: as they were the last time with these headings, else as guessed."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.domain.import_columns import (
    Column,
    Layout,
    Mapped,
    guess_columns,
    guess_layout,
    missing_columns,
)
from tarahum_desktop.models import ImportMapping

_MAPPING: Any = ImportMapping.__table__
_NO_COLUMNS: Final[Mapped] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Matching:
    """How a sheet is read.

    Attributes:
        columns: field to zero-based column.
        layout: how rows make households.
        reason: why persons without an identity number have none, where the sheet does not say; empty to refuse them.
        remembered: whether it is of an earlier import with the same headings.
    """

    columns: Mapped = field(default_factory=lambda: _NO_COLUMNS)
    layout: Layout = Layout.BY_ROW
    reason: str = ""
    remembered: bool = False

    def to_document(self) -> dict[str, Any]:
        """Plain values for keeping."""
        columns = {column.value: at for column, at in self.columns.items()}
        return {"columns": columns, "layout": self.layout.value, "reason": self.reason}


def read_matching(document: Any, *, remembered: bool = True) -> Matching:
    """The matching a document keeps; fields of a newer program are passed over."""
    known = {column.value: column for column in Column}
    columns = {known[name]: int(at) for name, at in document["columns"].items() if name in known}
    return Matching(columns, Layout(document["layout"]), str(document["reason"]), remembered)


def suggest_matching(desk: Desk, file: RegisterFile) -> Matching:
    """The remembered matching of these headings, else a guess."""
    query = select(_MAPPING.c.mapping).where(_MAPPING.c.fingerprint == file.fingerprint)
    with desk.reading() as connection:
        kept = connection.execute(query).scalar_one_or_none()
    if kept is not None and any(file.headings):
        return read_matching(kept)
    columns = guess_columns(file.headings, [row.cells for row in file.rows[:60]])
    return Matching(columns, guess_layout(columns))


def remember_matching(desk: Desk, file: RegisterFile, matching: Matching) -> None:
    """Keep a matching on this machine for the next sheet with these headings."""
    if not any(file.headings):
        return
    values = {"mapping": matching.to_document(), "used_at": desk.now()}
    statement = insert(_MAPPING).values(fingerprint=file.fingerprint, **values)
    with desk.replica.engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=["fingerprint"], set_=values))


def require_matching(file: RegisterFile, matching: Matching) -> None:
    """Raise ImportRefused when no name is matched, or households cannot be told apart as wished."""
    columns = matching.columns
    if missing_columns(columns) or any(at >= len(file.headings) for at in columns.values()):
        raise ImportRefused("import_no_name_column")
    keys = {Column.HOUSEHOLD_KEY, Column.HEAD_ID}
    by_key, by_order = matching.layout is Layout.BY_KEY, matching.layout is Layout.BY_ORDER
    if (by_key and not keys & columns.keys()) or (by_order and Column.RELATION not in columns):
        raise ImportRefused("import_key_column_missing")
