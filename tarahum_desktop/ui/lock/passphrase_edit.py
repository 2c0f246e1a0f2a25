"""A line for a passphrase, with a button to look at it: typing blind in two alphabets fails often."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button

LONGEST_PASSPHRASE = 256


class PassphraseEdit(QWidget):
    """``text()`` is what was typed, untouched."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self.kit = kit
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST_PASSPHRASE)
        self.edit.setAccessibleName(name)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(kit.look.sizes.space_2)
        row.addWidget(self.edit, 1)
        self._peek = button(kit, "", self._turn, role="quiet")
        row.addWidget(self._peek)
        self.setFocusProxy(self.edit)
        self._hide(hidden=True)

    def text(self) -> str:
        """The passphrase."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed and hide the next one."""
        self.edit.clear()
        self._hide(hidden=True)

    def _turn(self) -> None:
        self._hide(hidden=self.edit.echoMode() == QLineEdit.EchoMode.Normal)

    def _hide(self, *, hidden: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self._peek.setText(self.kit.words.t("Show") if hidden else self.kit.words.t("Hide"))
