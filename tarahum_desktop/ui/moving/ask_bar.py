"""Asks what a decision still needs, below the list it is about: for whom, and why. Esc closes it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField

Given = Callable[[str, str], None]


class AskBar(Card):
    """Hidden until ``ask``. Gives the chosen code (empty when nothing is to be chosen) and the reason.

    ``on_turn`` hears whether it asks, so that what could be pressed before makes room.
    """

    def __init__(self, kit: Kit, on_turn: Callable[[bool], None]) -> None:
        super().__init__(kit)
        self.kit, self._on_turn = kit, on_turn
        self._given: Given | None = None
        self._needs_reason = False
        self.choice: ChoiceField | None = None
        self.title = label("", size="strong", wraps=True)
        self.banner = Banner(kit)
        self.add(self.title)
        self.add(self.banner)
        self._row = QHBoxLayout()
        self._row.setSpacing(kit.look.sizes.space_3)
        self._place = QVBoxLayout()
        self.reason = LineField(kit, limit=400)
        self.reason.edit.returnPressed.connect(self.submit)
        self._row.addLayout(self._place, 2)
        self._row.addWidget(self.reason, 3)
        self.go = button(kit, "…", self.submit, role="primary", icon="check")
        self.stop = button(kit, kit.words.t("Cancel"), self.close_bar)
        self._row.addWidget(self.go)
        self._row.addWidget(self.stop)
        self.body.addLayout(self._row)
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether something is being asked."""
        return self._given is not None

    def ask(
        self, title: str, action: str, given: Given, options: Sequence[Option] = (), *, needs_reason: bool
    ) -> None:
        """Ask; with ``options`` also for whom."""
        words = self.kit.words
        self._given, self._needs_reason = given, needs_reason
        self.title.setText(title)
        self.go.setText(action)
        hint = words.t("Reason") if needs_reason else words.t("Reason, if you wish")
        self.reason.edit.setPlaceholderText(hint)
        self.reason.set_label(hint)
        self.reason.set_value("")
        self.banner.clear()
        self._offer(options)
        self._on_turn(True)
        self.show()
        first: QWidget = self.choice or self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Give what was asked for, or say what is missing."""
        if self._given is None:
            return
        words = self.kit.words
        chosen = self.choice.value() if self.choice is not None else ""
        if chosen is None and self.choice is not None:
            self.banner.say(words.t("Please choose first."), "attention")
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._needs_reason and not self.reason.value():
            self.banner.say(words.t("Please say why, in a few words."), "attention")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._given(chosen or "", self.reason.value())

    def refuse(self, sentence: str) -> None:
        """Say why it could not be done; what was typed stays."""
        self.banner.say(sentence, "danger")

    def close_bar(self) -> None:
        """Ask nothing any more."""
        if self.asking:
            self._given = None
            self.hide()
            self._on_turn(False)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the bar."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.asking:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.close_bar()
                return True
        return super().event(event)

    def _offer(self, options: Sequence[Option]) -> None:
        if self.choice is not None:
            self._place.removeWidget(self.choice)
            self.choice.deleteLater()
            self.choice = None
        if options:
            self.choice = ChoiceField(self.kit, options)
            self.choice.set_label(self.kit.words.t("Choose…"))
            self._place.addWidget(self.choice)
