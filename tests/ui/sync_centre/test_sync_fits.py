"""Words of the sync centre fit, in both languages and at every zoom, while an exchange runs too."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.sync_state import SyncState
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.sync_centre.sync_world import NEW_MACHINE, STATE, World
from tests.ui.test_nothing_clipped import LOOKS, clipped

WARNED = replace(STATE, held_batches=2, open_conflicts=3)


@pytest.mark.parametrize("state", [WARNED, NEW_MACHINE], ids=["warned", "new"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("running", [False, True], ids=["idle", "running"])
def test_no_words_are_clipped(
    qtbot: QtBot, qapp: QApplication, look: Preferences, state: SyncState, *, running: bool
) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    world = World(kit, state)
    qtbot.addWidget(world.view)
    world.view.resize(1150, 700)
    world.view.open_with({})
    if running:
        world.view.presenter.exchange()
    world.view.show()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in world.view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []
