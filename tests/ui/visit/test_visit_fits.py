"""Words of the visit form fit, in both languages and at every zoom, on each of its sections."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tests.domain.forms.study import visited
from tests.ui.test_nothing_clipped import LOOKS, cut
from tests.ui.visit.form_world import Store, World

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences) -> None:
    assert qapp is not None
    world = World(Store(visited()), size=(1366, 768), kit=kit_for(look))
    qtbot.addWidget(world.view)
    world.view.show()
    assert cut(world.view) == [], "while it is being opened"
    world.open()
    for section in world.presenter.document.sections:
        world.presenter.go(section.code)
        assert cut(world.view) == [], section.code


def test_no_words_are_clipped_where_a_draft_cannot_be_read(qtbot: QtBot) -> None:
    world = World(Store(visited()), size=(1366, 768), kit=kit_for(replace(Preferences(), zoom=200)))
    qtbot.addWidget(world.view)
    world.view.show()
    world.view.say("سبق إرسال هذه المسودة أو إلغاؤها. فضلًا افتح الملف من جديد.", "danger")
    assert world.view.states.state == "error"
    assert cut(world.view) == []


def test_columns_become_one_where_letters_are_half_as_large_again(qtbot: QtBot) -> None:
    world = World(Store(visited()), size=(1366 - 324, 681), kit=kit_for(replace(Preferences(), zoom=150)))
    qtbot.addWidget(world.view)
    world.open()
    for code in ("C", "F", "I"):
        world.presenter.go(code)
        QApplication.processEvents()
        page = world.view.page
        assert page is not None
        assert page.minimumSizeHint().width() <= world.view._scroll.viewport().width(), code
