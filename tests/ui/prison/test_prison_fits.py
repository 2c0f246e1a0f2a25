"""Words of the prison desk fit, in both languages and at every zoom, in each of its sections."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.prison.view import SECTIONS
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.casework.prison.prison_world import KNOWN_ID
from tests.casework.worlds import TODAY, new_office
from tests.ui.prison.prison_desk import PrisonDesk, course_of, crowd
from tests.ui.test_nothing_clipped import LOOKS, cut


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, tmp_path: Path) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    office = new_office(tmp_path / "vault")
    with office.vault:
        asking = PrisonDesk(qtbot, kit, office, chosen=False)
        assert cut(asking.view) == [], "which facility"
    office = new_office(tmp_path / "other")
    with office.vault:
        desk = PrisonDesk(qtbot, kit, office)
        course_of(office, crowd(office, 5), TODAY)
        desk.hands.type(KNOWN_ID)
        desk.hands.enter()
        for code, _title, _icon in SECTIONS:
            desk.view.open_section(code)
            assert cut(desk.view) == [], code
