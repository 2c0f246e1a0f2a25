"""The course of a case through its widgets, over a real office."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.bootstrap.wiring.care import care_board
from tarahum_desktop.casework.care.alerts import acknowledge_alert, open_alerts, raise_alert
from tarahum_desktop.casework.care.checklist import release_lists, set_release_check
from tarahum_desktop.casework.cases import move_case
from tarahum_desktop.casework.register import NewStay, record_custody
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import Case, CaseMove, CustodyEpisode
from tarahum_desktop.ui.care.ports import CarePorts
from tarahum_desktop.ui.care.view import CareView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Immediate
from tests.casework.worlds import Office
from tests.ui.calendar.calendar_world import Asked
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.typing_keys import press, type_text

Shown = tuple[CareView, Asked]


def care_of(kit: Kit, office: Office, login: str = "supervisor") -> Shown:
    asked, desk = Asked(), office.desk(login)
    ports = CarePorts(
        load=lambda household: care_board(desk, household),
        move=lambda case, target, reason, closure: move_case(desk, case, target, reason, closure),
        check=lambda episode, item, state, note: set_release_check(desk, episode, item, state, note),
        raise_alert=lambda case, kind, note: raise_alert(desk, case, kind, note=note),
        acknowledge=lambda alert, note: acknowledge_alert(desk, alert, note),
    )
    context = ScreenContext(
        kit, Immediate(), asked.navigate, lambda: None, asked.announce, lambda _kinds: None
    )
    return CareView(context, ports), asked


def shown(qtbot: QtBot, made: Shown, office: Office) -> Shown:
    view = made[0]
    qtbot.addWidget(view)
    view.resize(1150, 900)
    view.open_with({"household": str(office.household)})
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return made


def put(office: Office, state: CaseState) -> None:
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).state = state.value


def here(view: CareView) -> QWidget:
    made = view.focusWidget()
    assert made is not None
    return made


def texts(view: CareView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view)]


def test_a_step_without_a_reason_is_one_key(qtbot: QtBot, kit: Kit, office: Office) -> None:
    put(office, CaseState.ASSESSED)
    view, asked = shown(qtbot, care_of(kit, office), office)
    press(here(view), Qt.Key.Key_Return)
    assert asked.said == ["أصبحت الحالة: مستحقة"]
    assert view.presenter.board.chain.state == CaseState.ELIGIBLE


def test_a_step_with_a_reason_asks_for_it_and_keeps_it(qtbot: QtBot, kit: Kit, office: Office) -> None:
    put(office, CaseState.ASSESSED)
    view, _asked = shown(qtbot, care_of(kit, office), office)
    view.steps.buttons[CaseState.INELIGIBLE].click()
    view.steps.keep.click()
    assert view.presenter.board.chain.state == CaseState.ASSESSED, "nothing happens without words"
    type_text(view.steps.reason.edit, "دخل الأسرة كافٍ")
    view.steps.keep.click()
    with UnitOfWork(office.desk()) as work:
        (move,) = work.session.query(CaseMove)
    assert (move.to_state, move.reason) == ("ineligible", "دخل الأسرة كافٍ")


def test_a_closure_takes_its_reason_from_the_list_without_typing(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    put(office, CaseState.ACTIVE)
    view, _asked = shown(qtbot, care_of(kit, office), office)
    view.steps.buttons[CaseState.CLOSED_OTHER].click()
    view.steps.keep.click()
    assert view.presenter.board.chain.state == CaseState.ACTIVE
    view.steps.closure.set_value("death")
    view.steps.keep.click()
    assert (view.presenter.board.chain.state, view.presenter.board.chain.closure_reason) == (
        "closed_other",
        "death",
    )
    assert view.steps.state.text() == "مغلقة: سبب آخر · وفاة"


@pytest.mark.parametrize(
    ("state", "target"),
    [(CaseState.ACTIVE, CaseState.TRANSFER_OUT), (CaseState.TRANSFER_OUT, CaseState.ACTIVE)],
)
def test_a_transfer_is_offered_and_taken_back_where_offers_are_made(
    qtbot: QtBot, kit: Kit, office: Office, state: CaseState, target: CaseState
) -> None:
    put(office, state)
    view, asked = shown(qtbot, care_of(kit, office), office)
    view.steps.buttons[target].click()
    assert asked.opened == [("moving", {})]
    assert view.presenter.board.chain.state == state, "no case is put up for transfer without an offer"


def test_who_has_no_step_here_is_told_so(qtbot: QtBot, kit: Kit, office: Office) -> None:
    view, _asked = shown(qtbot, care_of(kit, office, "clerk"), office)
    assert view.steps.buttons == {}
    assert view.steps.hint.text() == "الخطوة التالية ليست لك. لا شيء بانتظارك هنا."


def test_a_checklist_line_is_kept_at_once_and_waits_for_words_where_they_are_due(
    qtbot: QtBot, kit: Kit, office: Office
) -> None:
    view, _asked = shown(qtbot, care_of(kit, office, "officer"), office)
    (card,) = view.releases.values()
    housing, mentor = ReleaseItem.HOUSING, ReleaseItem.MENTOR
    card.states[housing].set_value(CheckState.DONE.value)
    card.states[housing].finished.emit()
    card.states[mentor].set_value(CheckState.DONE.value)
    card.states[mentor].finished.emit()
    states = {line.item: line.state for line in release_lists(office.desk(), office.case)[0].checks}
    assert (states[housing], states[mentor]) == (CheckState.DONE, CheckState.NOT_STARTED)
    type_text(card.notes[mentor].edit, "خاله سالم")
    card.notes[mentor].finished.emit()
    states = {line.item: line.state for line in release_lists(office.desk(), office.case)[0].checks}
    assert states[mentor] is CheckState.DONE
    assert "اكتمل ٢ من ٧" in card.about.text()


def test_an_alert_is_raised_here_and_acknowledged_by_one_key(qtbot: QtBot, kit: Kit, office: Office) -> None:
    view, asked = shown(qtbot, care_of(kit, office, "officer"), office)
    view.alerts.ask()
    view.alerts.keep.click()
    assert open_alerts(office.desk("supervisor")) == (), "an alert says what it is about"
    view.alerts.kind.set_value(AlertKind.SUICIDE_RISK.value)
    view.alerts.keep.click()
    assert "فضلًا أبلغه اليوم" in asked.said[-1]
    led, _said = shown(qtbot, care_of(kit, office), office)
    assert here(led) is led.alerts.seen[0], "the keyboard stands on what endangers somebody"
    press(here(led), Qt.Key.Key_Return)
    assert open_alerts(office.desk("supervisor")) == ()


def test_the_chain_shows_each_stay_and_marks_the_return(qtbot: QtBot, kit: Kit, office: Office) -> None:
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        stay.status, stay.release, stay.release_day = "released", "g2026-03-01", dt.date(2026, 3, 1)
    put(office, CaseState.CLOSED_OTHER)
    record_custody(office.desk(), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    view, _asked = shown(qtbot, care_of(kit, office), office)
    assert any("عودة إلى السجن" in text and "ما زال في السجن" in text for text in texts(view))
    assert any(text.endswith("عودة إلى السجن") and "موظف officer" in text for text in texts(view)), (
        "why it was opened"
    )


def test_a_family_without_a_case_here_offers_to_try_again(qtbot: QtBot, kit: Kit, office: Office) -> None:
    view, _asked = care_of(kit, office)
    qtbot.addWidget(view)
    view.open_with({"household": "00000000-0000-0000-0000-000000000009"})
    assert view.panel.state == "error"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, office: Office, look: Preferences) -> None:
    put(office, CaseState.ACTIVE)
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE, note="قالته الجارة")
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    view, _asked = shown(qtbot, care_of(kit, office), office)
    view.steps.ask(next(step for step in view.presenter.board.steps if step.closure_reasons))
    view.alerts.ask()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []
