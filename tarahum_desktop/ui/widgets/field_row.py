"""A field with its label above and one line below for help, doubt or refusal."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.labels import label, picture_label

_ICONS: dict[Tone, str] = {"danger": "danger", "attention": "warning", "info": "info"}


class FieldRow(QWidget):
    """Shows a field's label, whether it must be given, and what is said about its value."""

    def __init__(
        self, kit: Kit, text: str, field: Field, *, help_text: str = "", required: bool = False
    ) -> None:
        super().__init__()
        self.kit, self.field, self._help = kit, field, help_text
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_1)
        self.title = label(text, tone="text")
        self.title.setBuddy(field)
        head = QHBoxLayout()
        head.setSpacing(kit.look.sizes.space_1)
        head.addWidget(self.title)
        if required:
            head.addWidget(label(kit.words.t("(required)"), size="caption", tone="soft"))
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(field)
        self._icon = picture_label(kit, "info", size=16)
        self.line = label(help_text, size="caption", tone="soft", wraps=True)
        below = QHBoxLayout()
        below.setSpacing(kit.look.sizes.space_1)
        below.addWidget(self._icon)
        below.addWidget(self.line, 1)
        box.addLayout(below)
        box.addStretch(1)
        field.set_label(text)
        field.noted.connect(self._show)
        self._show(field.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; line edits and buttons pass it on once they have used it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _show(self, note: Note | None) -> None:
        tone: Tone = note.tone if note else "soft"
        self.line.setText(note.sentence if note else self._help)
        self.line.setVisible(bool(note or self._help))
        restyle(self.line, tone=tone)
        self._icon.setVisible(note is not None)
        if note is not None:
            self._icon.setPixmap(self.kit.look.picture(_ICONS.get(tone, "info"), tone, 16))
