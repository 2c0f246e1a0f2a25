"""Filters, kept lists and members of a new family, by keyboard and through the real widgets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.search.lists import Filters, Wish
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.kit import Kit
from tests.ui.families.family_hits import FAMILIES, REASONS, Office
from tests.ui.families.test_families_screen import World
from tests.ui.typing_keys import press, type_text


@pytest.fixture
def world(kit: Kit, qtbot: QtBot, qapp: QApplication) -> World:
    made = World(kit, Office())
    qtbot.addWidget(made.window)
    qapp.processEvents()
    return made


def filtered(world: World) -> FamiliesView:
    world.window.actions_table.run("families.filter")
    QApplication.processEvents()
    return world.families


def test_filters_list_all_families_with_counts_and_without_a_word(world: World) -> None:
    view = filtered(world)
    assert view.states.state == "content"
    assert view.filters.choices["state"].count() == 3
    assert view.filters.flags["overdue"].isEnabled()
    assert not view.filters.flags["children"].isEnabled()
    assert view.filters.choices["team"].isHidden()


def test_a_choice_and_a_word_narrow_together(world: World) -> None:
    view = filtered(world)
    box = view.filters.choices["state"]
    box.setCurrentIndex(box.findData("active"))
    box.activated.emit(box.currentIndex())
    view.filters.flags["women"].click()
    type_text(view.line, "خالد")
    assert world.office.wished[-1] == Wish("خالد", Filters(state="active", women=True))
    assert world.office.asked == []


def test_rows_after_the_first_page_come_on_scrolling(world: World) -> None:
    view = filtered(world)
    assert len(view.table.rows_model.rows) == 4
    view.presenter.more()
    assert [hit.file_number for hit in view.table.rows_model.rows] == [one.file_number for one in FAMILIES]
    asked = len(world.office.wished)
    view.presenter.more()
    assert len(world.office.wished) == asked


def test_nothing_fits_offers_to_take_the_filters_away(world: World) -> None:
    view = filtered(world)
    view.presenter.narrow(Filters(restricted=True), "best")
    view.filters.show_wish(Filters(restricted=True), "best")
    view.show_nothing("")
    assert view.states.state == "empty"
    view.filters.clear()
    assert view.states.state == "content"


def test_closing_the_filters_goes_back_to_the_invitation(world: World) -> None:
    view = filtered(world)
    world.window.actions_table.run("families.filter")
    assert view.filters.isHidden()
    assert view.states.state == "empty"


def test_lists_that_are_not_ready_are_asked_for_again(world: World, qtbot: QtBot) -> None:
    world.office.ready = False
    view = filtered(world)
    assert view.states.state == "loading"
    world.office.ready = True
    qtbot.waitUntil(lambda: view.states.state == "content")


def test_a_failing_list_is_said_and_can_be_tried_again(world: World) -> None:
    world.office.fails = "database_failed"
    view = filtered(world)
    assert view.states.state == "error"
    world.office.fails = ""
    view.presenter.again()
    assert view.states.state == "content"


def test_a_list_is_kept_opened_by_one_key_and_removed_with_a_way_back(world: World) -> None:
    view = filtered(world)
    view.filters.flags["overdue"].click()
    world.window.actions_table.run("families.keep")
    assert QApplication.focusWidget() is view.lists.name
    type_text(view.lists.name, "متأخرات")
    press(view.lists.name, Qt.Key.Key_Return)
    assert [kept.title for kept in world.office.kept] == ["متأخرات"]
    assert QApplication.focusWidget() is view.line
    world.window.actions_table.run("families.filter")
    world.window.actions_table.run("families.list1")
    assert view.filters.filters == Filters(overdue=True)
    assert view.filters.flags["overdue"].isChecked()
    assert world.office.wished[-1] == Wish(filters=Filters(overdue=True))
    view.lists.forgotten.emit(view.lists.current)
    assert world.office.kept == []
    world.window.toast.press_button()
    assert [kept.title for kept in world.office.kept] == ["متأخرات"]


def test_a_kept_list_opens_from_elsewhere(world: World) -> None:
    kept = world.office.save("نساء", Wish("خالد", Filters(women=True), "file"))
    world.window.open_screen("families", {"list": str(kept.id)})
    view = world.families
    assert view.line.text() == "خالد"
    assert (view.filters.filters, view.filters.sort) == (Filters(women=True), "file")


def with_members(world: World) -> FamiliesView:
    world.window.actions_table.run("families.new")
    view = world.families
    for line, text in zip(view.panel.head.names, ("خالد", "علي", "محمد", "الحربي"), strict=True):
        type_text(line, text)
    view.panel.head.gender.set_value("male")
    return view


def test_a_member_gets_the_fathers_chain_and_a_wife_keeps_her_own(world: World) -> None:
    view = with_members(world)
    for relation, expected in (("son", ["خالد", "علي", "الحربي"]), ("spouse", ["", "", ""])):
        world.window.actions_table.run("families.member")
        entry = view.panel.members[-1]
        entry.relation.set_value(relation)
        entry.relation.picked()
        assert [line.value() for line in entry.names[1:]] == expected
    assert [entry.gender.value() for entry in view.panel.members] == ["male", "female"]


def test_another_relation_takes_its_own_gender_unless_one_was_chosen(world: World) -> None:
    view = with_members(world)
    world.window.actions_table.run("families.member")
    entry = view.panel.members[-1]
    for relation, gender in (("son", "male"), ("daughter", "female"), ("spouse", "female"), ("other", None)):
        entry.relation.set_value(relation)
        entry.relation.picked()
        assert entry.gender.value() == gender
    entry.gender.set_value("male")
    entry.relation.set_value("daughter")
    entry.relation.picked()
    assert entry.gender.value() == "male"


def test_head_and_members_are_registered_together_and_an_empty_row_is_none(world: World) -> None:
    view = with_members(world)
    for relation, name in (("son", "فهد"), ("daughter", "")):
        world.window.actions_table.run("families.member")
        entry = view.panel.members[-1]
        entry.relation.set_value(relation)
        entry.relation.picked()
        type_text(entry.names[0], name)
    world.window.actions_table.run("families.save")
    (members,) = world.office.members
    assert [(one.relation, one.entered["first_name"], one.entered["family_name"]) for one in members] == [
        ("son", "فهد", "الحربي")
    ]
    assert view.panel.members == []


def test_no_document_asks_for_the_reason_before_anything_is_sent(world: World) -> None:
    view = with_members(world)
    view.panel.head.document.without.box.click()
    view.panel.submit()
    assert world.office.registered == []
    view.panel.head.document.reason.set_value(REASONS[0].code)
    view.panel.submit()
    entered = world.office.registered[0][0].entered
    assert (entered["id_kind"], entered["no_id_reason"]) == ("none", "lost")


def test_a_similar_name_warns_while_typing_and_registers_all_the_same(world: World, qtbot: QtBot) -> None:
    world.window.actions_table.run("families.new")
    head = world.families.panel.head
    for line, text in ((head.names[0], "خالد"), (head.names[3], "الحربي")):
        type_text(line, text)
    qtbot.waitUntil(head.banner.isVisible)
    assert FAMILIES[3].head_name in head.banner.text.text()
    head.gender.set_value("male")
    world.families.panel.submit()
    assert len(world.office.registered) == 1
