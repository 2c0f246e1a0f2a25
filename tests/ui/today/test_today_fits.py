"""Words of the day fit, in both languages and at every zoom."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.today import TodayBoard
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.today.day_world import EMPTY, FULL, LEADING, screen_of


@pytest.mark.parametrize("board", [FULL, LEADING, EMPTY], ids=["full", "leading", "empty"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, board: TodayBoard) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    view, _asked, _boards = screen_of(kit, board)
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with({})
    view.show()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []
