"""A list of plain rows as a table: columns are data, the first one stands at the side reading begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.fitted_widths import fitted

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MEASURED_ROWS = 60
# The whole text is told when the mouse rests on a cell that is too narrow for it.
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its words, how a row is shown in it, its share of the room to spare, and perhaps a tone."""

    title: str
    text: Callable[[Row], str]
    stretch: int = 1
    tone: Callable[[Row], Tone] | None = None


class RowsModel(QAbstractTableModel):
    """Rows are whatever the query returned; nothing is copied into items."""

    def __init__(self, kit: Kit, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self._kit, self.columns = kit, tuple(columns)
        self.rows: list[Any] = []

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def append_rows(self, rows: Sequence[Any]) -> None:
        """Add rows at the end without losing the place."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and alignment of a cell."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in _TEXT_ROLES:
            return column.text(row)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone:
            return QColor(self._kit.look.ink(column.tone(row)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's words."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None


class DataTable(QTableView):
    """Signals ``opened(row)`` on Enter or double click and ``moved(row)`` when another row is current."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(
        self, kit: Kit, columns: Sequence[Column[Any]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.rows_model = RowsModel(kit, columns)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as everywhere
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # the columns share the width
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.look.sizes.row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setMinimumSectionSize(kit.look.px(60))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._on_moved)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows and stand on the first."""
        self.rows_model.set_rows(rows)
        self.fit()
        if rows:
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def current_row(self) -> Any | None:
        """The row stood on, or None."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each column what the words of its first rows need; the widest give way where there is too little room."""
        columns, kit = self.rows_model.columns, self._kit
        sizes = kit.look.sizes
        # as the style sheet has it
        side = sizes.space_1 if self.property("role") == "inside" else sizes.space_3
        padding = 2 * side + kit.look.px(8)
        metrics, head = QFontMetrics(self.font()), QFontMetrics(self.horizontalHeader().font())
        least, needs = self.horizontalHeader().minimumSectionSize(), []
        for column in columns:
            texts = [column.text(row) for row in self.rows_model.rows[:_MEASURED_ROWS]]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            needs.append(max(least, max(widest, head.horizontalAdvance(column.title)) + padding))
        widths = fitted(needs, [column.stretch for column in columns], self.viewport().width())
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def _on_moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(self.rows_model.rows[current.row()])
