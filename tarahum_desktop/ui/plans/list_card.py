"""A list in a card whose widgets are made when it is first shown, so that the list before it is painted sooner."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import DataTable

Told = Callable[[StatePanel, DataTable], None]


class ListCard(QWidget):
    """Hears what there is at any time; ``build`` makes the list, with what was heard last standing on it."""

    def __init__(self, kit: Kit, make: Callable[[Kit], DataTable], opened: Callable[[Any], None]) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self.kit, self._make, self._opened = kit, make, opened
        self._made: tuple[StatePanel, DataTable] | None = None
        self._told: Told = lambda states, _table: states.show_loading()

    def build(self) -> None:
        """Make the list, once."""
        if self._made is not None:
            return
        table = self._make(self.kit)
        table.opened.connect(self._opened)
        states = StatePanel(self.kit, table)
        card = Card(self.kit)
        card.add(states, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self._made = states, table
        self._told(states, table)

    def wait(self) -> None:
        """It is being read."""
        self._tell(lambda states, _table: states.show_loading())

    def fail(self, sentence: str, again: Callable[[], None]) -> None:
        """It cannot be shown."""
        self._tell(lambda states, _table: states.show_error(sentence, again))

    def show_rows(self, rows: Sequence[Any], title: str, hint: str, icon: str) -> None:
        """Show these; without any, say ``title`` and ``hint``."""

        def told(states: StatePanel, table: DataTable) -> None:
            table.set_rows(rows)
            if rows:
                states.show_content()
            else:
                states.show_empty(title, hint, icon=icon)

        self._tell(told)

    def _tell(self, told: Told) -> None:
        self._told = told
        if self._made is not None:
            told(*self._made)
