"""A dressed application and kits for both languages."""

import pytest
from PySide6.QtWidgets import QApplication

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look


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
