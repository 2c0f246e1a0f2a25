"""The visit form through its real widgets, by the keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tarahum_desktop.domain.forms.answers import FieldPath, canonical_answers, read_answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.i18n.words import Language
from tarahum_desktop.ui.visit.question import Question
from tests.domain.forms.study import REFUSED, answers, visited
from tests.ui.visit.form_world import Store, World

# The offscreen platform has no window manager for size hints, raising and grabbing, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., World]


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Open]:
    worlds: list[World] = []

    def make(store: Store | None = None, language: Language = "ar") -> World:
        world = World(store or Store(), language=language)
        worlds.append(world)
        world.open()
        return world

    yield make
    for world in worlds:
        world.view.close()
        world.view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def question(world: World, path: str) -> Question:
    return next(one for one in world.view.findChildren(Question) if one.path == path and not one.isHidden())


def go(world: World, code: str, path: str = "") -> None:
    world.presenter.go(code, path)
    QApplication.processEvents()


def test_every_section_of_the_form_can_be_shown(opened: Open) -> None:
    world = opened(Store(visited()))
    for section in world.presenter.document.sections:
        go(world, section.code)
        asked = {one.path for one in world.view.page.findChildren(Question) if not one.isHidden()}
        visible = {
            field.code
            for field in section.fields
            if not field.columns
            and world.presenter.state.fields[field.code].visible
            and world.presenter.lists.asks(field)
        }
        assert visible <= asked


def test_the_first_section_is_filled_by_keys_alone_and_each_answer_is_kept_at_once(opened: Open) -> None:
    world = opened()
    assert world.focused_path() == "visit_type"
    world.type("1")
    assert world.store.saved[-1] == ("visit_type", "initial")
    world.enter()
    assert world.focused_path() == "visit_date"
    world.enter()  # today was offered and is accepted
    assert world.store.saved[-1] == ("visit_date", "2026-11-23")
    world.type("1")
    world.enter()
    world.type("1")
    world.enter()
    assert world.store.answers.get("outcome") == "done"
    assert world.store.answers.get("visit_place") == "home"
    assert world.focused_path() == "team"


def test_a_visit_not_done_is_submitted_with_its_reason_alone(opened: Open) -> None:
    world = opened(Store(answers(visit_type="initial", visit_date="2026-11-23")))
    go(world, "A", "outcome")
    world.type("2")
    world.enter()
    assert world.focused_path() == "outcome_reason"
    world.type("لم يفتح الباب أحد")
    world.key(Qt.Key.Key_S, CTRL)
    assert [one.get("outcome") for one in world.store.sent] == ["nobody_home"]


def test_sections_are_walked_by_control_and_page_keys(opened: Open) -> None:
    world = opened()
    QTest.keyClick(world.focused(), Qt.Key.Key_PageDown, CTRL)
    assert world.presenter.current.code == "B"
    QTest.keyClick(world.focused(), Qt.Key.Key_PageUp, CTRL)
    assert world.presenter.current.code == "A"


def test_enter_after_the_last_question_opens_the_next_section(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "A", "gps")
    for _ in range(3):
        world.enter()
    assert world.presenter.current.code == "B"


def test_a_closed_section_says_why_and_asks_nothing(opened: Open) -> None:
    world = opened(Store(visited(consent_health=REFUSED)))
    go(world, "J")
    assert not any(one.isVisible() for one in world.view.page.findChildren(Question))
    assert any("الموافقة الصريحة على البيانات الصحية" in text for text in _texts(world))
    world.enter()  # goes on, and never submits by surprise
    assert world.presenter.current.code == "K"
    assert world.store.sent == []


def test_a_consent_opens_its_section_and_keeps_the_moment(opened: Open) -> None:
    world = opened(Store(visited(consent_health=None)))
    go(world, "B", "consent_health")
    world.type("1")
    assert world.store.answers.get("consent_health") == {
        "decision": "given",
        "at": "2026-11-23T08:30:00+00:00",
    }
    assert world.presenter.state.sections["J"].closed_because is None


def test_who_signs_for_another_is_asked_for_the_deed(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "B", "signer_capacity")
    assert not world.presenter.state.fields["deed_number"].visible
    world.type("2")
    world.enter()
    assert world.focused_path() == "deed_type"


def test_a_member_takes_at_most_twenty_five_keys(opened: Open) -> None:
    world = opened(Store(visited(gender="male", head_first="سالم", members=None)))
    go(world, "E")
    keys = world.key(Qt.Key.Key_Return, CTRL)
    assert world.focused_path().endswith("/m_relation")
    keys += world.key(Qt.Key.Key_Down) + world.key(Qt.Key.Key_Down) + world.enter()  # son
    keys += world.type("سعد") + world.enter()  # father and family are offered
    keys += world.type("1440") + world.enter()
    keys += world.enter()  # male follows from son
    for _ in range(4):
        keys += world.key(Qt.Key.Key_Down)  # primary
    keys += (
        world.enter() + world.type("1") + world.enter() + world.enter() + world.enter()
    )  # attends, no grade, at home
    row = world.store.answers.rows("members")[0]
    assert keys <= 25
    assert row.values == {
        "m_relation": "son",
        "m_name": {"first": "سعد", "father": "سالم", "grandfather": "سالم", "family": "الحربي"},
        "m_birth": "h1440",
        "m_gender": "male",
        "m_education": "primary",
        "m_enrolled": "attending",
        "m_resident": True,
    }
    assert world.presenter.state.sections["E"].missing == ()


def test_the_whole_matrix_takes_thirteen_keys(opened: Open) -> None:
    world = opened(Store(visited(ssm=None)))
    go(world, "M")
    keys = world.type("3٤" + "3" * 11)
    assert keys == 13
    kept = world.store.answers.get("ssm")
    assert isinstance(kept, dict)
    assert (len(kept), kept["housing"], kept["income"]) == (13, 3, 4)


def test_a_need_is_a_service_found_by_any_spelling_a_person_and_a_priority(opened: Open) -> None:
    world = opened(Store(visited(needs=None)))
    go(world, "L")
    world.key(Qt.Key.Key_Return, CTRL)
    world.type("الغذائيه")
    world.key(Qt.Key.Key_Tab)
    world.enter()  # the whole household is offered
    world.type("1")
    rows = world.store.answers.rows("needs")
    assert [row.values for row in rows] == [
        {"need_service": "BC-01", "need_person": "household", "need_priority": "urgent"}
    ]


def test_a_row_that_was_removed_can_be_brought_back(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "E")
    before = world.store.answers.row("members", "r2")
    world.view.page.removing.emit("members", "r2")
    assert world.store.answers.row("members", "r2") is None
    undo = next(
        b
        for b in world.view.findChildren(type(world.view._submit))
        if b.text() == world.presenter.words.t("Undo")
    )
    undo.click()
    assert world.store.answers.row("members", "r2") == before


def test_tab_goes_past_a_group_instead_of_round_it(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "F", "inc_charity")
    world.key(Qt.Key.Key_Tab)
    assert world.focused_path() == "inc_relatives"
    go(world, "E", "members")
    world.key(Qt.Key.Key_Tab)
    assert world.presenter.current.code == "F"


def test_money_is_typed_in_either_digits_and_totals_follow(opened: Open) -> None:
    world = opened(Store(visited(inc_ssec=None)))
    go(world, "F")
    world.type("٢٥٠٠")
    world.enter()
    world.type("100.50")
    world.enter()
    assert world.store.answers.get("inc_salary") == 250_000
    assert world.presenter.state.total("inc_total") == 260_050
    assert "٢٬٦٠٠٫٥٠" in _digits(" ".join(_texts(world))) or "٢,٦٠٠.٥٠" in " ".join(_texts(world))


def test_typing_replaces_an_answer_that_is_known_already(opened: Open) -> None:
    world = opened(Store(visited(inc_salary=150_000)))
    go(world, "F")
    assert world.focused_path() == "inc_salary"
    world.type("2000")
    world.enter()
    assert world.store.answers.get("inc_salary") == 200_000


def test_a_known_member_is_opened_with_enter_at_the_first_question(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "E")
    first = world.store.answers.rows("members")[0].id
    world.enter()
    assert world.focused_path() == f"members/{first}/m_relation"


def test_work_goes_on_where_it_was_left(opened: Open) -> None:
    store = Store()
    first = opened(store)
    first.type("1")
    go(first, "C")
    first.type("نورة")
    first.enter()
    first.type("سالم")
    first.enter()
    first.view.close()
    again = opened(Store(read_answers(canonical_answers(store.answers))))
    again.store.last_path = store.last_path
    again.presenter.open("v1")
    QApplication.processEvents()
    assert again.focused_path() == "head_father"
    assert question(again, "head_first").editor.read() == "نورة"


def test_submitting_too_early_goes_to_the_first_answer_that_is_needed(opened: Open) -> None:
    world = opened(Store(visited(head_family=None, observations=None)))
    world.key(Qt.Key.Key_S, CTRL)
    assert world.store.sent == []
    assert world.focused_path() == "head_family"
    assert "٢" in world.view._banner.text.text()


def test_a_submitted_visit_shows_its_receipt_and_can_only_be_read(opened: Open) -> None:
    world = opened(Store(visited()))
    world.key(Qt.Key.Key_S, CTRL)
    assert len(world.store.sent) == 1
    assert world.store.sent[0].get("inc_total") == 200_000
    assert "RY-26-0001" in world.view._closing.text.text()
    assert not question(world, "visit_type").isEnabled()
    saved = len(world.store.saved)
    world.presenter.answer("visit_type", "urgent")
    assert len(world.store.saved) == saved


def test_what_cannot_be_read_is_not_dropped_by_leaving_the_section(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "F")
    world.type("12,5,1")
    QTest.keyClick(world.focused(), Qt.Key.Key_PageDown, CTRL)
    assert world.presenter.current.code == "F"
    assert world.focused_path() == "inc_salary"


def test_an_answer_that_could_not_be_kept_is_said_plainly(opened: Open) -> None:
    world = opened(Store(answers()))
    world.store.full = True
    world.type("1")
    assert world.view._kept.property("tone") == "danger"
    assert world.view._banner.isVisible()


def test_a_signature_is_drawn_and_kept_as_whole_numbers(opened: Open) -> None:
    world = opened(Store(visited(signature=None)))
    go(world, "N", "signature")
    paper = world.focused()
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
    QTest.mouseMove(paper, QPoint(60, 40))
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    kept = world.store.answers.get("signature")
    assert isinstance(kept, dict)
    strokes = kept["strokes"]
    assert isinstance(strokes, tuple)
    assert all(isinstance(number, int) for stroke in strokes for number in stroke)


@pytest.mark.parametrize(
    ("section", "path", "value"),
    [
        ("A", "gps", {"lat": 24_713_552, "lon": 46_675_297, "accuracy": 9}),
        ("A", "team", ("u1",)),
        ("B", "consent_case", {"decision": "given", "at": "2026-11-23T08:00:00+00:00"}),
        ("C", "birth", "h1405-07-01"),
        ("C", "mobile", "+966501234567"),
        ("C", "nationality", "SA"),
        ("D", "sentence", {"years": 2, "months": 6}),
        ("D", "was_breadwinner", True),
        ("I", "furniture", {"fridge": "present", "bedding": "absent"}),
        ("I", "postal_code", "01234"),
        ("M", "ssm", {"housing": 2, "recovery": "na"}),
        ("N", "next_visit", "2027-02-23"),
        ("N", "signature", {"strokes": ((100, 200, 300, 400),), "at": "2026-11-23T08:30:00+00:00"}),
    ],
)
def test_each_kind_of_question_shows_a_kept_answer_and_reads_it_back_unchanged(
    opened: Open, section: str, path: str, value: Value
) -> None:
    world = opened(Store(visited().with_value(FieldPath(path), value)))
    go(world, section)
    assert question(world, path).editor.read() == value


def test_english_words_come_from_the_same_document(opened: Open) -> None:
    world = opened(Store(visited()), language="en")
    assert "Visit type" in _texts(world)


def test_the_documents_words_keep_their_marks_when_their_digits_change(opened: Open) -> None:
    world = opened(Store(visited()))
    go(world, "M")
    assert "مفتاح واحد من ١ إلى ٥ لكل مجال، و٠ لا ينطبق." in _texts(world)


def _texts(world: World) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in world.view.findChildren(QLabel) if one.isVisible()]


def _digits(text: str) -> str:
    return text.replace(",", "٬").replace(".", "٫")
