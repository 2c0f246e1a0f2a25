"""A list with what is known of the row stood on, and what can be done about it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import DataTable


class ListPanel(Card):
    """A table, its empty state, a detail below it and buttons."""

    def __init__(
        self,
        kit: Kit,
        table: DataTable,
        detail: Callable[[Any], str],
        buttons: Sequence[QPushButton],
        empty: tuple[str, str],
    ) -> None:
        super().__init__(kit)
        self.table, self._detail, self._empty = table, detail, empty
        self.states = StatePanel(kit, table)
        self.add(self.states, 1)
        self.told = hold_to_start(kit, label("", tone="soft", wraps=True))
        self.add(self.told)
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_2)
        for made in buttons:
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        self.buttons = list(buttons)
        table.moved.connect(self._tell)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
            self._tell(self.table.current_row())
        else:
            self.states.show_empty(*self._empty)
            self.told.setText("")
        self.told.setVisible(bool(rows))
        for made in self.buttons:
            made.setVisible(bool(rows))

    def current(self) -> Any | None:
        """The row stood on."""
        return self.table.current_row()

    def make_room(self, *, asking: bool) -> None:
        """Take the buttons away while something is asked below."""
        for made in self.buttons:
            made.setVisible(not asking and self.states.state == "content")

    def take_focus(self) -> None:
        """Stand in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, row: Any) -> None:
        self.told.setText(self._detail(row) if row is not None else "")
