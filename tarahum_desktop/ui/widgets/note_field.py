"""A longer note of several lines; Tab leaves it, because a form is walked with the Tab key."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Field


class NoteField(Field):
    """``value()`` is the cleaned text of at most ``limit`` characters."""

    def __init__(
        self,
        kit: Kit,
        *,
        rows: int = 3,
        limit: int = 4000,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self._limit = limit
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * rows + kit.look.px(24))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.installEventFilter(self)
        self._quiet = False

    def value(self) -> str:
        """The cleaned text."""
        return clean_lines(self.edit.toPlainText())[: self._limit]

    def set_value(self, value: str | None) -> None:
        """Show a stored text."""
        self._quiet = True
        self.edit.setPlainText(value or "")
        self.edit.document().setModified(False)
        self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle when the focus leaves."""
        if event.type() == QEvent.Type.FocusOut and self.edit.document().isModified():
            self.edit.document().setModified(False)
            self.finished.emit()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.changed.emit()
