"""A list in which rows are marked: Space marks or unmarks the row stood on, Ctrl+A all of them."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import Column, DataTable

MARKED, UNMARKED = "☑", "☐"


class MarkedTable(DataTable):
    """A table whose first column shows the mark. Signal ``marks_changed``.

    Args:
        key: what tells a row, so that marks survive reading the list again.
        markable: whether a row may be marked.
    """

    marks_changed = Signal()

    def __init__(
        self,
        kit: Kit,
        columns: Sequence[Column[Any]],
        name: str,
        key: Callable[[Any], Hashable],
        markable: Callable[[Any], bool] = lambda _row: True,
    ) -> None:
        self.marks: set[Hashable] = set()
        self._key, self._markable = key, markable
        mark = Column[Any]("", self._mark_of, 1)
        super().__init__(kit, [mark, *columns], name)
        self.horizontalHeader().setMinimumSectionSize(kit.look.px(32))
        self.clicked.connect(self._clicked)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; marks of rows that are gone are dropped."""
        at = self.currentIndex().row()
        super().set_rows(rows)
        self.marks &= {self._key(row) for row in rows if self._markable(row)}
        if 0 < at < len(rows):
            self.setCurrentIndex(self.rows_model.index(at, 0))
        self.marks_changed.emit()

    def marked_rows(self) -> list[Any]:
        """The marked rows in the order shown."""
        return [row for row in self.rows_model.rows if self._key(row) in self.marks]

    def mark_all(self, *, marked: bool = True) -> None:
        """Mark every row that may be, or none."""
        rows = self.rows_model.rows if marked else []
        self.marks = {self._key(row) for row in rows if self._markable(row)}
        self._repaint()

    def toggle(self, row: Any) -> None:
        """Mark or unmark a row."""
        if self._markable(row):
            self.marks ^= {self._key(row)}
            self._repaint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks and goes to the next row, so that a list is marked by one key a row."""
        row = self.current_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.toggle(row)
            below = self.currentIndex().row() + 1
            if below < len(self.rows_model.rows):
                self.setCurrentIndex(self.rows_model.index(below, 0))
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mark_all(marked=not self.marks)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: Any) -> None:
        if index.column() == 0:
            self.toggle(self.rows_model.rows[index.row()])

    def _mark_of(self, row: Any) -> str:
        if not self._markable(row):
            return ""
        return MARKED if self._key(row) in self.marks else UNMARKED

    def _repaint(self) -> None:
        last = len(self.rows_model.rows) - 1
        if last >= 0:
            self.rows_model.dataChanged.emit(self.rows_model.index(0, 0), self.rows_model.index(last, 0))
        self.marks_changed.emit()
