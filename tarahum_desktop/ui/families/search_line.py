"""The line people type into: letters stay here, arrows and Enter go to the list below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from tarahum_desktop.ui.families.presenter import LONGEST_QUERY
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import DataTable

_WALKS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchLine(QLineEdit):
    """Emits ``entered`` on Enter; walks ``table`` without losing the keyboard."""

    entered = Signal()

    def __init__(self, kit: Kit, table: DataTable) -> None:
        super().__init__()
        self._table = table
        self.setMinimumHeight(kit.look.sizes.field_height)
        self.setMaxLength(LONGEST_QUERY)
        self.setPlaceholderText(kit.words.t("A name, an identity number, a mobile, a place or a file number"))
        self.setAccessibleName(kit.words.t("Find a family"))
        self.setClearButtonEnabled(False)
        self.addAction(kit.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what the list understands."""
        if event.key() in _WALKS:
            QApplication.sendEvent(self._table, event)
        elif event.key() in _ENTERS:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
