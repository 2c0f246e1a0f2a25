"""A person at the keyboard: keys go to whatever has the focus, and nothing happens faster than the window answers.

The scripted day and the pictures are made with these hands, so both use the program as people do.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_SECONDS: Final = 20.0
_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class HandsWaitedError(Exception):
    """What was waited for did not come; says what."""


class Hands:
    """Types, waits and takes pictures. ``look`` gives the window that is shown now."""

    def __init__(self, look: Callable[[], QWidget | None]) -> None:
        self._look = look
        self.keys = 0

    @property
    def window(self) -> QWidget:
        """The window that is shown."""
        window = self._look()
        if window is None:
            raise HandsWaitedError("no window is shown")
        return window

    def wait(self, until: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Let the program work until something holds."""
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                raise HandsWaitedError(what)
            self.settle()
            time.sleep(0.002)
        self.settle()

    def settle(self) -> None:
        """Let the window answer what it was sent."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def focused(self) -> QWidget:
        """The widget that has the keyboard."""
        self.wait(lambda: QApplication.focusWidget() is not None, "nothing has the keyboard")
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        """Press one key a character, as a keyboard of that language does."""
        for character in text:
            plain = character.isascii() and (character.isdigit() or character == " ")
            self._send(Qt.Key(ord(character)) if plain else Qt.Key.Key_unknown, _PLAIN, character)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key that writes nothing; with a modifier it may be a shortcut of the window."""
        if modifiers == _PLAIN:
            self._send(key, modifiers, "")
            return
        self.keys += 1
        QTest.keyClick(self.focused(), key, modifiers)
        self.settle()

    def shortcut(self, text: str) -> None:
        """Press a shortcut by its portable name, such as ``Ctrl+K``."""
        pressed = QKeySequence(text)[0]  # type: ignore[index]  # the stubs do not know that it is a sequence
        self.press(pressed.key(), pressed.keyboardModifiers())

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return)

    def sign(self, paper: QWidget) -> None:
        """Draw one stroke over a surface."""
        width, height = paper.width(), paper.height()
        points = [QPoint(width * at // 10, height * (3 + at % 3) // 8) for at in range(2, 9)]
        QTest.mousePress(paper, Qt.MouseButton.LeftButton, _PLAIN, points[0])
        for point in points[1:]:
            QTest.mouseMove(paper, point)
        QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, _PLAIN, points[-1])
        self.settle()

    def picture(self, file: Path) -> None:
        """Save what the window shows as PNG."""
        self.settle()
        if not self.window.grab().save(str(file)):
            raise OSError(f"could not write {file.name}")

    def _send(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
        self.keys += 1
        widget = self.focused()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))
        self.settle()
