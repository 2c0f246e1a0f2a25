"""Lists of the sync centre at their full height up to a limit, and columns that fold: the page scrolls, not the table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

MOST_ROWS_HIGH = 8
EMPTY_HEIGHT = 150


class Listing(Card):
    """``empty`` is what is said, with a hint, where there are no rows.

    Attributes:
        table: the list itself.
        panel: it, or why there is none.
    """

    def __init__(
        self,
        kit: Kit,
        title: str,
        icon: str,
        columns: Sequence[Column[Any]],
        empty: tuple[str, str],
        most_rows: int = MOST_ROWS_HIGH,
    ) -> None:
        super().__init__(kit, title, icon=icon)
        self._kit, self._icon, self._empty, self._most = kit, icon, empty, most_rows
        self.table = DataTable(kit, columns, title)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.panel = StatePanel(kit, self.table)
        self.add(self.panel)

    def fill(self, rows: Sequence[Any]) -> None:
        """Show the rows; the place in the list is kept where the same rows are shown again."""
        if not rows:
            self.panel.setFixedHeight(self._kit.look.px(EMPTY_HEIGHT))
            self.panel.show_empty(*self._empty, icon=self._icon)
            return
        stood = self.table.currentIndex().row()
        self.table.set_rows(rows)
        if 0 < stood < len(rows):
            self.table.setCurrentIndex(self.table.rows_model.index(stood, 0))
        row = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.panel.setFixedHeight(head + row * min(len(rows), self._most) + 4)
        self.panel.show_content()


def folding(kit: Kit, inside: QWidget) -> StatePanel:
    """The four states over a long column, which takes no height while it is not shown: the others stand at the top."""
    holder = QWidget()
    holder.setProperty("paper", "clear")
    down = QVBoxLayout(holder)
    down.setContentsMargins(0, 0, 0, 0)
    down.addWidget(inside)
    panel = StatePanel(kit, holder)
    panel.turned.connect(lambda state: inside.setVisible(state == "content"))
    return panel
