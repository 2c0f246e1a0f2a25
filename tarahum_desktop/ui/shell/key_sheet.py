"""F1: every key that works now, made from the table of actions."""

from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.domain.text import isolate_code
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action, ActionTable, shortcut_text
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label

GENERAL_KEYS = (
    ("Enter", msgid("Go on")), ("Esc", msgid("Go back")), ("Tab", msgid("Next field")),
)  # fmt: skip


class KeySheet(QFrame):
    """A panel over the window; Esc or F1 closes it."""

    def __init__(self, kit: Kit, window: QWidget, actions: ActionTable) -> None:
        super().__init__(window)
        self.kit, self._window, self._actions = kit, window, actions
        self.setProperty("role", "palette")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        sizes = kit.look.sizes
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_5, sizes.space_4, sizes.space_5, sizes.space_5)
        head = QHBoxLayout()
        head.addWidget(label(kit.words.t("Keys"), size="title"), 1)
        head.addWidget(button(kit, kit.words.t("Close"), self.hide, role="quiet", icon="close"))
        box.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(sizes.space_5)
        self._grid.setVerticalSpacing(sizes.space_1)
        box.addLayout(self._grid)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the keys that work on the open screen."""
        clear_layout(self._grid)
        row = 0
        for group, actions in groupby(
            sorted(self._listed(), key=lambda action: action.group), lambda a: a.group
        ):
            if group:
                self._grid.addWidget(
                    label(self.kit.words.t(group), size="caption", tone="soft"), row, 0, 1, 4
                )
                row += 1
            for at, action in enumerate(actions):
                self._put(
                    shortcut_text(action.shortcut), self.kit.words.t(action.title), row + at // 2, at % 2
                )
            row = self._grid.rowCount()
        for at, (key, title) in enumerate(GENERAL_KEYS):
            self._put(key, self.kit.words.t(title), row + at // 2, at % 2)
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self._window.setFocus()
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        look = self.kit.look
        width = min(self._window.width() - look.px(48), max(self.sizeHint().width(), look.px(640)))
        self.resize(width, self.sizeHint().height())
        self.move((self._window.width() - width) // 2, look.px(64))

    def _listed(self) -> list[Action]:
        return [action for action in self._actions if action.shortcut]

    def _put(self, key: str, title: str, row: int, half: int) -> None:
        shown = label(isolate_code(key), size="strong", tone="accent")
        self._grid.addWidget(shown, row, half * 2)
        self._grid.addWidget(label(title), row, half * 2 + 1)
        self._grid.setColumnStretch(half * 2 + 1, 1)
