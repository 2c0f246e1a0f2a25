import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.family.matrix_paint import MatrixBars, MatrixRadar
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.widgets.page import Page
from tests.ui.family.family_sample import FILE, HOUSEHOLD, LAST_VISIT, MEMBERS, NEW, Records
from tests.ui.family.family_world import World
from tests.ui.family.report_pdf import report_pdf
from tests.ui.typing_keys import press

Make = Callable[..., World]


@pytest.fixture
def make(kit: Kit, qtbot: QtBot) -> Make:
    def world(records: Records | None = None, household: str = str(HOUSEHOLD)) -> World:
        made = World(kit, records or Records(), household)
        qtbot.addWidget(made.window)
        return made

    return world


def previewing(world: World) -> bool:
    return world.view.previewing


def page_of(world: World) -> Page:
    return next(page for page in world.view.states.content.findChildren(Page) if page.isVisible())


def rows(table: QWidget | None) -> list[list[str]]:
    assert table is not None
    model = table.model()  # type: ignore[attr-defined]  # a QTableView; the content types it as its base
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_page_says_who_what_and_when_without_a_key(make: Make) -> None:
    world = make()
    said = world.said()
    for words in (FILE.head_name, "RUH-2025-01023", "تهديد بالإخلاء", "إصلاحية الحائر", "2027-01-04"):
        assert words in said
    assert world.view.kit.formats.money(1300050) in said


def test_every_member_stands_with_relation_age_and_kind(make: Make) -> None:
    view = make().view
    assert view.content is not None
    shown = rows(view.content.members)
    assert [row[0] for row in shown] == [member.name for member in MEMBERS]
    assert "٣٨" in shown[0]
    assert shown[1][3] == "نزيل"
    assert "1023456782" in shown[1][4]


def test_dates_stand_in_both_calendars(make: Make) -> None:
    view = make().view
    assert view.content is not None
    assert "ربيع الأول" in rows(view.content.visits)[0][0]
    assert "2026-08-19" in rows(view.content.visits)[0][0]


def test_the_main_button_has_the_keyboard_and_begins_a_visit(make: Make) -> None:
    world = make()
    assert QApplication.focusWidget() is world.view.main_button
    press(world.view.main_button, Qt.Key.Key_Return)
    assert world.others["visit"].opened == {"draft": str(uuid.UUID(int=HOUSEHOLD.int + 1))}


def test_a_visit_that_was_begun_is_gone_on_with(make: Make) -> None:
    draft = uuid.UUID(int=77)
    world = make(Records(replace(FILE, draft_id=draft)))
    begun, new = world.view.main_button.text(), make().view.main_button.text()
    assert begun != new
    press(world.view.main_button, Qt.Key.Key_Return)
    assert world.others["visit"].opened == {"draft": str(draft)}


def test_who_may_not_visit_has_no_way_to(make: Make) -> None:
    world = make(Records(replace(FILE, may_visit=False)))
    assert not world.view.main_button.isEnabled()
    assert not world.window.actions_table.run("family.visit")


def test_custody_that_is_not_for_these_eyes_is_said_to_be_there(make: Make) -> None:
    world = make(Records(replace(FILE, custody=(), custody_hidden=True)))
    assert "الحائر" not in world.said()
    assert world.view.presenter.page is not None
    assert [fact.icon for fact in world.view.presenter.page.custody] == ["lock"]


def test_a_conflict_shows_both_values_with_who_wrote_them(make: Make) -> None:
    said = make().said()
    for words in ("2027-01-04", "2026-12-20", "سعد", "القحطاني"):
        assert words in said


def test_the_matrix_is_drawn_and_says_itself_in_words(make: Make) -> None:
    view = make().view
    for kind in (MatrixBars, MatrixRadar):
        drawn = view.findChild(kind)
        assert drawn is not None
        lines = drawn.accessibleDescription().splitlines()
        assert len(lines) == 13
        assert "٣" in lines[0]


def test_the_matrix_turns_into_a_table_and_back(make: Make) -> None:
    view = make().view
    assert view.content is not None
    card = view.content.matrix
    assert card is not None
    press(card.turn_button, Qt.Key.Key_Return)
    assert card.table.isVisible()
    assert rows(card.table)[1][1:4] == ["١", "٢", "٣"]
    assert rows(card.table)[7][1:4] == ["–", "–", "–"]
    assert card.trend is not None
    assert not card.trend.isVisible()
    press(card.turn_button, Qt.Key.Key_Return)
    assert not card.table.isVisible()


def test_a_report_is_looked_at_saved_and_left_by_keys(make: Make) -> None:
    world = make(Records(pdf=report_pdf()))
    assert world.window.actions_table.run("family.print")
    assert world.records.printed == [LAST_VISIT]
    assert previewing(world)
    pages = [label for label in world.view.preview.findChildren(QLabel) if not label.pixmap().isNull()]
    assert len(pages) >= 1
    assert pages[0].pixmap().width() > 800
    assert world.window.actions_table.run("family.save")
    name, data = world.records.saved[0]
    assert data == world.records.pdf
    assert FILE.file_number not in name
    assert name.endswith(".pdf")
    assert world.escape()
    assert not previewing(world)
    assert QApplication.focusWidget() is world.view.main_button
    assert not world.escape()
    assert world.window.current == ("families", {})


def test_a_report_that_is_not_saved_after_all_says_nothing(make: Make) -> None:
    world = make(Records(pdf=report_pdf(), saves=False))
    world.window.actions_table.run("family.print")
    press(world.view.preview.save_button, Qt.Key.Key_Return)
    assert world.records.saved == []
    assert not world.window.toast.isVisible()


def test_bytes_that_are_no_report_are_told_and_the_page_stays(make: Make) -> None:
    world = make(Records(pdf=b"not a report"))
    world.window.actions_table.run("family.print")
    assert not world.view.previewing
    assert world.view.banner.isVisible()
    assert world.view.states.state == "content"


def test_a_refused_visit_is_told_and_can_be_asked_for_again(make: Make) -> None:
    world = make()
    world.records.fails = "not_allowed"
    press(world.view.main_button, Qt.Key.Key_Return)
    assert world.view.banner.isVisible()
    world.records.fails = ""
    press(world.view.main_button, Qt.Key.Key_Return)
    assert "visit" in world.others


@pytest.mark.parametrize("household", ["", "no id", "1' OR '1"])
def test_an_id_that_is_none_is_an_error_and_not_a_crash(make: Make, household: str) -> None:
    world = make(household=household)
    assert world.view.states.state == "error"
    assert world.records.loads == []


def test_a_file_that_cannot_be_read_can_be_tried_again(make: Make) -> None:
    world = make(Records(fails="record_missing"))
    assert world.view.states.state == "error"
    world.records.fails = ""
    retry = next(made for made in world.view.states.findChildren(QPushButton) if made.isVisible())
    press(retry, Qt.Key.Key_Return)
    assert world.view.states.state == "content"


def test_a_new_family_says_how_to_begin(make: Make) -> None:
    world = make(Records(NEW))
    assert world.view.content is not None
    assert world.view.content.visits is None
    assert world.view.content.matrix is None
    assert not world.window.actions_table.run("family.print")


def test_a_change_of_this_family_is_read_again_and_the_reader_stays_in_place(make: Make) -> None:
    world = make()
    loads = len(world.records.loads)
    world.window.rows_changed(frozenset({"agreement"}))
    assert len(world.records.loads) == loads
    page_of(world).verticalScrollBar().setValue(400)
    world.records.file = replace(FILE, head_name="نورة الجديدة")
    world.window.rows_changed(frozenset({"person"}))
    for _round in range(3):
        QApplication.processEvents()
    assert page_of(world).verticalScrollBar().value() == 400
    assert len(world.records.loads) == loads + 1
    assert "نورة الجديدة" in world.said()


def test_a_refresh_takes_the_keyboard_from_nobody(make: Make) -> None:
    world = make()
    world.window.actions_table.run("window.find")
    typing = QApplication.focusWidget()
    world.window.rows_changed(frozenset({"visit"}))
    assert QApplication.focusWidget() is typing


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
def test_nothing_runs_off_the_page_at_any_zoom(look: Preferences, qtbot: QtBot, qapp: QApplication) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    world = World(kit, Records(language=look.language))
    qtbot.addWidget(world.window)
    for _round in range(3):
        qapp.processEvents()
    assert page_of(world).horizontalScrollBar().maximum() == 0
