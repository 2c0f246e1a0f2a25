"""Words of the corrections fit, in both languages and at every zoom."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.amending.ports import AmendingPorts
from tarahum_desktop.ui.amending.view import AmendingView
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.amending.test_amending_screen import Office, correction
from tests.ui.test_nothing_clipped import LOOKS, cut
from tests.ui.today.day_world import Asked, context_of


@pytest.mark.parametrize("waiting", [0, 2], ids=["empty", "full"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, waiting: int) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    office = Office(*(correction() for _one in range(waiting)))
    ports = AmendingPorts(office.read, list, lambda _list, code: code, office.approve, office.reject)
    view = AmendingView(context_of(kit, Asked()), ports)
    qtbot.addWidget(view)
    view.resize(1150, 710)
    view.show()
    view.open_with({})
    assert cut(view) == []
