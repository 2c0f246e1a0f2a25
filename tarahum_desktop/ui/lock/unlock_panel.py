"""Choosing oneself and typing the passphrase."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.lock.passphrase_edit import PassphraseEdit
from tarahum_desktop.ui.lock.presenter import LockState, LockUser
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import hold_to_start, label


class UnlockPanel(QWidget):
    """Enter in the passphrase line unlocks."""

    def __init__(self, kit: Kit, unlock: Callable[[str, str], None], enrol: Callable[[], None]) -> None:
        super().__init__()
        self.kit, self._unlock = kit, unlock
        self._users: tuple[LockUser, ...] = ()
        self._preferred = ""
        self.choice: ChoiceField | None = None
        sizes, words = kit.look.sizes, kit.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_3)
        self._people = QVBoxLayout()
        box.addLayout(self._people)
        self._caption = label(words.t("Passphrase"))
        self.passphrase = PassphraseEdit(kit, words.t("Passphrase"))
        self._caption.setBuddy(self.passphrase)
        box.addWidget(self._caption)
        box.addWidget(self.passphrase)
        self.go = button(kit, words.t("Unlock"), self._submit, role="primary", icon="unlock")
        box.addSpacing(sizes.space_1)
        box.addWidget(self.go)
        other = button(kit, words.t("This machine is new: join with a code"), enrol, role="quiet")
        box.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        self.passphrase.edit.returnPressed.connect(self._submit)

    def show_state(self, state: LockState) -> None:
        """Show who there is, and whether one may try now."""
        if state.users != self._users:
            self._fill(state.users)
        may_try = not state.busy and not state.wait
        self.go.setEnabled(may_try)
        self.passphrase.setEnabled(not state.busy)
        if state.trouble and not state.busy:
            self.passphrase.clear()
            self.passphrase.setFocus()

    def prefer(self, login: str) -> None:
        """Offer a user first: only the passphrase is left to type."""
        self._preferred = login
        self._choose_preferred()

    def login(self) -> str:
        """Who was chosen; empty for nobody."""
        if len(self._users) == 1:
            return self._users[0].login
        return (self.choice.value() if self.choice else None) or ""

    def _fill(self, users: tuple[LockUser, ...]) -> None:
        self._users = users
        clear_layout(self._people)
        self.choice = None
        if len(users) == 1:
            self._people.addWidget(hold_to_start(self.kit, label(users[0].name, size="strong")))
        elif users:
            self._people.addWidget(label(self.kit.words.t("Who are you?")))
            self.choice = ChoiceField(self.kit, [Option(user.login, user.name) for user in users])
            self.choice.set_label(self.kit.words.t("Who are you?"))
            self.choice.finished.connect(self.passphrase.setFocus)
            self._people.addWidget(self.choice)
        self._choose_preferred()
        self.take_focus()

    def take_focus(self) -> None:
        """Stand where the next key belongs."""
        chosen = self.choice is None or self.choice.value() is not None
        (self.passphrase if chosen or self.choice is None else self.choice).setFocus()

    def _choose_preferred(self) -> None:
        if self.choice is not None and self._preferred:
            self.choice.set_value(self._preferred)

    def _submit(self) -> None:
        self._unlock(self.login(), self.passphrase.text())
