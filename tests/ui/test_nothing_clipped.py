"""Words fit and everything that takes keys has a name, in both languages, densities and at every zoom."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.lock.presenter import LockServices, LockUser
from tarahum_desktop.ui.lock.view import LockScreen
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Immediate
from tests.ui.gallery import GalleryScreen

LOOKS = [
    Preferences(),
    Preferences(language="en"),
    Preferences(density="compact"),
    Preferences(zoom=150, theme="dark"),
    Preferences(zoom=200, theme="contrast"),
]
KINDS = ["fields", "lists", "matrix", "lock", "enrol"]


def window_of(kind: str, preferences: Preferences, qapp: QApplication) -> QWidget:
    kit = kit_for(preferences)
    apply_look(qapp, kit.look)
    if kind in {"lock", "enrol"}:
        users = (
            [LockUser("noura", "نورة القحطاني"), LockUser("sara", "سارة الشمري")] if kind == "lock" else []
        )
        services = LockServices(lambda: users, lambda _login, _passphrase: None, lambda _wanted: None)
        return LockScreen(kit, Immediate(), services, lambda _opened: None)
    spec = ScreenSpec("today", "Today", "today", lambda context: GalleryScreen(context, kind))
    parts = WindowParts(
        kit, preferences, [spec], Person("نورة القحطاني"), Immediate, lambda: None, lambda _chosen: None
    )
    window = MainWindow(parts)
    window.open_screen("today")
    return window


@pytest.fixture(
    params=[(kind, look) for kind in KINDS for look in LOOKS], ids=lambda pair: f"{pair[0]}-{pair[1]}"
)
def window(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    made = window_of(*request.param, qapp)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    for _round in range(3):
        qapp.processEvents()
    return made


def clipped(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
        needed = widget.fontMetrics().horizontalAdvance(widget.text())
        return widget.contentsRect().width() < needed or widget.height() < widget.fontMetrics().height()
    if isinstance(widget, QAbstractButton) and widget.text() and widget.property("role") != "search":
        return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height()
    if isinstance(widget, QLineEdit | QComboBox):
        return not widget.parentWidget().rect().contains(widget.geometry())
    return False


def cut(view: QWidget) -> list[str]:
    """The words of a shown screen that do not fit, once it has settled."""
    for _round in range(3):
        QApplication.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    return [
        widget.accessibleName() or getattr(widget, "text", str)() for widget in visible if clipped(widget)
    ]


def test_no_words_are_clipped(window: QWidget) -> None:
    assert cut(window) == []


def test_everything_that_takes_keys_has_a_name(window: QWidget) -> None:
    kinds = (QPushButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView)
    nameless = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text()))
    ]
    assert nameless == []
