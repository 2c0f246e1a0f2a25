"""One desk, three lists, one key a decision: through the real window on a real database."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.conflicts.settle import settle_conflict
from tarahum_desktop.casework.conflicts.told import set_aside_of_mine, settled_conflicts
from tarahum_desktop.casework.duplicates.queue import open_pairs
from tarahum_desktop.casework.duplicates.scan import yielding
from tarahum_desktop.casework.exceptions.queue import open_exceptions
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.keys import review_keys
from tarahum_desktop.models import CustodyEpisode, Entitlement, Household, Person, PlanItem
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.view import ReviewView
from tarahum_desktop.ui.today.waiting_lines import set_aside_line
from tests.casework.two_offices import TwoOffices, two_offices
from tests.casework.worlds import SCOPE, a_person, add
from tests.ui.review.review_world import FamilyStub, ReviewWorld, review_world, window_of

MANY = 60


@pytest.fixture
def offices(tmp_path: Path) -> TwoOffices:
    return two_offices(tmp_path)


@pytest.fixture
def world(kit: Kit, qtbot: QtBot, offices: TwoOffices) -> ReviewWorld:
    made = review_world(kit, offices)
    qtbot.addWidget(made.window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


@pytest.fixture
def hands(world: ReviewWorld) -> Hands:
    return Hands(lambda: world.window)


def said(world: ReviewWorld) -> str:
    return "\n".join(label.text() for label in world.view.findChildren(QLabel) if label.isVisible())


def stand_on_salem(world: ReviewWorld, hands: Hands) -> None:
    """The pair of whom one has an identity number and the other a mobile."""
    world.view.presenter.choose_tab("pairs")
    table = world.view.tables["pairs"]
    at = next(at for at, row in enumerate(table.rows_model.rows) if row.first_name.startswith("سالم"))
    table.setCurrentIndex(table.rows_model.index(at, 0))
    hands.settle()


def test_the_lists_are_counted_and_the_first_that_waits_is_open(world: ReviewWorld) -> None:
    assert [press.text() for press in world.view.tabs.values()] == [
        "التعارضات (٢)",
        "المكررون (٣)",
        "الاستثناءات (٢)",
        "المحسومة (٠)",
    ]
    assert (world.view.presenter.tab, world.view.tabs["conflicts"].isChecked()) == ("conflicts", True)


def test_a_conflict_says_what_each_wrote_and_when_in_both_calendars(world: ReviewWorld) -> None:
    shown = said(world)
    for part in (
        "موظف officer",
        "موظف supervisor",
        "خالد بن سعد الحربي",
        "RYD-2026-2-00001",
        "2026-09-21",
        "الآخر",
    ):
        assert part in shown


def test_a_conflict_takes_at_most_four_keys_or_clicks_from_today(world: ReviewWorld, hands: Hands) -> None:
    assert review_keys.conflict_by_keys(hands, world.window) == 2
    assert len(open_conflicts(world.desk)) == 1
    assert review_keys.conflict_by_clicks(hands, world.window) == 2
    assert open_conflicts(world.desk) == []
    assert said(world).count("لا شيء ينتظرك هنا") == 1


def test_the_second_value_and_a_third_one_can_stand(
    world: ReviewWorld, hands: Hands, offices: TwoOffices
) -> None:
    fields = [one.field for one in world.view.presenter.items("conflicts")]
    assert sorted(fields) == ["annual_rent_halalas", "expected_release"]
    hands.type("٢")
    hands.type("3")
    third = world.view.conflict.third
    assert third is not None
    hands.type("١٤٤٩/٠١" if fields[1] == "expected_release" else "٢٠٠٠")
    hands.enter()
    assert open_conflicts(world.desk) == []
    with Session(offices.a.engine) as session:
        kept = {
            "expected_release": session.get_one(CustodyEpisode, world.stay).expected_release,
            "annual_rent_halalas": session.get_one(Household, world.home).annual_rent_halalas,
        }
    assert kept[fields[0]] in {"h1448-08", 1_800_000}
    assert kept[fields[1]] in {"h1449-01", 200_000}


def test_an_empty_third_value_decides_nothing(world: ReviewWorld, hands: Hands) -> None:
    hands.type("3")
    hands.enter()
    assert len(open_conflicts(world.desk)) == 2


def test_a_duplicate_takes_at_most_three_keys(world: ReviewWorld, hands: Hands) -> None:
    assert review_keys.duplicate_later(hands, world.window) == 1
    assert review_keys.duplicate_same(hands, world.window) == 2
    assert review_keys.duplicate_different(hands, world.window) == 1
    assert len(open_pairs(world.desk)) == 1


def test_a_pair_shows_differences_reasons_and_homes(world: ReviewWorld, hands: Hands) -> None:
    stand_on_salem(world, hands)
    shown = said(world)
    for part in (
        "رقم الهوية ≠",
        "الجوال ≠",
        "تاريخ الميلاد الكامل متطابق",
        "اسم الأم متطابق",
        "RYD-2026-2-00001",
        "لا شيء",
    ):
        assert part in shown


def test_the_card_proposes_the_record_with_an_id_and_what_it_lacks(world: ReviewWorld, hands: Hands) -> None:
    stand_on_salem(world, hands)
    hands.type("s")
    card = world.view.pair.card
    assert card is not None
    assert card.choices() == {"id_number": "kept", "mobile": "gone"}
    card._kept.button(1 - card._kept.checkedId()).click()
    assert card.choices() == {"id_number": "gone", "mobile": "kept"}
    world.view.pair.back()
    assert not world.view.pair.asking


def test_a_merge_and_a_ruling_can_be_undone_from_the_lower_edge(world: ReviewWorld, hands: Hands) -> None:
    review_keys.duplicate_same(hands, world.window)
    undo = [
        press
        for press in world.window.findChildren(QPushButton)
        if press.text() == "تراجع" and press.isVisible()
    ]
    undo[0].click()
    assert len(open_pairs(world.desk)) == 3
    review_keys.duplicate_different(hands, world.window)
    undo = [
        press
        for press in world.window.findChildren(QPushButton)
        if press.text() == "تراجع" and press.isVisible()
    ]
    undo[-1].click()
    assert len(open_pairs(world.desk)) == 3


def test_an_exception_leads_to_its_place_or_stands_for_a_reason(world: ReviewWorld, hands: Hands) -> None:
    world.view.presenter.choose_tab("exceptions")
    hands.settle()
    assert "ميلاد" in said(world)
    hands.enter()
    assert FamilyStub.opened == {"household": str(world.home)}
    world.window.open_screen("review", {"list": "exceptions"})
    panel = world.view.exception
    panel.settle()
    assert len(open_exceptions(world.desk)) == 2, "no reason, no ruling"
    panel.reason.edit.setText("البطاقة قديمة")
    panel.settle()
    assert len(open_exceptions(world.desk)) == 1


def test_nothing_waiting_says_so(kit: Kit, qtbot: QtBot, offices: TwoOffices) -> None:
    made = review_world(kit, offices, full=False)
    qtbot.addWidget(made.window)
    assert "لا شيء ينتظرك هنا" in said(made)


def test_of_two_grants_one_is_kept_with_a_reason_and_the_exception_is_gone(
    world: ReviewWorld, hands: Hands, offices: TwoOffices
) -> None:
    items = [
        PlanItem(
            id=new_id(), scope=SCOPE, committee_code=SCOPE, service_code="BC-01", state="approved", quantity=1,
            amount_halalas=100, household_id=world.home, person_id=new_id(),
        )
        for _ in range(2)
    ]  # fmt: skip
    claims = [
        Entitlement(
            scope="national", claim="c", committee_code=SCOPE, service_code="BC-01", plan_item_id=one.id,
            first_day=date(2026, 9, 1), state="granted",
        )
        for one in items
    ]  # fmt: skip
    add(offices.a, *items, *claims)
    look_for_exceptions(offices.a, yielding)
    world.view.presenter.choose_tab("exceptions")
    world.view.presenter.open()
    hands.settle()
    table = world.view.tables["exceptions"]
    at = next(at for at, row in enumerate(table.rows_model.rows) if row.kind == "double_grant")
    table.setCurrentIndex(table.rows_model.index(at, 0))
    hands.settle()
    panel = world.view.exception
    panel.keeps[0].click()
    hands.settle()
    left = [line.kind for line in open_exceptions(world.desk)]
    assert left.count("double_grant") == 1, "a choice needs its reason"
    panel.reason.set_value("سبق إليه")
    panel.keeps[0].click()
    hands.settle()
    assert [line.kind for line in open_exceptions(world.desk)].count("double_grant") == 0


def stand_on_the_decision(world: ReviewWorld, offices: TwoOffices) -> None:
    """The supervisor decides every conflict for the own value, and the officer's machine is told."""
    for one in open_conflicts(world.desk):
        settle_conflict(world.desk, one, one.mine.value, "كما في الكتاب")
    offices.meet()


def test_a_decision_can_be_undone_from_the_lower_edge(world: ReviewWorld, hands: Hands) -> None:
    hands.type("1")
    assert len(open_conflicts(world.desk)) == 1
    undo = next(
        press
        for press in world.window.findChildren(QPushButton)
        if press.text() == "تراجع" and press.isVisible()
    )
    undo.click()
    hands.settle()
    assert len(open_conflicts(world.desk)) == 2


def test_the_reason_typed_goes_with_the_decision(world: ReviewWorld, hands: Hands) -> None:
    world.view.conflict.reason.edit.setText("حسب الصك")
    world.view.conflict.reason.edit.textEdited.emit("حسب الصك")
    world.view.tables["conflicts"].setFocus()
    hands.type("2")
    assert [one.reason for one in settled_conflicts(world.desk)] == ["حسب الصك"]
    assert world.view.presenter.deciding.reason == ""


def test_whose_value_was_set_aside_sees_it_and_puts_it_back_by_one_key_each(
    kit: Kit, qtbot: QtBot, offices: TwoOffices
) -> None:
    made = review_world(kit, offices)
    qtbot.addWidget(made.window)
    stand_on_the_decision(made, offices)
    officer = offices.desk(offices.b, "officer")
    theirs = window_of(kit, officer)
    qtbot.addWidget(theirs)
    told = set_aside_of_mine(officer)
    assert len(told) == 2
    theirs.open_screen("review", {"list": "settled", "item": told[1].subject})
    view = theirs.stack.currentWidget()
    assert isinstance(view, ReviewView)
    assert view.presenter.settled is not None
    assert view.presenter.settled.id == told[1].id
    shown = "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())
    assert "قيمتك التي استُبعدت" in shown
    assert "كما في الكتاب" in shown
    hands = Hands(lambda: theirs)
    hands.type("١")
    assert [one.id for one in set_aside_of_mine(officer)] == [told[0].id]
    hands.type("2")
    again = next(one for one in settled_conflicts(officer) if one.id == told[1].id)
    assert again.back
    hands.type("3")
    assert FamilyStub.opened == {"household": str(made.home)}


def test_the_notice_in_today_opens_the_decision(kit: Kit, qtbot: QtBot, offices: TwoOffices) -> None:
    made = review_world(kit, offices)
    qtbot.addWidget(made.window)
    stand_on_the_decision(made, offices)
    officer = offices.desk(offices.b, "officer")
    line = set_aside_line(kit, set_aside_of_mine(officer)[0], officer.now())
    assert line.screen == "review"
    assert "كما في الكتاب" in line.detail
    theirs = window_of(kit, officer)
    qtbot.addWidget(theirs)
    theirs.open_screen(line.screen, line.params)
    view = theirs.stack.currentWidget()
    assert isinstance(view, ReviewView)
    assert view.presenter.settled is not None


def test_many_conflicts_take_one_key_each(kit: Kit, qtbot: QtBot, offices: TwoOffices) -> None:
    people = [a_person("سعد", id=new_id(), nationality="saudi") for _ in range(MANY)]
    ids = [one.id for one in people]
    add(offices.a, *people)
    offices.meet()
    for replica, role, value in ((offices.a, "supervisor", "yemeni"), (offices.b, "officer", "sudanese")):
        with UnitOfWork(offices.desk(replica, role)) as work:
            for one in ids:
                work.session.get_one(Person, one).nationality = value
    offices.meet()
    made = review_world(kit, offices, full=False)
    qtbot.addWidget(made.window)
    assert len(made.view.presenter.items("conflicts")) == MANY
    hands = Hands(lambda: made.window)
    made.view.tables["conflicts"].setFocus()
    before = hands.keys
    for at in range(MANY):
        hands.type("12"[at % 2])
    assert open_conflicts(made.desk) == []
    assert hands.keys - before == MANY
