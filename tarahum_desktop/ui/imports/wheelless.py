"""A list of fields that does not turn under the wheel: scrolling the columns must not change one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from tarahum_desktop.ui.kit import Kit


class ColumnChoice(QComboBox):
    """The field of a column; the first entry leaves the column out."""

    def __init__(self, kit: Kit, heading: str, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setMinimumHeight(kit.look.sizes.field_height)
        self.addItem(kit.words.t("(left out)"), "")
        for code, text in fields:
            self.addItem(text, code)

    def choose(self, code: str) -> None:
        """Show a field."""
        self.setCurrentIndex(max(self.findData(code), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
