"""A row of views to choose from: one is always chosen; arrows move, as between options."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import PressButton, shown_on_button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout


class Tabs(QWidget):
    """Emits ``chose(value)``: the place of a tab, or the value it was given with."""

    chose = Signal(object)

    def __init__(self, kit: Kit, titles: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self._flow = FlowLayout(self, kit.look.sizes.space_2)
        self._group = QButtonGroup(self)
        self._values: list[Any] = []
        self.set_tabs([(title, place) for place, title in enumerate(titles)], 0)

    @property
    def chosen(self) -> Any:
        """The value of the chosen tab."""
        at = self._group.checkedId()
        return self._values[at] if 0 <= at < len(self._values) else 0

    def set_tabs(self, tabs: Sequence[tuple[str, Any]], chosen: Any) -> None:
        """Offer these instead."""
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear_layout(self._flow)
        self._values = [value for _title, value in tabs]
        for place, (title, value) in enumerate(tabs):
            made = PressButton(shown_on_button(title))
            made.setCheckable(True)
            made.setProperty("role", "option")
            made.setChecked(value == chosen)
            made.clicked.connect(lambda _checked=False, value=value: self.chose.emit(value))
            self._group.addButton(made, place)
            self._flow.addWidget(made)

    def choose(self, value: Any) -> None:
        """Choose a tab as a person does."""
        made = self._button(value)
        if made is not None:
            made.setChecked(True)
            self.chose.emit(value)

    def rename(self, value: Any, title: str) -> None:
        """Change what a tab says, such as its count."""
        made = self._button(value)
        if made is not None:
            made.setText(shown_on_button(title))
            self._flow.invalidate()

    def _button(self, value: Any) -> QPushButton | None:
        found = self._group.button(self._values.index(value)) if value in self._values else None
        return found if isinstance(found, QPushButton) else None
