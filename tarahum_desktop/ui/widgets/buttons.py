"""Buttons with words and an icon; the platform's own dialog buttons are never used."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import Look

Role = Literal["plain", "primary", "danger", "quiet"]


def button(
    kit: Kit, text: str, on_press: Callable[[], None], *, role: Role = "plain", icon: str = ""
) -> QPushButton:
    """A button that also answers Enter when it has the focus."""
    made = PressButton(shown_on_button(text))
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        made.setIcon(_icon(kit.look, icon, role))
    made.clicked.connect(lambda _checked=False: on_press())
    return made


class PressButton(QPushButton):
    """A push button pressed by Enter as well as by the space bar."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Treat Enter like the space bar; Qt does so only inside dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def shown_on_button(text: str) -> str:
    """Text in which an ampersand is a letter and not a mnemonic."""
    return text.replace("&", "&&")


def _icon(look: Look, name: str, role: Role) -> QIcon:
    if role == "primary":
        return look.icon_in(name, look.colours.on_accent)
    if role == "danger":
        return look.icon_in(name, look.colours.on_danger)
    return look.icon(name)
