"""Words fit on the screens of plans in both languages and at every zoom, and nothing is offered that is not there."""

import uuid

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.plans.minutes import Attendant, MinuteHead, describe_minute, open_minute
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.ui.plans.approvals_view import ApprovalsView
from tarahum_desktop.ui.plans.minute_screen import SITTING, MinuteView
from tarahum_desktop.ui.shell.screen import Screen
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.casework.plans.plan_world import ask, committee_desk, headquarters
from tests.casework.worlds import TODAY
from tests.ui.plans.plan_windows import PlanWindow
from tests.ui.test_nothing_clipped import LOOKS, clipped


def cut(view: QWidget) -> list[str]:
    for _round in range(3):
        QApplication.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    return [getattr(widget, "text", str)() for widget in visible if clipped(widget)]


def dressed(look, desk, qtbot: QtBot, qapp: QApplication) -> PlanWindow:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    shown = PlanWindow(kit, desk, look)
    qtbot.addWidget(shown.window)
    return shown


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(plans, look: Preferences, qtbot: QtBot, qapp: QApplication) -> None:
    ask(plans, amount=30_000)
    ask(plans, "BC-06", amount=900_000)
    supervisor = committee_desk(plans, "supervisor")
    shown = dressed(look, supervisor, qtbot, qapp)
    queue = shown.open("approvals")
    assert cut(queue) == []
    minute = open_minute(supervisor, ApprovalLevel.L1)
    describe_minute(supervisor, minute, MinuteHead(TODAY, "المقر", "هند", (Attendant("هند", "رئيسة"),)))
    sitting = shown.open("minute", minute=minute)
    assert isinstance(sitting, MinuteView)
    assert cut(sitting) == []
    sitting.tabs.choose(SITTING)
    assert cut(sitting) == []
    plan = shown.open("plan", household=plans.household)
    assert cut(plan) == []
    shown.run("plan.new")
    assert cut(plan) == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_of_the_catalogue_are_clipped(
    plans, look: Preferences, qtbot: QtBot, qapp: QApplication
) -> None:
    shown = dressed(look, headquarters(plans), qtbot, qapp)
    assert cut(shown.open("catalogue")) == []
    shown.run("catalogue.new")
    assert cut(shown.screen()) == []


def test_short_words_of_the_queue_are_whole_beside_long_names(kit, plans, qtbot) -> None:
    ask(plans, amount=30_000)
    shown = PlanWindow(kit, committee_desk(plans, "supervisor"))
    qtbot.addWidget(shown.window)
    table = shown.open("approvals").queue
    for at, column in enumerate(table.rows_model.columns[2:], start=2):
        needed = table.fontMetrics().horizontalAdvance(column.text(table.rows_model.rows[0]))
        assert table.columnWidth(at) > needed, column.title


def test_no_decision_is_offered_where_nothing_waits(kit, plans, qtbot) -> None:
    shown = PlanWindow(kit, committee_desk(plans, "supervisor"))
    qtbot.addWidget(shown.window)
    queue = shown.open("approvals")
    assert isinstance(queue, ApprovalsView)
    assert not queue.panel.isVisible()
    ask(plans, amount=30_000)
    assert shown.open("approvals").panel.isVisible()


def test_a_sitting_that_is_not_there_can_be_neither_decided_nor_signed(kit, plans, qtbot) -> None:
    shown = PlanWindow(kit, committee_desk(plans, "supervisor"))
    qtbot.addWidget(shown.window)
    sitting: Screen = shown.open("minute", minute=uuid.UUID(int=9))
    assert isinstance(sitting, MinuteView)
    assert sitting.states.state == "error"
    assert not sitting.panel.isVisible()
    assert [made.text() for made in (sitting._sign, sitting._rest, sitting._paper) if made.isVisible()] == []
