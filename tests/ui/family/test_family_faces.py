"""What stands in the page's place: the timeline, who changed what, a visit, a person; and the ways to other desks."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.attachments.pictures import PictureLine
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.casework.history.events import EventKind
from tarahum_desktop.casework.history.visit_reading import VisitReading
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.compare import differences
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.resource_files import resource
from tarahum_desktop.ui.family.matrix_trend import MatrixTrend
from tarahum_desktop.ui.family.picture_card import PictureCard
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.family.family_sample import FILE, HOUSEHOLD, MEMBERS, PAST, VISITS, Records
from tests.ui.family.family_world import World
from tests.ui.family.report_pdf import report_pdf
from tests.ui.typing_keys import press, type_text

Make = Callable[..., World]
DOCUMENT = read_document(resource("catalogue", "forms", f"{STUDY_FORM}-1.json").read_bytes())
EARLIER = Answers(DOCUMENT.key, {"tenure": "rent", "rooms": 3, "ssm": {"housing": 2, "food": 3}})
NOW = Answers(
    DOCUMENT.key, {"tenure": "rent", "rooms": 4, "ssm": {"housing": 3, "food": 3}, "observations": "مشاهدة " * 60}
)  # fmt: skip
READING = VisitReading(
    VISITS[0].id, HOUSEHOLD, VISITS[0].visited_on, "update", "done", "منى بنت صالح القحطاني", "Mona", "RUH-1", DOCUMENT, NOW,
    frozenset(), dt.date(2026, 1, 21), differences(EARLIER, NOW), None, 1, (), True, True,
)  # fmt: skip


@pytest.fixture
def make(kit: Kit, qtbot: QtBot) -> Make:
    def world(records: Records | None = None) -> World:
        made = World(kit, records or Records())
        qtbot.addWidget(made.window)
        return made

    return world


def on_page(world: World) -> bool:
    return world.view.faces.on_page


def lines(world: World) -> list[str]:
    return [line.second for line in world.view.faces.timeline.table.rows_model.rows]


def test_the_timeline_is_one_key_away_and_esc_comes_back(make: Make) -> None:
    world = make()
    assert world.window.actions_table.run("family.timeline")
    assert not on_page(world)
    assert "زيارة" in lines(world)[0]
    assert world.escape()
    assert on_page(world)
    assert QApplication.focusWidget() is world.view.main_button


def test_the_timeline_is_narrowed_to_one_kind_and_read_on_in_pages(make: Make) -> None:
    world = make()
    face = world.view.faces.timeline
    world.window.actions_table.run("family.timeline")
    shown = len(lines(world))
    assert shown < len(PAST)
    press(face.more, Qt.Key.Key_Return)
    assert len(lines(world)) == len(PAST)
    assert not face.more.isVisible()
    world.view.faces.past.choose(EventKind.VISIT.value)
    assert len(lines(world)) == len(VISITS)


def test_enter_on_a_visit_of_the_timeline_opens_it_and_esc_returns_to_the_timeline(make: Make) -> None:
    world = make(Records(reading=READING))
    world.window.actions_table.run("family.timeline")
    faces = world.view.faces
    press(faces.timeline.table, Qt.Key.Key_Return)
    assert faces.visit.presenter.visit == VISITS[0].id
    world.escape()
    assert faces.timeline.isVisible()
    world.escape()
    assert faces.on_page


def test_an_empty_past_and_one_that_cannot_be_read_say_what_to_do(make: Make) -> None:
    world = make(Records(past=()))
    world.window.actions_table.run("family.timeline")
    assert world.view.faces.timeline.states.state == "empty"
    world.escape()
    world.records.fails = "record_missing"
    world.window.actions_table.run("family.timeline")
    assert world.view.faces.timeline.states.state == "error"
    world.records.fails, world.records.past = "", PAST
    retry = next(
        made for made in world.view.faces.timeline.states.findChildren(QPushButton) if made.isVisible()
    )
    press(retry, Qt.Key.Key_Return)
    assert world.view.faces.timeline.states.state == "content"


def test_the_history_of_a_person_is_one_key_from_their_row(make: Make) -> None:
    world = make()
    assert world.view.content is not None
    table = world.view.content.members
    assert table is not None
    table.setFocus()
    press(table, Qt.Key.Key_Down)
    world.window.actions_table.run("family.changes")
    assert world.records.asked[-1] == (HOUSEHOLD, MEMBERS[1].person_id)


def test_without_a_row_the_history_is_that_of_the_whole_file(make: Make) -> None:
    world = make()
    world.window.actions_table.run("family.changes")
    assert world.records.asked[-1] == (HOUSEHOLD, None)


def test_an_edit_says_before_after_who_when_and_where(make: Make) -> None:
    world = make()
    world.window.actions_table.run("family.changes")
    whole, last, made = (line.detail for line in world.view.faces.changes.table.rows_model.rows)
    for part in (
        "50 123 4566",
        "50 123 4567",
        "منى بنت صالح القحطاني",
        "حاسب المكتب",
        "جمادى الأولى",
        "2026-11-02",
    ):
        assert part in whole
    assert "غير معروف على هذا الجهاز" in last
    assert "الجهاز رقم ٧" in last
    assert "إنشاء السجل" in made


def test_a_visit_shows_first_what_changed_and_then_every_answer(make: Make) -> None:
    world = make(Records(reading=READING))
    faces = world.view.faces
    faces.show_visit(VISITS[0].id)
    rows = faces.visit.table.rows_model.rows
    assert any("السكن" in line.first and (line.second, line.third) == ("٣", "٢") for line in rows)
    assert all(line.third for line in rows)
    faces.visit.presenter.choose("")
    assert len(faces.visit.table.rows_model.rows) > len(rows)


def test_a_long_answer_is_told_whole_below_the_list(make: Make) -> None:
    world = make(Records(reading=READING))
    world.view.faces.show_visit(VISITS[0].id)
    line = next(one for one in world.view.faces.visit.table.rows_model.rows if "مشاهدة" in one.second)
    assert len(line.second) < len(str(NOW.get("observations")))
    assert str(NOW.get("observations")) in line.detail


def test_a_domain_that_does_not_apply_is_said_to_be_so(make: Make) -> None:
    now = Answers(DOCUMENT.key, {"ssm": {"recovery": "na", "housing": 3}})
    world = make(Records(reading=replace(READING, answers=now, changes=differences(EARLIER, now))))
    world.view.faces.show_visit(VISITS[0].id)
    world.view.faces.visit.presenter.choose("")
    assert "لا ينطبق" in [line.second for line in world.view.faces.visit.table.rows_model.rows]


def a_file() -> bytes:
    drawn, data = QImage(8, 6, QImage.Format.Format_RGB32), QBuffer()
    drawn.fill(0)
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    drawn.save(data, "PNG")  # type: ignore[call-overload]  # PySide's stubs know the format as bytes only
    return bytes(data.data().data())


def test_a_small_copy_is_shown_until_somebody_fetches_the_picture(make: Make) -> None:
    line = PictureLine(
        uuid.UUID(int=1),
        VISITS[0].id,
        "damage",
        b"large",
        "image/png",
        9,
        8,
        6,
        None,
        here=False,
        thumb_sha256=b"small",
    )
    records = Records(reading=replace(READING, pictures=(line,)), files={b"small": a_file()})
    world = make(records)
    face = world.view.faces.visit
    world.view.faces.show_visit(VISITS[0].id)
    press(face.pictures_button, Qt.Key.Key_Return)
    (card,) = face.pictures.findChildren(PictureCard)
    assert "هذه نسخة مصغّرة، والصورة نفسها لم تصل بعد." in texts_of(card)
    press(card.fetch_button, Qt.Key.Key_Return)
    assert any("فضلًا اطلب من الزميل" in text for text in texts_of(card))
    assert card.fetch_button.isEnabled()
    records.arriving[b"large"] = a_file()
    press(card.fetch_button, Qt.Key.Key_Return)
    assert world.view.faces.visit.presenter.shown is not None
    (shown,) = world.view.faces.visit.presenter.shown.pictures
    assert shown.whole
    assert face.pictures.isVisible()


def texts_of(card: PictureCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def test_pictures_of_the_dwelling_are_shown_and_those_not_here_are_said_to_be_missing(make: Make) -> None:
    lines = tuple(
        PictureLine(uuid.UUID(int=at), VISITS[0].id, kind, sha, "image/png", 9, 8, 6, None, here)
        for at, (kind, sha, here) in enumerate(
            (("dwelling_outside", b"here", True), ("damage", b"away", False))
        )
    )
    world = make(Records(reading=replace(READING, pictures=lines), files={b"here": a_file()}))
    face = world.view.faces.visit
    world.view.faces.show_visit(VISITS[0].id)
    assert not face.pictures.isVisible()
    press(face.pictures_button, Qt.Key.Key_Return)
    shown = [label for label in face.pictures.findChildren(QLabel) if label.isVisible()]
    assert [label.accessibleName() for label in shown if not label.pixmap().isNull()] == ["المسكن من الخارج"]
    assert "لم تصل الصورة إلى هذا الجهاز بعد." in [label.text() for label in shown]


def test_print_means_the_visit_that_is_read(make: Make) -> None:
    world = make(Records(reading=READING, pdf=report_pdf()))
    world.view.faces.show_visit(VISITS[2].id)
    assert world.window.actions_table.run("family.print")
    assert world.records.printed == [VISITS[2].id]


def test_a_slip_is_printed_from_the_visit_and_esc_returns_to_the_visit(make: Make) -> None:
    world = make(Records(reading=READING, pdf=report_pdf()))
    world.view.faces.show_visit(VISITS[0].id)
    press(world.view.faces.visit.slip_button, Qt.Key.Key_Return)
    assert world.view.previewing
    assert world.escape()
    assert world.view.faces.visit.isVisible()


def test_a_visit_leads_to_its_correction_only_where_that_screen_is(make: Make) -> None:
    world = make(Records(reading=READING))
    world.view.faces.show_visit(VISITS[0].id)
    assert world.window.actions_table.run("family.correct")
    assert world.others["visit"].opened == {"amend": str(VISITS[0].id)}
    without = make(Records(reading=replace(READING, may_amend=False)))
    without.view.faces.show_visit(VISITS[0].id)
    assert not without.window.actions_table.run("family.correct")


def test_a_person_opens_from_their_row_with_what_may_be_mended(make: Make) -> None:
    world = make()
    assert world.view.content is not None
    table = world.view.content.members
    assert table is not None
    table.setFocus()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    face = world.view.faces.person
    assert face.person == MEMBERS[2].person_id
    type_text(face.mobile.edit, "0551112223")
    face._keep_contact()
    assert world.records.kept == [
        (MEMBERS[2].person_id, {"mobile": "+966551112223", "mobile_alt": "", "contact_preference": ""})
    ]


def test_a_leaving_needs_a_whole_day_and_a_reason(make: Make) -> None:
    world = make()
    face = world.view.faces.person
    world.view.faces.show_person(MEMBERS[2].person_id)
    membership = MEMBERS[2].membership_id
    assert membership is not None
    face._end(membership)
    type_text(face.left_on.edit, "2026")
    face._end(membership)
    assert (world.records.kept, face.banner.isVisible()) == ([], True)
    face.left_on.edit.clear()
    type_text(face.left_on.edit, "2026-11-20")
    face._end(membership)
    assert world.records.kept == []
    face.left_because.set_value("married")
    face._end(membership)
    assert world.records.kept == [(membership, dt.date(2026, 11, 20), "married")]


def test_a_refused_edit_is_said_and_nothing_is_lost(make: Make) -> None:
    world = make()
    world.view.faces.show_person(MEMBERS[2].person_id)
    face = world.view.faces.person
    type_text(face.mobile.edit, "0551112223")
    world.records.fails = "not_allowed"
    face._keep_contact()
    assert face.banner.isVisible()
    assert face.mobile.value() == "+966551112223"


def test_who_may_not_mend_sees_the_facts_alone(make: Make) -> None:
    world = make(Records(replace(FILE, may_edit=False)))
    world.view.faces.show_person(MEMBERS[2].person_id)
    buttons = [made.text() for made in world.view.faces.person.findChildren(QPushButton) if made.isVisible()]
    assert buttons == ["العودة إلى الملف", "سجل التعديلات"]
    assert world.view.content is not None
    assert world.view.content.address.edit_button is None


def test_the_address_is_mended_on_the_page(make: Make) -> None:
    world = make()
    assert world.view.content is not None
    card = world.view.content.address
    assert card.edit_button is not None
    press(card.edit_button, Qt.Key.Key_Return)
    card.fields["district"].set_value("حي الورود")
    card._send()
    assert world.records.kept[0][0] == HOUSEHOLD
    assert world.view.banner.isVisible()


def test_a_desk_that_is_not_there_or_not_theirs_is_not_offered(make: Make) -> None:
    nothing = make()
    assert not nothing.window.actions_table.run("family.deliver")
    assert nothing.view.leads_open() == []
    screens = frozenset({"giving", "partners", "moving", "review", "visit"})
    every = make(Records(screens=screens))
    assert [lead.screen for lead in every.view.leads_open()] == ["giving", "partners", "moving", "review"]
    without = make(Records(replace(FILE, may=frozenset()), screens=screens))
    assert without.view.leads_open() == []


@pytest.mark.parametrize("part", ["timeline", "changes"])
def test_another_screen_can_lead_straight_to_a_part_of_the_file(make: Make, part: str) -> None:
    world = make()
    world.window.open_screen("family", {"household": str(HOUSEHOLD), "part": part})
    assert not on_page(world)
    world.window.open_screen("family", {"household": str(HOUSEHOLD), "part": "person", "id": "nobody"})
    assert on_page(world)


def test_the_trend_says_every_rating_with_its_day(make: Make) -> None:
    view = make().view
    trend = view.findChild(MatrixTrend)
    assert trend is not None
    spoken = trend.accessibleDescription().splitlines()
    assert len(spoken) == 13
    assert spoken[0].count("2026") + spoken[0].count("2025") == 3


@pytest.mark.parametrize("zoom", [100, 200])
def test_lists_and_persons_fit_at_any_zoom(zoom: int, qtbot: QtBot, qapp: QApplication) -> None:
    kit = kit_for(Preferences(zoom=zoom))
    apply_look(qapp, kit.look)
    world = World(kit, Records(reading=READING))
    qtbot.addWidget(world.window)
    faces = world.view.faces
    for show in (
        faces.show_timeline,
        lambda: faces.show_changes(None),
        lambda: faces.show_visit(uuid.UUID(int=7003)),
        lambda: faces.show_person(MEMBERS[2].person_id),
    ):
        show()
        for _round in range(3):
            qapp.processEvents()
        face = world.view._stack.currentWidget()
        assert face is not None
        areas = [area for area in face.findChildren(type(world.view._page)) if area.isVisible()]
        assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)
