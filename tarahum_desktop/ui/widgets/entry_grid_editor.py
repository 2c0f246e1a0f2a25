"""The line in the cell that is being typed in, with the rest of a common word offered behind the cursor."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridModel

AnyIndex = QModelIndex | QPersistentModelIndex


class CellEdit(QLineEdit):
    """Signals ``typed(text)`` with what the person wrote, never with what is only offered."""

    typed = Signal(str)

    def __init__(self, kit: Kit, column: GridColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._rest = column.rest
        self._offered = 0
        self.setMaxLength(column.limit)
        self.setPlaceholderText(column.hint)
        self.setAccessibleName(column.title)
        if column.code:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            side = Qt.AlignmentFlag.AlignRight if kit.look.right_to_left else Qt.AlignmentFlag.AlignLeft
            self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._on_edited)

    def written(self) -> str:
        """The text without what is offered."""
        text = self.text()
        return text[: len(text) - self._offered] if self._offered else text

    def take_offer(self) -> bool:
        """Write the offered rest and a space behind it; False when nothing is offered."""
        if not self._offered:
            return False
        self._offered = 0
        self.setText(f"{self.text()} ")
        self.typed.emit(self.text())
        return True

    def drop_offer(self) -> None:
        """Leave only what was written."""
        if self._offered:
            kept = self.written()
            self._offered = 0
            self.setText(kept)

    def show_stored(self, text: str) -> None:
        """Show a stored text unless it is what is written."""
        if text != self.written():
            self._offered = 0
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that takes letters away must not bring an offer back at once."""
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        rest, self._rest = self._rest, (lambda _typed: "") if erases else self._rest
        super().keyPressEvent(event)
        self._rest = rest

    def _on_edited(self, text: str) -> None:
        self._offered = 0
        rest = self._rest(text) if self.cursorPosition() == len(text) else ""
        if rest and len(text) + len(rest) < self.maxLength():
            self.setText(text + rest)
            self.setSelection(len(text), len(rest))
            self._offered = len(rest)
        self.typed.emit(text)


class CellDelegate(QStyledItemDelegate):
    """Opens a ``CellEdit`` and hands its keys to the grid before Qt's own idea of Tab and Enter."""

    def __init__(
        self, kit: Kit, typed: Callable[[str], None], press: Callable[[QKeyEvent], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._kit, self._typed, self._press = kit, typed, press

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line for the cell."""
        model = index.model()
        assert isinstance(model, GridModel)
        made = CellEdit(self._kit, model.columns[index.column()], parent)
        made.typed.connect(self._typed)
        return made

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show what is stored, as after an answer that filled the cell."""
        assert isinstance(editor, CellEdit)
        editor.show_stored(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, _index: AnyIndex) -> None:
        """Everything was told as it was typed."""
        assert isinstance(editor, CellEdit)
        editor.drop_offer()

    def eventFilter(self, _editor: QObject, event: QEvent) -> bool:
        """Keys belong to the grid first; an editor that loses the focus stays open."""
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._press(event)
        return False
