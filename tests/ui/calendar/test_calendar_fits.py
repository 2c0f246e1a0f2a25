"""Words of the calendar fit, in both languages and at every zoom."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.care.task_records import plan_contact
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.casework.worlds import TODAY, Office
from tests.ui.calendar.calendar_world import calendar_of
from tests.ui.test_nothing_clipped import LOOKS, clipped


@pytest.mark.parametrize("mode", ["day", "overdue", "workload"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(
    qtbot: QtBot, qapp: QApplication, office: Office, look: Preferences, mode: str
) -> None:
    plan_contact(office.desk(), office.case, "call", TODAY)
    plan_contact(office.desk(), office.case, "visit", TODAY - dt.timedelta(2))
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    view, _asked = calendar_of(kit, office, "supervisor")
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with({})
    view.presenter.filter(whose="all")
    view.presenter.choose_mode(mode)
    view.show()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []
