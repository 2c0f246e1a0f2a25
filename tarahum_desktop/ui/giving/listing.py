"""A table with its four states, and fields set side by side; what every panel of this screen is made of."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import DataTable

NARROW = 300


class Listing(StatePanel):
    """A table, or why it is empty and what to do."""

    def __init__(
        self,
        kit: Kit,
        table: DataTable,
        empty: tuple[str, str],
        again: Callable[[], None],
        icon: str = "inbox",
    ) -> None:
        super().__init__(kit, table)
        self.table, self._empty, self._again, self._icon = table, empty, again, icon
        self.setMinimumHeight(kit.look.px(110))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._known = False

    def wait(self) -> None:
        """Say that it is being read, unless something is shown already."""
        if not self._known:
            self.show_loading()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the rows, or that there are none."""
        self._known = True
        self.table.set_rows(rows)
        if rows:
            self.show_content()
        else:
            self.show_empty(*self._empty, icon=self._icon)

    def fail(self, sentence: str) -> None:
        """Say why there is no list, with a way to try again."""
        self._known = False
        self.show_error(sentence, self._again)


def side_by_side(kit: Kit, *fields: tuple[str, Field]) -> Reflow:
    """Fields with their words, in one line where there is room."""
    line = Reflow(kit, NARROW)
    for text, field in fields:
        line.add(FieldRow(kit, text, field), 1)
    return line


def column_of(kit: Kit, *widgets: QWidget, grow: QWidget | None = None) -> QWidget:
    """Widgets one below the other; ``grow`` takes the room that is left."""
    made = QWidget()
    made.setProperty("paper", "clear")
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(kit.look.sizes.space_3)
    for widget in widgets:
        box.addWidget(widget, 1 if widget is grow else 0)
    if grow is None:
        box.addStretch(1)
    return made
