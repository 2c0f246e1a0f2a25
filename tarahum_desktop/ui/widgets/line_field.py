"""One line of text, cleaned when it is left; the parent of every field that is typed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tarahum_desktop.domain.text import clean
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.labels import label


class LineField(Field):
    """A line edit. ``value()`` is the cleaned text, empty when nothing was given.

    Args:
        kit: words and look.
        placeholder: an example in the reader's language.
        limit: the longest text taken, in characters.
        unit: a word shown after the edit, such as the currency.
        left_to_right: for numbers and codes, which keep their order inside Arabic.
    """

    def __init__(
        self,
        kit: Kit,
        *,
        placeholder: str = "",
        limit: int = 200,
        unit: str = "",
        left_to_right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self.edit = QLineEdit()
        self.edit.setMinimumHeight(kit.look.sizes.field_height)  # known before the style sheet is applied
        self.edit.setMaxLength(limit)
        self.edit.setPlaceholderText(placeholder)
        if left_to_right:
            self._keep_left_to_right()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(kit.look.sizes.space_2)
        row.addWidget(self.edit, 1)
        if unit:
            row.addWidget(label(unit, tone="soft"))
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self.settle)

    def value(self) -> Any:
        """The cleaned text; subclasses return their own type."""
        return clean(self.edit.text())

    def set_value(self, value: Any) -> None:
        """Show a stored value without telling anybody that it changed."""
        self.edit.setText(value or "")
        self._rejudge()

    def settle(self) -> None:
        """Clean what was typed, judge it and say that it may be saved."""
        if not self.edit.isModified():
            return
        self.edit.setText(self.normal(self.edit.text()))
        self.edit.setModified(False)
        self._rejudge()
        self.finished.emit()

    def normal(self, text: str) -> str:
        """The text as it is shown once left."""
        return clean(text)

    def judge(self, text: str) -> Note | None:
        """What to say about the text; nothing for plain lines."""
        del text
        return None

    def tell(self, note: Note | None) -> None:
        """Also outline the edit in red when the value cannot be kept."""
        wrong = "true" if note is not None and note.tone == "danger" else "false"
        if self.edit.property("wrong") != wrong:
            restyle(self.edit, wrong=wrong)
        self.edit.setAccessibleDescription(note.sentence if note else "")
        super().tell(note)

    def _on_edited(self) -> None:
        self.tell(None)  # nobody is told off in the middle of a word
        self.changed.emit()

    def _rejudge(self) -> None:
        text = self.edit.text()
        self.tell(self.judge(text) if text else None)

    def _keep_left_to_right(self) -> None:
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self.kit.look.right_to_left:
            self.edit.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            )
