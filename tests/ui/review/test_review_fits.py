"""Words of the review desk fit, in both languages and at every zoom, on each of its lists."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.review.parts import TABS, Tab
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.casework.two_offices import two_offices
from tests.ui.review.review_world import review_world
from tests.ui.test_nothing_clipped import LOOKS, clipped


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, tmp_path: Path) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    world = review_world(kit, two_offices(tmp_path))
    qtbot.addWidget(world.window)
    for tab in TABS:
        world.view.presenter.choose_tab(tab)
        assert cut(qapp, world.view) == [], tab
    merge: Tab = "pairs"
    world.view.presenter.choose_tab(merge)
    world.view.pair.ask()
    assert cut(qapp, world.view) == [], "the card that confirms a merge"


def cut(qapp: QApplication, view: QWidget) -> list[str]:
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    return [getattr(widget, "text", str)() for widget in visible if clipped(widget)]
