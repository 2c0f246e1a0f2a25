"""A table inside a page: as high as its rows, as wide as its words need, and quiet until it has the keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView

from tarahum_desktop.ui.family.fit import fitted
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import Column, DataTable

MOST_ROWS = 8
_MEASURED_ROWS = 60


class QuietTable(DataTable):
    """Marks its current row only while it has the keyboard: a page of tables must not look like a page of choices.

    Args:
        kit: words and look.
        columns: as in ``DataTable``.
        name: for screen readers.
        rows: what is shown.
        most: how many rows are shown without scrolling.
    """

    def __init__(
        self, kit: Kit, columns: Sequence[Column[Any]], name: str, rows: Sequence[Any], most: int = MOST_ROWS
    ) -> None:
        super().__init__(kit, columns, name)
        self._padding = 2 * kit.look.sizes.space_1 + kit.look.px(8)
        self.setProperty("role", "inside")
        self.set_rows(rows)
        self.clearSelection()
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row_height = kit.look.sizes.row_height
        self.setFixedHeight(row_height * (min(len(rows), most) + 1) + kit.look.px(2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        # Qt's own selectRow finds no row in a right-to-left table.
        row = max(0, self.currentIndex().row())
        self.setCurrentIndex(self.rows_model.index(row, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Become quiet; the place is kept."""
        super().focusOutEvent(event)
        self.clearSelection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column what its words need."""
        QTableView.resizeEvent(self, event)
        columns = self.rows_model.columns
        needs = [self._need(column) for column in columns]
        widths = fitted(needs, [column.stretch for column in columns], self.viewport().width())
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def _need(self, column: Column[Any]) -> int:
        metrics, head = QFontMetrics(self.font()), QFontMetrics(self.horizontalHeader().font())
        texts = [column.text(row) for row in self.rows_model.rows[:_MEASURED_ROWS]]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(widest, head.horizontalAdvance(column.title)) + self._padding
