"""Type any text into a widget; pytest-qt's own ``keyClicks`` ends the process on Arabic letters."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    """Send each character as a key with its text, as a keyboard of that language does."""
    for character in text:
        _send(widget, Qt.Key.Key_unknown, character)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Press and release one key that has no text."""
    _send(widget, key, "", modifiers)


def _send(widget: QWidget, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    target = widget.focusProxy() or widget
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
