"""Yes or no, said by one box."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import shown_on_button
from tarahum_desktop.ui.widgets.field import Field


class CheckField(Field):
    """``value()`` is a bool. Space changes it."""

    def __init__(self, kit: Kit, text: str, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.box = QCheckBox(shown_on_button(text))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self._clicked)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Show a stored answer; None shows as no."""
        self.box.setChecked(bool(value))

    def _clicked(self) -> None:
        self.changed.emit()
        self.finished.emit()
