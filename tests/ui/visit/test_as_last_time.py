"""What differs from the last visit is marked, counted and taken back by one key."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.domain.text import clean
from tarahum_desktop.ui.visit.ports import Listed
from tarahum_desktop.ui.visit.question import Question
from tests.domain.forms.study import member, visited
from tests.ui.visit.form_world import Store, World

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., World]


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Open]:
    worlds: list[World] = []

    def make(store: Store) -> World:
        world = World(store)
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


def said(world: World, path: str) -> str:
    asked = next(one for one in world.view.findChildren(Question) if one.path == path and not one.isHidden())
    return asked._was.text()


def again(**now: Value) -> Store:
    return Store(visited(**now), before=visited())


def step_text(world: World, title: str) -> str:
    buttons = world.view._stepper.findChildren(QPushButton)
    return next(one.text() for one in buttons if one.text().startswith(title))


def test_an_answer_that_is_no_longer_what_it_was_says_what_it_was_and_when(opened: Open) -> None:
    world = opened(again(rooms=7))
    go(world, "I", "rooms")
    assert clean(said(world, "rooms")) == "كانت: ٣ · ٣ ذو الحجة ١٤٤٧ · 2026-05-20"
    assert said(world, "tenure") == ""


def test_one_key_takes_the_old_answer_back_and_keeps_it(opened: Open) -> None:
    world = opened(again(rooms=7))
    old = visited().get("rooms")
    go(world, "I", "rooms")
    world.key(Qt.Key.Key_F4)
    assert world.store.answers.get("rooms") == old
    assert said(world, "rooms") == ""
    world.key(Qt.Key.Key_F4)
    assert world.store.answers.get("rooms") == old, "with nothing to take back the key does nothing"


def test_the_side_says_how_many_answers_of_a_section_changed(opened: Open) -> None:
    world = opened(again(rooms=7, environment="desert"))
    assert "(٢)" in step_text(world, "السكن")
    assert "(" not in step_text(world, "رب الأسرة")
    go(world, "I", "rooms")
    world.key(Qt.Key.Key_F4)
    assert "(١)" in step_text(world, "السكن")


def test_a_first_visit_marks_nothing(opened: Open) -> None:
    world = opened(Store(visited(rooms=7)))
    go(world, "I", "rooms")
    assert said(world, "rooms") == ""
    assert world.presenter.changed == {}


def test_what_is_asked_anew_at_every_visit_is_no_difference(opened: Open) -> None:
    world = opened(again(observations="كلام آخر تمامًا عن الأسرة والبيت", visit_type="update"))
    assert world.presenter.changed == {}


def test_a_column_of_a_known_row_and_a_new_row_are_marked(opened: Open) -> None:
    before = visited(members=(member("p1"),))
    now = visited(members=(member("p1", m_education="secondary"), member("p2")))
    world = opened(Store(now, before=before))
    assert set(world.presenter.changed) == {"members/p1/m_education", "members/p2"}


def test_members_of_a_family_whose_last_visit_named_none_are_no_news(opened: Open) -> None:
    world = opened(Store(visited(members=(member("p1"),)), before=visited(members=None)))
    assert world.presenter.changed == {}


def known(*rows: Row) -> Store:
    return Store(visited(members=rows), known=[Listed(row.id, "سارة الحربي") for row in rows])


def test_who_is_on_record_is_not_dropped_but_asked_about(opened: Open) -> None:
    world = opened(known(member("p1"), member("p2")))
    go(world, "E", "members")
    world.view._remove("members", "p1")
    assert world.focused_path() == "members_left/p1/left_reason"
    left = world.store.answers.row("members_left", "p1")
    assert left is not None
    assert left.get("left_name") == "سارة الحربي"
    assert "members_left/p1/left_reason" in world.presenter.state.problems
    world.type("3")
    world.enter()
    world.enter()  # the day of the visit was offered
    left = world.store.answers.row("members_left", "p1")
    assert left is not None
    assert (left.get("left_reason"), left.get("left_on")) == ("died", "g2026-11-23")
    assert world.presenter.state.ready
    assert [row.id for row in world.presenter.state.kept.rows("members")] == ["p2"]


def test_who_was_taken_away_by_a_slip_comes_back_as_they_were(opened: Open) -> None:
    world = opened(known(member("p1"), member("p2")))
    go(world, "E", "members")
    before = world.store.answers.row("members", "p1")
    world.view._remove("members", "p1")
    world.view._remove("members_left", "p1")
    assert world.store.answers.row("members", "p1") == before
    assert world.store.answers.rows("members_left") == ()
    assert world.presenter.state.ready


def test_a_row_that_was_never_on_record_goes_at_once_and_can_be_undone(opened: Open) -> None:
    world = opened(known(member("p1")))
    go(world, "E", "members")
    world.presenter.add_row("members")
    assert world.presenter.remove_row("members", "new1") == ""
    assert world.store.answers.rows("members_left") == ()


def test_what_waits_aside_is_never_submitted(opened: Open) -> None:
    world = opened(known(member("p1"), member("p2")))
    go(world, "E", "members")
    world.view._remove("members", "p1")
    world.presenter.answer("members_left/p1/left_reason", "married")
    world.presenter.answer("members_left/p1/left_on", "g2026")
    world.key(Qt.Key.Key_S, CTRL)
    (sent,) = world.store.sent
    assert "members_aside" not in sent.values
    assert world.store.answers.row("members_aside", "p1") is not None


def test_a_correction_compares_everything_and_asks_for_its_reason(opened: Open) -> None:
    world = opened(
        Store(visited(observations="كلام مصحح عن الأسرة والبيت والأطفال"), before=visited(), amends=True)
    )
    assert set(world.presenter.changed) == {"observations"}
    world.key(Qt.Key.Key_S, CTRL)
    assert world.store.sent == []
    assert world.focused() is world.view._reason.line.edit
    world.type("كُتبت لأسرة أخرى")
    world.key(Qt.Key.Key_S, CTRL)
    assert len(world.store.sent) == 1
    assert world.store.answers.get("amendment_reason") == "كُتبت لأسرة أخرى"
    assert world.presenter.locked
    assert world.store.answers.get("ended_at") == visited().get("ended_at"), "a correction is no new visit"
