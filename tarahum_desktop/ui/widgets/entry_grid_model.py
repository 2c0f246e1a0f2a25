"""The rows and columns of an entry grid as data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.field import Note

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def as_typed(text: str) -> str:
    """A cell that is shown as it was typed."""
    return text


def no_rest(_typed: str) -> str:
    """A cell that suggests nothing."""
    return ""


@dataclass(frozen=True)
class GridColumn:
    """A column of an entry grid.

    Attributes:
        key: the name its cells have in a row.
        title: the words above it.
        share: its part of the width.
        writable: False for what is only shown.
        marks: key pressed → stored text; a column with marks takes one key a cell.
        show: stored text → what is shown.
        rest: what is left to write of the typed text, offered in the cell and taken with the forward arrow.
        hint: what an empty cell says, such as its default.
        by_tab: Enter passes it by, Tab stops there.
        code: keeps left-to-right order inside Arabic.
        centre: short marks stand in the middle.
    """

    key: str
    title: str
    share: int = 1
    writable: bool = True
    marks: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    show: Callable[[str], str] = as_typed
    rest: Callable[[str], str] = no_rest
    hint: str = ""
    by_tab: bool = False
    code: bool = False
    centre: bool = False
    limit: int = 200


@dataclass(frozen=True)
class GridRow:
    """A row: its cells as stored text, what is said about some of them, and whether it can still be written in."""

    id: str
    cells: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    notes: Mapping[str, Note] = field(default_factory=lambda: _NOTHING)
    open: bool = True


class GridModel(QAbstractTableModel):
    """Holds rows by place and by id."""

    def __init__(self, kit: Kit, columns: Sequence[GridColumn]) -> None:
        super().__init__()
        self.kit = kit
        self.columns = tuple(columns)
        self.rows: list[GridRow] = []
        self._places: dict[str, int] = {}

    def set_columns(self, columns: Sequence[GridColumn]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def set_rows(self, rows: Iterable[GridRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self._count()
        self.endResetModel()

    def append(self, rows: Sequence[GridRow]) -> None:
        """Add rows at the end."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self._count()
            self.endInsertRows()

    def replace_row(self, row: GridRow) -> None:
        """Show a row as it is now."""
        at = self._places.get(row.id)
        if at is not None and self.rows[at] != row:
            self.rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def remove(self, row_id: str) -> None:
        """Take a row out."""
        at = self._places.get(row_id)
        if at is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.rows[at]
            self._count()
            self.endRemoveRows()

    def place_of(self, row_id: str) -> int:
        """Where a row stands, -1 for nowhere."""
        return self._places.get(row_id, -1)

    def column_at(self, key: str) -> int:
        """Where a column stands, -1 for nowhere."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    def text(self, at: int, column: int) -> str:
        """The stored text of a cell."""
        return self.rows[at].cells.get(self.columns[column].key, "")

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells of open rows can be written in where their column allows it."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return usual
        column = self.columns[index.column()]
        typed = column.writable and not column.marks and self.rows[index.row()].open
        return usual | Qt.ItemFlag.ItemIsEditable if typed else usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour, alignment and what is said about a cell."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        stored, note = row.cells.get(column.key, ""), row.notes.get(column.key)
        if role == Qt.ItemDataRole.EditRole:
            return stored
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            shown = column.show(stored) if stored else column.hint if row.open else ""
            return self.kit.formats.code(shown) if column.code and shown else shown
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.kit.look.ink(self._tone(row, stored, note)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if column.centre else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return note.sentence if note else None
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Cells are written by the grid, which tells each key; an editor that closes has nothing left to write."""
        del index, value, role
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's words."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            centre = self.columns[section].centre
            side = Qt.AlignmentFlag.AlignHCenter if centre else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _tone(self, row: GridRow, stored: str, note: Note | None) -> Tone:
        if note is not None:
            return note.tone
        return "text" if stored and row.open else "soft"

    def _count(self) -> None:
        self._places = {row.id: at for at, row in enumerate(self.rows)}
