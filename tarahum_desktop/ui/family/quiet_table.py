"""A table inside a page: as high as its rows, as wide as its words need, and quiet until it has the keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTableView

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import Column, DataTable

MOST_ROWS = 8


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
        self.setProperty("role", "inside")
        self.set_rows(rows)
        self.clearSelection()
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
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
