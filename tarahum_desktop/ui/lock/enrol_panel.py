"""How a machine that is not enrolled joins: the centre's address, a one-time code and a passphrase."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.lock.passphrase_edit import PassphraseEdit
from tarahum_desktop.ui.lock.presenter import LockState
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField

Enrol = Callable[[str, str, str, str, str], None]


class EnrolPanel(QWidget):
    """Enter in the last line joins; ``go_back`` is offered only where there is somebody to unlock as."""

    def __init__(self, kit: Kit, enrol: Enrol, go_back: Callable[[], None]) -> None:
        super().__init__()
        self._enrol = enrol
        words = kit.words
        self.server = LineField(kit, placeholder="https://", left_to_right=True)
        self.code = LineField(kit, left_to_right=True, limit=80)
        self.login = LineField(kit, left_to_right=True, limit=64)
        self.passphrase = PassphraseEdit(kit, words.t("New passphrase"))
        self.again = PassphraseEdit(kit, words.t("The passphrase once more"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_2)
        intro = words.t(
            "This machine is not enrolled yet. Your office gave you an address and a one-time code."
        )
        box.addWidget(label(intro, tone="soft", wraps=True))
        box.addWidget(FieldRow(kit, words.t("Address of the centre"), self.server))
        box.addWidget(FieldRow(kit, words.t("One-time code"), self.code))
        box.addWidget(FieldRow(kit, words.t("User name"), self.login))
        for text, edit in (
            (words.t("New passphrase"), self.passphrase),
            (words.t("The passphrase once more"), self.again),
        ):
            caption = label(text)
            caption.setBuddy(edit)
            box.addWidget(caption)
            box.addWidget(edit)
        hint = words.t("Choose several words you will remember. Nobody can look the passphrase up for you.")
        box.addWidget(label(hint, size="caption", tone="soft", wraps=True))
        self.go = button(kit, words.t("Join with this code"), self._submit, role="primary", icon="key")
        box.addWidget(self.go)
        self.back = button(kit, words.t("Back to unlocking"), go_back, role="quiet")
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        self.again.edit.returnPressed.connect(self._submit)

    def show_state(self, state: LockState) -> None:
        """Hold still while joining."""
        self.go.setEnabled(not state.busy)
        self.back.setVisible(bool(state.users))

    def _submit(self) -> None:
        fields = (self.server.value(), self.code.value(), self.login.value())
        self._enrol(*fields, self.passphrase.text(), self.again.text())
