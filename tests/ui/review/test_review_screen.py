"""One desk, three lists, one key a decision: through the real window on a real database."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.duplicates.queue import open_pairs
from tarahum_desktop.casework.duplicates.scan import yielding
from tarahum_desktop.casework.exceptions.queue import open_exceptions
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.demo.keys import review_keys
from tarahum_desktop.models import CustodyEpisode, Entitlement, Household, PlanItem
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tests.casework.two_offices import TwoOffices, two_offices
from tests.casework.worlds import SCOPE, add
from tests.ui.review.review_world import FamilyStub, ReviewWorld, review_world


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
