"""A family's plan and the queue, through real widgets."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.plans.board import plan_of
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.publish import rules_catalogue
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.models import PlanItem
from tarahum_desktop.ui.catalogue.view import CatalogueView
from tarahum_desktop.ui.plans.approvals_view import ApprovalsView
from tarahum_desktop.ui.plans.plan_view import PlanView
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.widgets.page import Page
from tests.casework.plans.plan_world import ask, committee_desk, headquarters, item_of, later, many
from tests.casework.worlds import SCOPE, STAFF, TODAY
from tests.ui.plans.plan_windows import PlanWindow


def window(kit, desk, qtbot, look=None):
    shown = PlanWindow(kit, desk, look)
    qtbot.addWidget(shown.window)
    return shown


def plan_screen(kit, office, qtbot, role="officer"):
    shown = window(kit, office.desk(role), qtbot)
    view = shown.open("plan", household=office.household)
    assert isinstance(view, PlanView)
    return shown, view


def queue_screen(kit, office, qtbot, role="supervisor"):
    shown = window(kit, committee_desk(office, role), qtbot)
    view = shown.open("approvals")
    assert isinstance(view, ApprovalsView)
    return shown, view


def a_need(office, amount=25_000, service="BC-01", person=None):
    need = PlanItem(
        scope=SCOPE, case_id=office.case, household_id=office.household, person_id=person or office.child,
        committee_code=SCOPE, service_code=service, state="proposed", quantity=1, amount_halalas=amount,
        proposed_by=STAFF["officer"], proposed_on=TODAY,
    )  # fmt: skip
    office.add(need)
    return need.id


def test_each_need_of_the_visit_is_proposed_by_one_key(kit, plans, qtbot):
    first, second = a_need(plans), a_need(plans, service="BC-08", amount=80_000)
    shown, view = plan_screen(kit, plans, qtbot)
    assert view.table.hasFocus()
    shown.press(Qt.Key.Key_Return)
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Return)
    assert shown.keys == 3
    for item in (first, second):
        kept = item_of(plans, item)
        assert (kept.level is not None, kept.fund, kept.eligibility["by"]) == (
            True,
            "zakat",
            str(STAFF["officer"]),
        )


def test_a_need_that_meets_no_rule_opens_the_card_and_asks_why(kit, plans, qtbot):
    need = a_need(plans, person=plans.prisoner)
    shown, view = plan_screen(kit, plans, qtbot)
    shown.press(Qt.Key.Key_Return)
    assert view.proposing
    assert not view.panel.answers.eligible
    assert view.panel.reason.isVisible()
    shown.run("plan.save")
    assert view.panel.banner.isVisible()
    assert item_of(plans, need).level is None
    view.panel.reason.edit.setFocus()
    shown.type("مريض ولا عائل له")
    shown.run("plan.save")
    assert not view.proposing
    assert item_of(plans, need).eligibility["justification"] == "مريض ولا عائل له"


def test_a_service_is_proposed_with_rules_shown_as_the_amount_is_typed(kit, plans, qtbot):
    shown, view = plan_screen(kit, plans, qtbot)
    assert view.states.state == "empty"
    shown.run("plan.new")
    view.panel.service.set_value("BC-08")
    view.panel.service.picked()
    view.panel.amount.edit.setFocus()
    shown.type("12000")
    view.panel.amount.settle()
    assert view.panel.answers.level.value == "L3"
    assert len(view.panel.rules.texts) == len(view.panel.answers.results) + 1
    view.panel.person.set_value(str(plans.child))
    shown.run("plan.save")
    (item,) = plan_of(shown.desk, plans.household).items
    assert (item.service_code, item.amount, item.fund, item.state) == (
        "BC-08",
        1_200_000,
        "zakat",
        "proposed",
    )


def test_a_returned_item_shows_why_and_is_completed_from_its_line(kit, plans, qtbot):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.RETURN, "ينقص التقرير"))
    shown, view = plan_screen(kit, plans, qtbot)
    assert "ينقص التقرير" in view.rules.texts[0]
    shown.press(Qt.Key.Key_Return)
    assert view.proposing
    shown.run("plan.save")
    assert item_of(plans, item).state == "proposed"


def test_esc_closes_the_card_and_proposes_nothing(kit, plans, qtbot):
    a_need(plans, amount=0)
    shown, view = plan_screen(kit, plans, qtbot)
    shown.press(Qt.Key.Key_Return)
    assert view.proposing
    view.keyPressEvent(_escape())
    assert not view.proposing
    assert [row.state for row in plan_of(shown.desk, plans.household).items] == ["need"]


def test_who_may_not_propose_sees_the_plan_and_no_card(kit, plans, qtbot):
    a_need(plans)
    shown, view = plan_screen(kit, plans, qtbot, "panel")
    shown.press(Qt.Key.Key_Return)
    assert not view.proposing
    assert not shown.window.actions_table.run("plan.new")


def test_the_way_of_a_request_is_beside_it(kit, plans, qtbot):
    ask(plans)
    _shown, view = plan_screen(kit, plans, qtbot)
    assert len(view.steps.texts) == 2


def test_one_key_decides_in_the_queue_and_the_next_case_follows(kit, plans, qtbot):
    items = many(plans, 3)
    shown, view = queue_screen(kit, plans, qtbot)
    assert view.queue.hasFocus()
    shown.type("1")
    shown.type("1")
    assert shown.keys == 2
    assert sum(item_of(plans, item).state == "approved" for item in items) == 2
    assert len(view.presenter.items) == 1


def test_a_refusal_asks_for_its_reason_before_anything_is_kept(kit, plans, qtbot):
    item = ask(plans)
    shown, view = queue_screen(kit, plans, qtbot)
    shown.type("2")
    assert item_of(plans, item).state == "proposed"
    shown.press(Qt.Key.Key_Return)
    assert item_of(plans, item).state == "proposed"
    shown.type("دخل كاف")
    shown.press(Qt.Key.Key_Return)
    kept = item_of(plans, item)
    assert (kept.state, kept.decision_reason) == ("refused", "دخل كاف")
    assert view.states.state == "empty"


def test_ones_own_proposal_says_who_must_decide_and_is_not_approved(kit, plans, qtbot):
    item = ask(plans, author="supervisor")
    shown, view = queue_screen(kit, plans, qtbot)
    assert view.panel.banner.isVisible()
    shown.type("1")
    assert item_of(plans, item).state == "proposed"


def test_the_queue_is_shown_by_level(kit, plans, qtbot):
    ask(plans)
    ask(plans, "BC-06", amount=900_000)
    _shown, view = queue_screen(kit, plans, qtbot, "panel")
    assert len(view.queue.rows_model.rows) == 2
    level = next(item.level for item in view.presenter.items if item.service_code == "BC-06")
    view.levels.choose(level)
    assert [row.service_code for row in view.queue.rows_model.rows] == ["BC-06"]


def test_a_minute_is_opened_from_the_queue_and_a_returned_item_from_its_tab(kit, plans, qtbot):
    ask(plans)
    shown, _view = queue_screen(kit, plans, qtbot)
    shown.run("approvals.minute")
    assert shown.window.current is not None
    assert shown.window.current[0] == "minute"


@pytest.mark.parametrize(
    "look",
    [
        Preferences(),
        Preferences(language="en"),
        Preferences(zoom=150),
        Preferences(zoom=200, theme="contrast"),
    ],
    ids=["arabic", "english", "150", "200"],
)
def test_the_screens_keep_to_the_page_at_any_zoom(plans, look, qtbot: QtBot, qapp: QApplication):
    many(plans, 2)
    later(plans, 3)
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    shown = window(kit, committee_desk(plans, "supervisor"), qtbot, look)
    for screen, params in (("approvals", {}), ("plan", {"household": plans.household}), ("catalogue", {})):
        view = shown.open(screen, **params)
        for _round in range(3):
            qapp.processEvents()
        page = view.findChild(Page)
        assert page.horizontalScrollBar().maximum() == 0, screen


def test_headquarters_publishes_a_version_and_others_only_read(kit, plans, qtbot):
    shown = window(kit, headquarters(plans), qtbot)
    view = shown.open("catalogue")
    assert isinstance(view, CatalogueView)
    assert len(view.table.rows_model.rows) == 5
    shown.run("catalogue.new")
    view.form.numbers["repeat_guard_days"].set_value(60)
    view.form.kinds.set_value(("family_member",))
    shown.run("catalogue.save")
    assert not view.writing
    latest = rules_catalogue(shown.desk).services["BC-01"][-1]
    assert (latest.version, latest.first_day, latest.rules.repeat_days) == (3, TODAY, 60)
    reader = window(kit, plans.desk("officer"), qtbot)
    reader.open("catalogue")
    assert not reader.window.actions_table.run("catalogue.new")


def test_a_first_day_in_the_past_is_refused_and_what_was_typed_stays(kit, plans, qtbot):
    shown = window(kit, headquarters(plans), qtbot)
    view = shown.open("catalogue")
    shown.run("catalogue.new")
    view.form.first_day.edit.setText((TODAY - dt.timedelta(days=1)).isoformat())
    shown.run("catalogue.save")
    assert view.form.banner.isVisible()
    assert view.writing


def _escape():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
