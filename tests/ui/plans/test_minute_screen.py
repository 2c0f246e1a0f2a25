"""A sitting by the keyboard: one key a case, the rest together, a signature that tells what it left out."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tarahum_desktop.casework.plans.minute_paper import paper_of
from tarahum_desktop.casework.plans.minute_view import minute_file
from tarahum_desktop.casework.plans.minutes import Attendant, MinuteHead, describe_minute, open_minute
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.sync.blobs.store import drop_blob
from tarahum_desktop.ui.plans.minute_screen import MinuteView
from tarahum_desktop.vault.document_signature import check_document
from tests.casework.plans.plan_world import ask, committee_desk, item_of, many
from tests.casework.worlds import TODAY
from tests.ui.plans.plan_windows import PlanWindow

L1 = ApprovalLevel.L1
MOST_KEYS_A_CASE = 2
REASON = "ناقص"


def sitting(kit, office, qtbot, role="supervisor"):
    desk = committee_desk(office, role)
    minute = open_minute(desk, L1)
    describe_minute(desk, minute, MinuteHead(TODAY, "المقر", "هند", (Attendant("هند", "رئيسة"),)))
    shown = PlanWindow(kit, desk)
    qtbot.addWidget(shown.window)
    view = shown.open("minute", minute=minute)
    assert isinstance(view, MinuteView)
    return shown, view, minute


def verdicts(shown, minute):
    return [line.verdict for line in minute_file(shown.desk, minute).lines]


def test_forty_cases_with_exceptions_take_at_most_two_keys_each(kit, plans, qtbot):
    many(plans, 40)
    shown, view, minute = sitting(kit, plans, qtbot)
    view.table.setFocus()
    for at in range(40):
        if at in {4, 19, 33}:
            shown.type("3")
            assert isinstance(shown.focused(), QLineEdit)
            shown.type(REASON)
            shown.press(Qt.Key.Key_Return)
        elif at == 10:
            shown.type("4")
        else:
            shown.type("1")
    shown.run("minute.sign")
    shown.press(Qt.Key.Key_Return)
    assert shown.keys <= 40 * MOST_KEYS_A_CASE
    done = minute_file(shown.desk, minute)
    assert not done.open
    said = [line.verdict for line in done.lines]
    assert [said.count(one) for one in (Verdict.APPROVE, Verdict.RETURN, Verdict.POSTPONE)] == [36, 3, 1]
    assert {line.reason for line in done.lines if line.verdict is Verdict.RETURN} == {REASON}


def test_all_but_a_few_are_approved_together(kit, plans, qtbot):
    many(plans, 12)
    shown, view, minute = sitting(kit, plans, qtbot)
    view.table.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.type("ق")
    shown.type("دخل كاف")
    shown.press(Qt.Key.Key_Return)
    shown.run("minute.rest")
    assert verdicts(shown, minute).count(Verdict.APPROVE) == 11
    assert verdicts(shown, minute)[1] is Verdict.REFUSE


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("a", Verdict.APPROVE),
        ("ش", Verdict.APPROVE),
        ("P", Verdict.POSTPONE),
        ("ح", Verdict.POSTPONE),
        ("٤", Verdict.POSTPONE),
    ],
)
def test_the_keys_work_on_either_keyboard(kit, plans, qtbot, typed, verdict):
    ask(plans)
    shown, view, minute = sitting(kit, plans, qtbot)
    view.table.setFocus()
    shown.type(typed)
    assert verdicts(shown, minute) == [verdict]


def test_what_was_typed_is_there_when_the_sitting_is_opened_again(kit, plans, qtbot):
    many(plans, 3)
    shown, view, minute = sitting(kit, plans, qtbot)
    view.table.setFocus()
    shown.type("11")
    again, view, _same = sitting(kit, plans, qtbot)
    assert verdicts(again, minute) == [Verdict.APPROVE, Verdict.APPROVE, None]
    assert view.table.currentIndex().row() == 2


def test_an_amount_above_the_level_is_refused_and_what_is_shown_is_what_is_kept(kit, plans, qtbot):
    ask(plans)
    shown, view, minute = sitting(kit, plans, qtbot)
    view.presenter.give_amount(0, 100_001)
    assert view.banner.isVisible()
    (line,) = view.presenter.minute.lines
    assert (line.verdict, line.amount) == (None, 30_000)
    view.presenter.give_amount(0, 20_000)
    assert verdicts(shown, minute) == [Verdict.APPROVE]


def test_the_signer_is_told_what_was_left_out(kit, plans, qtbot):
    mine = ask(plans, author="supervisor")
    ask(plans, person_id=plans.head)
    shown, view, _minute = sitting(kit, plans, qtbot)
    shown.run("minute.rest")
    shown.run("minute.sign")
    shown.press(Qt.Key.Key_Return)
    assert item_of(plans, mine).state == "proposed"
    told = shown.kit.words.n(
        "{count} case was left out because you wrote it; a colleague must decide it.",
        "{count} cases were left out because you wrote them; a colleague must decide them.",
        1,
    )
    assert told.format(count=shown.kit.formats.number(1)) in view.banner.text.text()
    shown.run("minute.paper")
    assert check_document(shown.saved["RYD-2026-M12-001.pdf"]).intact


def test_a_signed_minute_that_has_not_arrived_is_fetched_or_its_way_is_said(kit, plans, qtbot):
    ask(plans, author="supervisor")
    ask(plans, person_id=plans.head)
    shown, view, minute = sitting(kit, plans, qtbot)
    shown.run("minute.rest")
    shown.run("minute.sign")
    shown.press(Qt.Key.Key_Return)
    content = paper_of(shown.desk, minute)
    with shown.desk.replica.engine.begin() as connection:
        drop_blob(connection, hashlib.sha256(content).digest())
    shown.run("minute.paper")
    assert "الزميل" in view.banner.text.text() or "colleague" in view.banner.text.text()
    assert shown.saved == {}
    shown.arriving.append(content)
    shown.run("minute.paper")
    assert list(shown.saved.values()) == [content]


def test_nothing_is_signed_while_something_lacks(kit, plans, qtbot):
    ask(plans)
    shown, view, minute = sitting(kit, plans, qtbot)
    shown.run("minute.sign")
    shown.press(Qt.Key.Key_Return)
    assert minute_file(shown.desk, minute).open
    assert view.banner.isVisible()
    assert not view.presenter.signing


def test_attendance_is_kept_as_it_is_written(kit, plans, qtbot):
    ask(plans)
    shown, view, minute = sitting(kit, plans, qtbot)
    shown.run("minute.head")
    view.head.add_member()
    row = view.head.rows[-1]
    row.name.edit.setFocus()
    shown.type("سعد المالكي")
    row.name.settle()
    members = minute_file(shown.desk, minute).head.attendance
    assert [one.name for one in members] == ["هند", "سعد المالكي"]


def test_who_may_not_sign_is_offered_no_signature(kit, plans, qtbot):
    ask(plans)
    shown, _view, _minute = sitting(kit, plans, qtbot, "office_admin")
    assert not shown.window.actions_table.run("minute.sign")


def test_a_sitting_that_is_not_here_says_so(kit, plans, qtbot):
    ask(plans)
    shown, view, _minute = sitting(kit, plans, qtbot)
    shown.open("minute", minute="no id")
    assert view.states.state == "error"
