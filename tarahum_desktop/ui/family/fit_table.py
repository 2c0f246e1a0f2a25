"""A list whose columns are as wide as their words need; what does not fit is told whole beside the list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView

from tarahum_desktop.ui.family.fit import fitted
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import Column, DataTable

_MEASURED_ROWS = 60


class FitTable(DataTable):
    """Shares its width by need instead of by fixed shares."""

    def __init__(self, kit: Kit, columns: Sequence[Column[Any]], name: str) -> None:
        super().__init__(kit, columns, name)
        self._kit = kit

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column what its words need."""
        QTableView.resizeEvent(self, event)
        self.fit()

    def fit(self) -> None:
        """Measure again; call it when the rows changed."""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns, kit = self.rows_model.columns, self._kit
        sizes = kit.look.sizes
        side = (
            sizes.space_1 if self.property("role") == "inside" else sizes.space_3
        )  # as the style sheet has it
        padding = 2 * side + kit.look.px(8)
        metrics, head = QFontMetrics(self.font()), QFontMetrics(self.horizontalHeader().font())
        needs = []
        for column in columns:
            texts = [column.text(row) for row in self.rows_model.rows[:_MEASURED_ROWS]]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            needs.append(max(widest, head.horizontalAdvance(column.title)) + padding)
        widths = fitted(needs, [column.stretch for column in columns], self.viewport().width())
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
