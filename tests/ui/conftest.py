"""A dressed application and kits for both languages."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look


@pytest.fixture(autouse=True)
def old_windows_are_gone(qapp: QApplication) -> None:
    """Let Qt delete the windows of earlier tests; dressing the application would dress them all again."""
    assert qapp is not None
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def kit(qapp: QApplication) -> Kit:
    """Arabic, light, comfortable."""
    made = kit_for(Preferences())
    apply_look(qapp, made.look)
    return made


@pytest.fixture
def english_kit(qapp: QApplication) -> Kit:
    """English, light, comfortable."""
    made = kit_for(Preferences(language="en"))
    apply_look(qapp, made.look)
    return made
