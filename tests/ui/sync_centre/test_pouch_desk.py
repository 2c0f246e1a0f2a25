"""The pouch desk through its widgets: a clerk writes in at most three clicks, and every trouble is said plainly."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.pouch import errors
from tarahum_desktop.ui.actions import ActionTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.pouch_panel import PouchPanel
from tarahum_desktop.ui.sync_centre.pouch_words import history_words, summary_words
from tarahum_desktop.ui.widgets.banner import Banner
from tests.ui.sync_centre.pouch_world import (
    CAME,
    EMPTY_DRIVE,
    FINGERPRINT,
    OFFICE,
    PLAN,
    STICK,
    WRITTEN,
    as_line,
)
from tests.ui.sync_centre.sync_world import World
from tests.ui.typing_keys import press

STICK_TROUBLES = (
    errors.StickFull(needed=10, free=1),
    errors.StickReadOnly(),
    errors.StickGone(),
    errors.StickUnfaithful(),
    errors.StickForeign(),
    errors.StickRetired(),
    errors.NoReceiver(),
)


@pytest.fixture
def world(qtbot: QtBot, kit: Kit) -> World:
    made = World(kit)
    qtbot.addWidget(made.view)
    made.view.resize(1150, 700)
    made.view.show()
    made.view.activateWindow()
    return made


def desk(world: World) -> PouchPanel:
    world.view.open_with({"section": "pouch"})
    QApplication.processEvents()
    return world.view.pouch


def click(button: QPushButton, clicked: list[str]) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    clicked.append(button.text())
    button.click()


def results(panel: PouchPanel) -> list[str]:
    return [one.text.text() for one in panel.reading.findChildren(Banner) if one.isVisibleTo(panel)]


def test_a_pouch_goes_out_and_its_slip_is_printed_in_three_clicks_from_anywhere(world: World) -> None:
    clicked: list[str] = []
    world.view.open_with({})
    click(world.view.tabs.buttons["pouch"], clicked)
    click(world.view.pouch.writing.write, clicked)
    click(world.view.pouch.writing.panels[0].print, clicked)
    assert len(clicked) == 3
    assert world.pouches.written == [(STICK.folder, None)]
    assert world.pouches.slips == [FINGERPRINT]
    assert [content for _name, content in world.pouches.saved] == [b"%PDF"]


def test_enter_alone_writes_it_and_prints_the_slip(world: World) -> None:
    panel = desk(world)
    assert world.view.focusWidget() is panel.writing.write
    press(panel.writing.write, Qt.Key.Key_Return)
    assert world.view.focusWidget() is panel.writing.panels[0].print
    press(panel.writing.panels[0].print, Qt.Key.Key_Return)
    assert (len(world.pouches.written), len(world.pouches.slips)) == (1, 1)


def test_what_would_go_is_said_before_anything_is_written(world: World) -> None:
    panel = desk(world)
    assert panel.stick.told.text().startswith("الذاكرة «ذاكرة السجن المركزي» جاهزة.")
    assert panel.writing.who.text() == "إلى مكتب القصيم"
    assert panel.writing.what.text().startswith("١٤ تغييرًا · ٣ ملفات · نحو ")


def test_a_pouch_without_news_may_be_written_all_the_same(world: World) -> None:
    world.pouches.plan = replace(PLAN, changes=0, files=0)
    panel = desk(world)
    assert panel.writing.what.text().startswith("لا جديد للإرسال.")
    assert panel.writing.write.isEnabled()


def test_the_number_and_the_fingerprint_are_shown_to_compare_with_the_paper(world: World) -> None:
    panel = desk(world)
    panel.writing.write.click()
    told = panel.writing.panels[0].text.text()
    assert "الحافظة ٤ إلى مكتب القصيم" in told
    assert FINGERPRINT in told


@pytest.mark.parametrize("trouble", STICK_TROUBLES, ids=lambda error: error.code)
def test_each_trouble_with_a_stick_has_its_sentence_and_the_button_stays(
    world: World, trouble: SyncError
) -> None:
    panel = desk(world)
    world.pouches.failing = trouble
    panel.writing.write.click()
    assert panel.notice.text.text() == error_sentence(world.kit.words, trouble)
    assert panel.writing.write.isEnabled()
    assert panel.writing.panels == []
    world.pouches.failing = None
    panel.writing.write.click()
    assert not panel.notice.isVisible()
    assert len(world.pouches.written) == 1


def test_without_a_stick_nothing_can_be_pressed_and_it_says_what_to_do(world: World) -> None:
    world.pouches.sticks = ()
    panel = desk(world)
    assert panel.stick.told.text().startswith("أدخل ذاكرة مكتبك")
    assert not panel.writing.write.isEnabled()
    assert not panel.reading.read.isEnabled()


def test_a_stick_that_is_put_in_is_found_by_itself(world: World) -> None:
    world.pouches.sticks = ()
    panel = desk(world)
    world.pouches.sticks = (STICK,)
    panel.presenter.look_again()
    assert panel.writing.write.isEnabled()
    assert world.view.focusWidget() is panel.writing.write


def test_a_clerk_is_told_about_a_strange_stick_and_cannot_register_it(world: World) -> None:
    world.pouches.sticks = (EMPTY_DRIVE,)
    panel = desk(world)
    assert "هذه الذاكرة غير مسجّلة" in panel.stick.told.text()
    assert not panel.stick.naming.isVisible()
    assert not panel.writing.write.isEnabled()


def test_the_office_gives_a_strange_stick_a_name_and_it_can_be_used_at_once(world: World) -> None:
    world.pouches.rights, world.pouches.sticks = OFFICE, (EMPTY_DRIVE,)
    panel = desk(world)
    panel.stick.name.edit.setText("ذاكرة سجن بريدة")
    panel.stick.register.click()
    assert world.pouches.registered == [(EMPTY_DRIVE.folder, "ذاكرة سجن بريدة")]
    assert not panel.stick.naming.isVisible()
    assert panel.writing.write.isEnabled()


def test_the_office_chooses_for_whom(world: World) -> None:
    world.pouches.rights = OFFICE
    panel = desk(world)
    assert panel.writing.choice is not None
    assert panel.writing.choice.value() == "9"
    panel.presenter.choose_receiver(11)
    panel.writing.write.click()
    assert world.pouches.written == [(STICK.folder, 11)]


def test_pouches_that_wait_are_counted_and_read_with_one_key(world: World) -> None:
    world.pouches.sticks = (replace(STICK, waiting=2),)
    panel = desk(world)
    assert panel.reading.told.text() == "حافظتان تنتظران على هذه الذاكرة."
    assert world.view.focusWidget() is panel.reading.read
    press(panel.reading.read, Qt.Key.Key_Return)
    assert results(panel) == [
        "قُرئت الحافظة ٣ من السجن المركزي: ١٢ تغييرًا · ٣ ملفات · تأكد في المركز ٤٠ تغييرًا لك."
    ]
    assert world.pouches.took == [frozenset({"exchange_record", "outbox"})]


def test_the_office_is_offered_the_answer_and_a_prison_is_not(world: World) -> None:
    panel = desk(world)
    panel.reading.read.click()
    assert not panel.reading.answer.isVisible()
    world.pouches.rights = OFFICE
    panel = desk(world)
    panel.reading.read.click()
    assert world.view.focusWidget() is panel.reading.answer
    panel.reading.answer.click()
    assert world.pouches.answered == [(CAME,)]
    assert panel.writing.panels[0].print.isVisible()


def test_an_empty_stick_says_that_there_was_nothing(world: World) -> None:
    world.pouches.summaries = ()
    panel = desk(world)
    panel.reading.read.click()
    assert len(results(panel)) == 1
    assert not panel.reading.answer.isVisible()


def test_what_waits_and_what_is_missing_is_said_of_a_pouch(kit: Kit) -> None:
    sentence, tone = summary_words(kit, replace(CAME, held=2, conflicts=1, missing=(2,), clock_set=True))
    assert tone == "attention"
    for part in ("قيمة واحدة تنتظر قرارًا.", "دفعتان تنتظران هنا", "الحافظة ٢", "اضبط التاريخ والوقت"):
        assert part in sentence


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("refused", "pouch_half_copied"), ("refused", "pouch_damaged"), ("foreign", "pouch_foreign"),
        ("refused", "pouch_tampered"), ("refused", "pouch_newer"), ("refused", "pouch_expired"),
        ("refused", "pouch_maker_unknown"), ("refused", "pouch_maker_revoked"), ("refused", "pouch_too_large"),
        ("refused", "pouch_unreadable"), ("refused", "join_request_unreadable"),
    ],
)  # fmt: skip
def test_a_pouch_that_cannot_be_read_says_which_and_why(kit: Kit, state: str, code: str) -> None:
    sentence, tone = summary_words(kit, replace(CAME, state=state, code=code, facts={"percent": 40}))
    assert "الحافظة ٣ من السجن المركزي" in sentence
    assert sentence != summary_words(kit, CAME)[0]
    assert tone == ("attention" if state == "foreign" else "danger")


def test_every_state_of_a_pouch_has_its_own_words(english_kit: Kit) -> None:
    states = (
        "writing",
        "written",
        "answered",
        "expired",
        "read",
        "carried",
        "relayed",
        "asked",
        "admitted",
        "refused",
    )
    assert len({history_words(english_kit, as_line(1, state))[0] for state in states}) == len(states)


def test_who_may_not_carry_pouches_is_told_so(world: World) -> None:
    world.pouches.rights = replace(OFFICE, may_carry=False)
    assert desk(world).panel.state == "empty"


def test_a_machine_of_no_centre_says_why_and_tries_again(world: World) -> None:
    world.pouches.rights = TarahumError("not_enrolled")
    panel = desk(world)
    assert panel.panel.state == "error"
    world.pouches.rights = OFFICE
    panel.presenter.open()
    assert panel.panel.state == "content"


def test_a_folder_chosen_by_hand_stands_for_the_stick(world: World) -> None:
    world.pouches.sticks, world.pouches.chosen = (), Path("/home/clerk/pouches")
    panel = desk(world)
    panel.stick.folder.click()
    panel.writing.write.click()
    assert world.pouches.written == [(Path("/home/clerk/pouches"), None)]


def test_the_keys_write_read_answer_and_print(world: World) -> None:
    world.pouches.rights = OFFICE
    desk(world)
    table = ActionTable(world.view.screen_actions())
    assert table.run("sync.write")
    assert table.run("sync.slip")
    assert table.run("sync.read")
    assert table.run("sync.answer")
    assert (len(world.pouches.written), len(world.pouches.answered), world.pouches.slips) == (
        1,
        1,
        [WRITTEN.fingerprint],
    )


def test_an_unknown_section_falls_back_to_the_exchange(world: World) -> None:
    world.view.open_with({"section": "of another version"})
    assert world.view.section == "exchange"
    assert world.view.card.isVisible()


def test_the_sections_say_how_much_waits_in_them(world: World) -> None:
    world.pouches.sticks = (replace(STICK, waiting=2),)
    desk(world)
    assert "(٢)" in world.view.tabs.buttons["pouch"].text()
    assert "(١٤)" in world.view.tabs.buttons["exchange"].text()
    assert "(" not in world.view.tabs.buttons["history"].text()


def test_a_long_writing_can_be_stopped_and_tried_again(world: World) -> None:
    panel = desk(world)
    world.pouches.between = panel.presenter.cancel
    panel.writing.write.click()
    assert panel.notice.text.text() == "توقفت العملية، ولم يبقَ شيء ناقص."
    assert world.pouches.written == []
    world.pouches.between = lambda: None
    panel.writing.write.click()
    assert len(world.pouches.written) == 1
