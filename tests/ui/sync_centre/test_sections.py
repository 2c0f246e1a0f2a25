"""Machines, the office's network, habits, what waits, and what would move, through the screen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.devices_heard import DeviceHeard, ScopeHeld
from tarahum_desktop.casework.exchange_habits import ExchangeHabits, LargeExchange
from tarahum_desktop.casework.sync_detail import HealLine, HeldLine, LeavingLine
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.blobs.state import Counted
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.ui.actions import ActionTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.detail_words import forecast_words, speed_of
from tarahum_desktop.ui.sync_centre.machine_words import heard_words, whole_words
from tarahum_desktop.ui.sync_centre.ports import OfficeLine
from tarahum_desktop.ui.sync_centre.presenter import OFFICE
from tarahum_desktop.ui.sync_centre.runner import RunProgress
from tarahum_desktop.ui.sync_centre.view import SyncScreenView
from tests.ui.sync_centre.sync_world import DETAIL, NOW, STATE, World, exchange_line

HELD = ScopeHeld("qsm", "لجنة القصيم", "Qassim committee", 1_200, 31, proven=True)
LAPTOP = DeviceHeard(
    11, "حاسب الباحث الأول", "laptop", "qsm", NOW - timedelta(days=9), NOW - timedelta(days=90), "0.1.0", "https",
    silent=True, revoked=False, holds=(replace(HELD, proven=False),),
)  # fmt: skip
PRISON = replace(
    LAPTOP,
    number=9,
    name="السجن المركزي",
    kind="prison",
    seen_at=NOW - timedelta(hours=3),
    carrier="pouch",
    silent=False,
)
BUSY = replace(
    DETAIL,
    files=replace(DETAIL.files, waiting_out=Counted(3, 1_200_000), on_demand=Counted(2, 900)),
    strange=4,
    heals=(
        HealLine("qsm", "لجنة القصيم", "Qassim", NOW, "", 3, 3),
        HealLine("qsm", "", "", NOW, "office", 5, 2),
    ),
    held=(
        HeldLine(
            "qsm", "لجنة القصيم", "Qassim", 11, "حاسب الباحث", 2, "schema_newer", NOW - timedelta(days=1)
        ),
    ),
    leaving=(LeavingLine("jwf", "لجنة الجوف", "Jawf", 6),),
)


@pytest.fixture
def world(qtbot: QtBot, kit: Kit) -> World:
    made = World(kit)
    qtbot.addWidget(made.view)
    made.view.resize(1150, 700)
    made.view.show()
    return made


def opened(world: World, section: str = "exchange") -> World:
    world.view.open_with({"section": section})
    QApplication.processEvents()
    return world


def waits(world: World) -> list[str]:
    return [one.text() for one in world.view.exchanging.waits.findChildren(QLabel) if one.wordWrap()]


def test_the_longest_silent_stand_first_in_attention_with_both_ways_of_saying_when(
    world: World, kit: Kit
) -> None:
    world.machines = (LAPTOP, PRISON)
    opened(world, "machines")
    told, tone = heard_words(kit, LAPTOP, NOW)
    assert told.startswith("قبل ٩ أيام · ")
    assert "2026-11-14" in told
    assert tone == "attention"
    panel = world.view.machines
    assert panel.notice.text.text() == "جهاز واحد لم يتواصل منذ أكثر من ثلاثة أيام."
    assert "(١)" in world.view.tabs.buttons["machines"].text()
    assert "حاسب الباحث الأول" in panel.holds.title.text()


def test_another_machine_opens_what_it_holds(world: World) -> None:
    world.machines = (LAPTOP, PRISON)
    panel = opened(world, "machines").view.machines
    table = panel.machines.table
    table.setCurrentIndex(table.rows_model.index(1, 0))
    assert "السجن المركزي" in panel.holds.title.text()
    assert "حافظة" in panel.about.text()


def test_a_pouch_proves_nothing_and_is_not_called_incomplete(kit: Kit) -> None:
    assert whole_words(kit, LAPTOP)[1] == "attention"
    assert whole_words(kit, PRISON)[1] == "soft"
    assert whole_words(kit, replace(LAPTOP, holds=(HELD,)))[1] == "accent"


def test_machines_that_never_spoke_and_those_revoked_are_said_so(english_kit: Kit) -> None:
    never = replace(LAPTOP, seen_at=None)
    assert heard_words(english_kit, never, NOW)[0].startswith("Never since it joined")
    assert heard_words(english_kit, replace(LAPTOP, revoked=True), NOW) == ("May no longer exchange", "soft")


def test_no_machines_and_an_error_are_states_of_their_own(world: World) -> None:
    assert opened(world, "machines").view.machines.panel.state == "empty"
    world.machines = TarahumError("database_damaged")
    world.view.machines.open()
    assert world.view.machines.panel.state == "error"


def test_everything_that_waits_is_named(world: World) -> None:
    world.detail = BUSY
    opened(world)
    told = waits(world)
    assert any(sentence.startswith("٣ ملفات لم تصل المركز بعد") for sentence in told)
    assert any("نسخة أحدث" in sentence for sentence in told)
    assert any(sentence.startswith("سجلات لجنة الجوف تغادر هذا الجهاز بعد وصول ٦") for sentence in told)
    assert world.view.card.files.text() == "٣"
    model = world.view.exchanging.held.table.rows_model
    assert model.rows[0].reason.startswith("بعض التغييرات من إصدار أحدث")


def test_what_does_not_wait_takes_no_room(world: World) -> None:
    opened(world)
    assert not world.view.exchanging.waits.isVisible()
    assert not world.view.exchanging.held.isVisible()


def test_what_was_mended_is_listed_with_what_is_left(world: World) -> None:
    world.detail = BUSY
    opened(world, "history")
    first, second = world.view.past.heals.table.rows_model.rows
    assert (first.result, first.tone, first.other) == ("اختلفت ٣ سجلات وأُصلحت", "accent", "المركز")
    assert second.tone == "attention"
    assert "٢ من ٥" in second.result


def test_checking_first_says_what_would_move_and_moves_nothing(world: World) -> None:
    world.forecast = Forecast(14, 12_000, 1_200, 96_000)
    opened(world)
    world.view.card.check.click()
    told = world.view.card.forecast.text.text()
    assert told.startswith("للإرسال: ١٤ تغييرًا")
    assert "للاستلام: ١٬٢٠٠ سجل" in told
    assert "بسرعة المزامنة الأخيرة" in told
    assert world.exchanges == 0


def test_checking_without_a_line_says_so(world: World) -> None:
    world.forecast = SyncError("line_failed")
    opened(world)
    world.view.card.check.click()
    assert world.view.card.forecast.text.text().startswith("انقطع الاتصال.")
    assert world.view.card.check.isEnabled()


def test_nothing_is_foretold_of_a_speed_that_nobody_knows(english_kit: Kit) -> None:
    assert "speed" not in forecast_words(english_kit, Forecast(1, 10, 0, 0), 0.0)[0]
    assert forecast_words(english_kit, Forecast(), 100.0)[0] == "Nothing waits on either side."
    small = replace(exchange_line(1, 5), bytes_in=10, bytes_out=10)
    pouch = replace(exchange_line(2, 5), carrier="pouch")
    assert speed_of((small, pouch)) == 0.0
    assert speed_of((small, exchange_line(1, 5))) == (912 + 40_960) / 7


def test_a_running_exchange_says_how_much_is_left(world: World) -> None:
    opened(world)
    world.view.card.exchange.click()
    world.runner.progress = RunProgress("pull", 14, 300, 14, 1_200)
    world.seconds = 60
    world.view.presenter.tick()
    told = world.view.card.counts.text()
    assert "استُلم ٣٠٠ من ١٬٢٠٠" in told
    assert "بقي نحو" in told
    assert world.view.card.bar.maximum() == 1000


def test_more_than_was_expected_is_no_more_than_everything() -> None:
    assert RunProgress("pull", 20, 30, 14, 20).share == 1.0
    assert RunProgress("pull", 20, 30).share == 0.0


def test_habits_are_kept_as_they_are_ticked(world: World) -> None:
    opened(world)
    world.view.habits.metered.box.click()
    world.view.habits.by_itself.box.click()
    assert world.habits == [
        ExchangeHabits(paused=False, metered=True),
        ExchangeHabits(paused=True, metered=True),
    ]


def test_a_large_exchange_that_waits_on_a_line_paid_by_the_byte_is_no_failure(world: World) -> None:
    opened(world)
    world.outcome = LargeExchange(bytes=3_000_000)
    world.view.card.exchange.click()
    world.held.work()
    world.view.presenter.tick()
    assert "اضغط «زامن الآن»" in world.view.card.line.text()
    assert world.view.card.line.property("tone") == "attention"


def test_the_office_turns_its_network_on_with_one_box_and_reads_its_address(world: World) -> None:
    world.line = OfficeLine(is_office=True, may_switch=True)
    opened(world)
    office = world.view.office
    assert not office.finding.isVisible()
    office.serve.box.click()
    assert world.switched == [True]
    world.line = replace(world.line, serving=True, announced=True, addresses=("https://192.168.1.20:8444",))
    office.open()
    assert "https://192.168.1.20:8444" in office.told.text()


def test_who_may_not_switch_it_sees_how_it_stands(world: World) -> None:
    world.line = OfficeLine(is_office=True, failed="hub_port_taken")
    office = opened(world).view.office
    assert not office.serve.isEnabled()
    assert office.told.text().startswith("يستخدم برنامج آخر") or office.told.property("tone") == "danger"


def test_a_laptop_exchanges_with_the_office_or_types_its_address(world: World) -> None:
    opened(world)
    office = world.view.office
    assert not office.serve.isVisible()
    office.address.edit.setText("https://192.168.1.20:8444")
    office.address.edit.setModified(True)
    office.address.settle()
    assert world.addresses == ["https://192.168.1.20:8444"]
    office.exchange.click()
    assert world.runner.way == OFFICE
    assert not office.exchange.isEnabled()


def test_the_counts_add_up_to_everything_that_was_written_here() -> None:
    assert STATE.only_here + STATE.handed == STATE.kept_here
    assert STATE.sent == STATE.confirmed + STATE.handed


def test_machines_are_for_those_who_watch_over_them(qtbot: QtBot, kit: Kit) -> None:
    made = World(kit)
    view = SyncScreenView(made.context(), replace(made.ports, watches=lambda: False))
    qtbot.addWidget(view)
    view.open_with({"section": "machines"})
    assert view.section == "exchange"
    assert not view.tabs.buttons["machines"].isVisibleTo(view)
    assert not ActionTable(view.screen_actions()).run("sync.at.machines")
