"""Buttons with words and an icon; the platform's own dialog buttons are never used."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
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
        put_icon(made, kit.look, icon, _ink(kit.look, role))
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


def put_icon(made: QPushButton, look: Look, name: str, colour: str) -> None:
    """Give a button its icon, with room between icon and words; call it after the words are set."""
    gap = look.sizes.space_2 if made.text() else 0
    made.setIcon(look.icon_in(name, colour, gap))
    made.setIconSize(QSize(look.sizes.icon + gap, look.sizes.icon))


def _ink(look: Look, role: Role) -> str:
    return {"primary": look.colours.on_accent, "danger": look.colours.on_danger}.get(role, look.ink("soft"))
