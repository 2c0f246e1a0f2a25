"""Answers as they are heard at a door: choices by one key, ages, positions in any notation, prisoners not on record."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.ports import Listed
from tarahum_desktop.ui.visit.question import Question
from tests.domain.forms.study import GIVEN, REFUSED, answers, visited
from tests.ui.visit.form_world import Store, World

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., World]


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Open]:
    worlds: list[World] = []

    def make(store: Store | None = None) -> World:
        world = World(store or Store())
        worlds.append(world)
        world.open()
        return world

    yield make
    for world in worlds:
        world.view.close()
        world.view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def go(world: World, code: str, path: str = "") -> None:
    world.presenter.go(code, path)
    QApplication.processEvents()


def a_member(world: World) -> str:
    go(world, "E", "members")
    world.view.add_row()
    return f"members/{world.presenter.answers.rows('members')[-1].id}"


def kept(world: World, path: str) -> Value:
    group, row_id, column = path.split("/")
    row = world.store.answers.row(group, row_id)
    return None if row is None else row.get(column)


@pytest.mark.parametrize(
    ("keys", "relation"),
    [
        ("2", "son"),
        ("٣", "daughter"),
        ("ز", "spouse"),
        ("زز", "daughter_in_law"),
        ("ح", "grandchild"),
        ("م", "foster"),
    ],
)
def test_a_choice_of_twelve_is_made_by_a_digit_or_a_first_letter(
    opened: Open, keys: str, relation: str
) -> None:
    world = opened(Store(visited()))
    row = a_member(world)
    world.type(keys)
    assert kept(world, f"{row}/m_relation") == relation


def test_a_letter_that_begins_no_answer_changes_nothing(opened: Open) -> None:
    world = opened(Store(visited()))
    row = a_member(world)
    world.type("2")
    world.type("ق")
    assert kept(world, f"{row}/m_relation") == "son"
    world.key(Qt.Key.Key_Backspace)
    assert kept(world, f"{row}/m_relation") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1430", "h1430"),
        ("١٤٣٠٠٧٠١", "h1430-07-01"),
        ("12", "g2014~"),
        ("12 سنة", "g2014~"),
        ("2010-02-03", "g2010-02-03"),
    ],
)
def test_a_birth_is_typed_as_it_is_said(opened: Open, typed: str, code: str) -> None:
    world = opened(Store(visited(birth=None)))
    go(world, "C", "birth")
    world.type(typed)
    world.enter()
    assert world.store.answers.get("birth") == code


@pytest.mark.parametrize("typed", ["1330", "13300101", "أمس", "121 سنة"])
def test_a_birth_that_cannot_be_is_said_and_never_dropped_by_leaving(opened: Open, typed: str) -> None:
    world = opened(Store(visited(birth=None)))
    go(world, "C", "birth")
    world.type(typed)
    world.view.step(1)
    assert world.presenter.current.code == "C"
    assert world.focused_path() == "birth"
    assert world.store.answers.get("birth") is None


def test_pasted_bidi_controls_do_not_enter_a_name(opened: Open) -> None:
    world = opened(Store(visited(head_first=None)))
    go(world, "C", "head_first")
    world.type("\u202eنورة\u202c")
    world.enter()
    assert world.store.answers.get("head_first") == "نورة"


@pytest.mark.parametrize(
    ("typed", "halalas"), [("1,250.50", 125_050), ("١٬٢٥٠٫٥٠", 125_050), ("1250", 125_000)]
)
def test_an_amount_with_both_separators_is_read(opened: Open, typed: str, halalas: int) -> None:
    world = opened(Store(visited(inc_salary=None)))
    go(world, "F", "inc_salary")
    world.type(typed)
    world.enter()
    assert world.store.answers.get("inc_salary") == halalas


@pytest.mark.parametrize("typed", ["1.250,50", "1,25", "-5", "خمسون"])
def test_an_amount_that_can_be_read_in_two_ways_is_asked_again(opened: Open, typed: str) -> None:
    world = opened(Store(visited(inc_salary=None)))
    go(world, "F", "inc_salary")
    world.type(typed)
    world.view.step(1)
    assert world.presenter.current.code == "F"
    assert world.store.answers.get("inc_salary") is None


def test_a_position_shared_by_a_telephone_is_parted(opened: Open) -> None:
    world = opened(Store(visited(gps=None)))
    go(world, "A", "gps")
    world.type("24°42'49\"N 46°40'31\"E")
    world.enter()
    world.enter()
    world.enter()
    assert world.store.answers.get("gps") == {"lat": 24_713_611, "lon": 46_675_278}


def test_the_villages_own_position_is_offered_by_one_key_and_says_how_rough_it_is(opened: Open) -> None:
    world = opened(Store(visited(gps=None, district="c2")))
    go(world, "A", "gps")
    world.key(Qt.Key.Key_F4)
    assert world.store.answers.get("gps") == {"lat": 24_480_000, "lon": 46_270_000, "accuracy": 5000}
    go(world, "A", "gps")
    world.key(Qt.Key.Key_F4)
    assert world.store.answers.get("gps") == {"lat": 24_480_000, "lon": 46_270_000, "accuracy": 5000}


def test_a_village_nobody_knows_offers_nothing(opened: Open) -> None:
    world = opened(Store(visited(gps=None, district="c1")))
    go(world, "A", "gps")
    world.key(Qt.Key.Key_F4)
    assert world.store.answers.get("gps") is None


def test_a_prisoner_who_is_not_on_record_is_typed_by_name(opened: Open) -> None:
    world = opened(Store(visited(inmate_person=None)))
    go(world, "D", "inmate_person")
    world.type("ماجد سعد الشهري")
    world.enter()
    assert world.store.answers.get("inmate_person") == "new:ماجد سعد الشهري"
    assert world.presenter.lists.text("persons", "new:ماجد سعد الشهري") == "ماجد سعد الشهري"
    go(world, "D", "inmate_person")
    asked = next(
        one for one in world.view.findChildren(Question) if one.path == "inmate_person" and one.isVisible()
    )
    assert asked.readable


def test_one_name_alone_is_no_person(opened: Open) -> None:
    world = opened(Store(visited(inmate_person=None)))
    go(world, "D", "inmate_person")
    world.type("ماجد")
    world.view.step(1)
    assert world.presenter.current.code == "D"
    assert world.store.answers.get("inmate_person") is None


def test_a_part_of_a_name_on_record_is_that_person(opened: Open) -> None:
    world = opened(Store(visited(inmate_person=None)))
    go(world, "D", "inmate_person")
    world.type("خالد سالم")
    world.enter()
    assert world.store.answers.get("inmate_person") == "p9"


def test_which_stay_is_meant_is_asked_only_where_there_are_several(opened: Open) -> None:
    world = opened(Store(visited(inmate_person="p9")))
    go(world, "D")
    assert not any(one.path == "inmate_stay" and one.isVisible() for one in world.view.findChildren(Question))
    stays = [
        Listed("s1", "سجن الرياض · لا تزال مفتوحة", "p9"),
        Listed("new", "فترة جديدة", "p9"),
        Listed("s7", "أخرى", "p8"),
    ]
    several = opened(Store(visited(inmate_person="p9"), stays=stays))
    go(several, "D", "inmate_stay")
    assert several.focused_path() == "inmate_stay"
    assert [one.code for one in several.presenter.lists.listed("stays")] == ["s1", "new"]
    several.type("جديدة")
    several.enter()
    assert several.store.answers.get("inmate_stay") == "new"


def test_what_was_typed_behind_a_withdrawn_consent_stays_in_the_draft_and_is_not_submitted(
    opened: Open,
) -> None:
    world = opened(Store(visited(consent_health=GIVEN, chronic=("diabetes",))))
    go(world, "B", "consent_health")
    world.type("2")
    assert world.store.answers.get("chronic") == ("diabetes",)
    world.key(Qt.Key.Key_S, CTRL)
    (sent,) = world.store.sent
    assert sent.get("chronic") is None
    assert sent.get("consent_health") is not None


def test_a_consent_given_again_opens_what_was_typed(opened: Open) -> None:
    world = opened(Store(visited(consent_health=REFUSED, chronic=("diabetes",))))
    go(world, "B", "consent_health")
    world.type("1")
    assert world.presenter.state.kept.get("chronic") == ("diabetes",)


def a_file(folder: Path) -> str:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#336655"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPG")
    file = folder / "home.jpg"
    file.write_bytes(bytes(buffer.data().data()))
    return str(file)


def test_a_picture_is_taken_only_after_nobody_is_on_it_was_confirmed(opened: Open, tmp_path: Path) -> None:
    world = opened(Store(visited()))
    world.store.picked = a_file(tmp_path)
    go(world, "I", "dwelling_photos")
    world.enter()
    world.type("1")
    assert world.store.answers.get("dwelling_photos") is None
    go(world, "I", "dwelling_photos")
    world.key(Qt.Key.Key_Space, text=" ")
    world.enter()
    world.type("3")
    (picture,) = world.store.answers.get("dwelling_photos")
    assert picture["kind"] == "damage"
    world.enter()
    go(world, "I", "dwelling_photos")
    world.key(Qt.Key.Key_Space, text=" ")
    world.enter()
    world.type("3")
    assert len(world.store.answers.get("dwelling_photos")) == 1, "the same picture is kept once"


def test_nothing_is_kept_when_no_file_is_chosen(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "I", "dwelling_photos")
    world.key(Qt.Key.Key_Space, text=" ")
    world.enter()
    world.type("1")
    assert world.store.answers.get("dwelling_photos") is None


def test_a_submitted_visit_offers_its_papers_and_the_family(opened: Open) -> None:
    world = opened(Store(visited()))
    world.key(Qt.Key.Key_S, CTRL)
    assert world.focused() is world.view._closing.slip
    world.enter()
    world.view._closing.report.click()
    world.view._closing.family.click()
    assert [content for _name, content in world.store.papers] == [b"slip of v1", b"report of v1"]
    assert all("RY-26-0001" in name for name, _content in world.store.papers)
    assert world.store.opened == ["h1"]


def test_a_family_that_left_meanwhile_is_said_at_once_and_its_file_is_not_offered(opened: Open) -> None:
    store = Store(visited())
    store.now_with = "الأسرة الآن لدى لجنة جدة"
    world = opened(store)
    assert world.view._banner.text.text() == store.now_with
    world.key(Qt.Key.Key_S, CTRL)
    assert store.now_with in world.view._closing.text.text()
    assert world.focused() is world.view._closing.slip
    assert world.view._closing.family.isHidden()
    assert world.view._closing.report.isHidden()


def test_a_visit_where_nobody_was_met_has_no_slip_and_is_closed_all_the_same(opened: Open) -> None:
    store = Store(
        answers(
            visit_type="initial",
            visit_date="2026-11-23",
            outcome="nobody_home",
            outcome_reason="لا أحد في البيت",
        )
    )
    world = opened(store)
    world.key(Qt.Key.Key_S, CTRL)
    assert len(store.sent) == 1
    assert world.presenter.locked
    assert world.view._closing.slip.isHidden()
    world.key(Qt.Key.Key_S, CTRL)
    assert len(store.sent) == 1


def test_after_the_last_answer_enter_reaches_the_button_that_submits(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "O", "documents")
    assert world.key(Qt.Key.Key_Tab) + world.enter() == 2
    assert len(world.store.sent) == 1


def test_the_second_child_is_offered_the_name_of_the_first(opened: Open) -> None:
    world = opened(Store(visited(members=None, gender="female")))
    first = a_member(world)
    world.type("2")
    world.enter()
    world.type("سعد")
    world.enter()
    world.type("خالد")
    world.enter()
    second = a_member(world)
    world.type("3")
    world.enter()
    world.type("ريم")
    world.enter()
    assert kept(world, f"{first}/m_name") == {"first": "سعد", "father": "خالد", "family": "الحربي"}
    assert kept(world, f"{second}/m_name") == {"first": "ريم", "father": "خالد", "family": "الحربي"}
    assert world.focused_path().endswith("/m_birth")
