"""Ctrl+K: one box for screens, commands, families, people, ids and telephones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import clean, isolate_code
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.actions import ActionTable, shortcut_text
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.worker import Background

LONGEST_QUERY = 100
MOST_FOUND = 12


@dataclass(frozen=True)
class Found:
    """One line of the box: words, a quieter second part, an icon, and what Enter does."""

    text: str
    detail: str
    icon: str
    run: Callable[[], None]


class FindRecords(Protocol):
    """Finds records for typed text; runs on the worker and returns at most ``MOST_FOUND`` lines."""

    def __call__(self, typed: str) -> Sequence[Found]:
        """Search by name as heard, id, telephone or file number."""


class CommandBox(QFrame):
    """A panel over the window, not a dialog: Esc closes it and nothing is lost."""

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        actions: ActionTable,
        find: FindRecords | None,
        background: Background,
    ) -> None:
        super().__init__(window)
        self.kit, self._window, self._actions = kit, window, actions
        self._find, self._background = find, background
        self._entries: list[Found] = []
        self._looking = self._enter_waits = False
        self.setProperty("role", "palette")
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST_QUERY)
        self.edit.setPlaceholderText(kit.words.t("Type a name, an id, a phone, a file number or a command"))
        self.edit.setAccessibleName(kit.words.t("Find"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.notice = label("", tone="soft", wraps=True)
        sizes = kit.look.sizes
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_4, sizes.space_4, sizes.space_4, sizes.space_3)
        box.setSpacing(sizes.space_2)
        for widget in (self.edit, self.notice, self.list):
            box.addWidget(widget)
        self.edit.textChanged.connect(self._on_typed)
        self.edit.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run_current())
        self.hide()

    def open(self) -> None:
        """Show the box in the upper middle of the window, empty and ready."""
        width = min(self.kit.look.px(640), self._window.width() - self.kit.look.px(48))
        height = min(self.kit.look.px(460), self._window.height() - self.kit.look.px(96))
        self.setGeometry((self._window.width() - width) // 2, self.kit.look.px(64), width, height)
        self.edit.clear()
        self._on_typed("")
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_box(self) -> None:
        """Hide it."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list while the typing goes on; leaving the box closes it."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._left(event.reason())
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self._window.setFocus()
            self.hide()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            last = self.list.count() - 1
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current()
        else:
            return super().eventFilter(watched, event)
        return True

    def _left(self, reason: Qt.FocusReason) -> None:
        """Close when the person goes elsewhere; a screen that was read meanwhile does not take the keyboard away."""
        if reason is Qt.FocusReason.OtherFocusReason:
            QTimer.singleShot(0, self, self._stay)
        else:
            self.hide()

    def _stay(self) -> None:
        if self.isVisible():
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, text: str) -> None:
        typed = clean(text)
        searching = self._looking = self._find is not None and bool(typed)
        self._enter_waits = False
        self._show(self._commands(typed), searching=searching)
        if self._find is not None and typed:
            find = self._find
            self._background.query(
                lambda: list(find(typed)),
                lambda found: self._found([*found, *self._commands(typed)]),
                self._failed,
                replaces="find",
            )

    def _found(self, entries: Sequence[Found]) -> None:
        self._looking = False
        self._show(entries)
        if self._enter_waits and self.isVisible():
            self._run_current()

    def _failed(self, error: TarahumError) -> None:
        self._looking = self._enter_waits = False
        self.notice.setText(error_sentence(self.kit.words, error))

    def _commands(self, typed: str) -> list[Found]:
        words = self.kit.words
        return [
            Found(
                words.t(action.title),
                isolate_code(shortcut_text(action.shortcut)) if action.shortcut else "",
                action.icon or "next",
                action.run,
            )
            for action in self._actions.found(words, typed)
            if action.id != "window.find"
        ]

    def _show(self, entries: Sequence[Found], *, searching: bool = False) -> None:
        self._entries = list(entries)[: MOST_FOUND * 2]
        self.list.clear()
        for entry in self._entries:
            text = f"{entry.text}   {entry.detail}" if entry.detail else entry.text
            self.list.addItem(QListWidgetItem(self.kit.look.icon(entry.icon), text))
        self.list.setCurrentRow(0)
        words = self.kit.words
        nothing = words.t("Nothing found. Try fewer letters, or another spelling.")
        self.notice.setText(words.t("Searching…") if searching else nothing)
        self.notice.setVisible(not self._entries)

    def _run_current(self) -> None:
        if self._looking and not self._entries:
            self._enter_waits = True  # whoever types faster than the answer means what is typed
            return
        at = self.list.currentRow()
        if 0 <= at < len(self._entries):
            self._window.setFocus()
            self.hide()
            self._entries[at].run()
