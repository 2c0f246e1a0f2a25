"""The line above every screen: one box to find anything, the sync chip, and the person's own things."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from tarahum_desktop.ui.actions import ActionTable, shortcut_text
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import PressButton, put_icon, shown_on_button
from tarahum_desktop.ui.widgets.sync_chip import SyncChip

USER_MENU = (
    "window.theme", "window.contrast", "window.density", "window.zoom_in", "window.zoom_out",
    "window.language", "window.digits", "window.keys", "window.switch", "window.lock",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Who is working: the name shown and the role's words, already translated."""

    name: str
    role: str = ""


class Header(QFrame):
    """Its buttons run actions of the window's table."""

    def __init__(self, kit: Kit, person: Person, actions: ActionTable, open_sync: Callable[[], None]) -> None:
        super().__init__()
        self.kit, self._actions = kit, actions
        self.setProperty("role", "header")
        sizes = kit.look.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.space_5, sizes.space_2, sizes.space_5, sizes.space_2)
        row.setSpacing(sizes.space_2)
        self.search = self._search()
        self.chip = SyncChip(kit, open_sync)
        row.addWidget(self.search, 1)
        row.addWidget(self.chip)
        for action_id in ("window.language", "window.theme", "window.lock"):
            row.addWidget(self._icon_button(action_id))
        self._name = shown_on_button(person.name)
        self.user = self._user_button(person)
        row.addWidget(self.user)
        self.setMinimumWidth(kit.look.px(320))  # narrower than its words: it shortens them itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the chip first, then the person's name, where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self.kit.look.px(940)
        self.chip.be_brief(brief=narrow)
        find = self.kit.words.t("Find") if narrow else self.kit.words.t("Find anything")
        self.search.setText(f"{find}   Ctrl+K")
        self.user.setText(self._name if self.width() >= self.kit.look.px(680) else "")

    def _search(self) -> PressButton:
        words = self.kit.words
        made = PressButton(f"{words.t('Find anything')}   Ctrl+K")
        made.setProperty("role", "search")
        put_icon(made, self.kit.look, "search", self.kit.look.ink("soft"))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setMaximumWidth(self.kit.look.px(460))
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda _checked=False: self._actions.run("window.find"))
        return made

    def _icon_button(self, action_id: str) -> PressButton:
        action = next(action for action in self._actions if action.id == action_id)
        title = self.kit.words.t(action.title)
        made = PressButton()
        made.setProperty("role", "icon")
        put_icon(made, self.kit.look, action.icon, self.kit.look.ink("soft"))
        key = f" ({shortcut_text(action.shortcut)})" if action.shortcut else ""
        made.setToolTip(title + key)
        made.setAccessibleName(title)
        made.clicked.connect(lambda _checked=False: self._actions.run(action_id))
        return made

    def _user_button(self, person: Person) -> PressButton:
        made = PressButton(shown_on_button(person.name))
        made.setProperty("role", "quiet")
        put_icon(made, self.kit.look, "user", self.kit.look.ink("soft"))
        made.setToolTip(person.role)
        made.setAccessibleName(f"{person.name} {person.role}".strip())
        menu = QMenu(made)
        by_id = {action.id: action for action in self._actions}
        for action_id in USER_MENU:
            action = by_id[action_id]
            entry = menu.addAction(self.kit.look.icon(action.icon), self.kit.words.t(action.title))
            entry.triggered.connect(lambda _checked=False, action_id=action_id: self._actions.run(action_id))
        made.setMenu(menu)
        return made
