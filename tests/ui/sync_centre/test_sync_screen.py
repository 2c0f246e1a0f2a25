"""The sync centre through its widgets, with an exchange that goes on when the test says so."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.ui.actions import ActionTable
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.view import SyncScreenView
from tarahum_desktop.ui.widgets.banner import Banner
from tests.ui.sync_centre.sync_world import NEW_MACHINE, STATE, World
from tests.ui.typing_keys import press


def shown(qtbot: QtBot, world: World) -> World:
    qtbot.addWidget(world.view)
    world.view.resize(1150, 700)
    world.view.open_with({})
    world.view.show()
    world.view.activateWindow()
    QApplication.processEvents()
    return world


@pytest.fixture
def world(qtbot: QtBot, kit: Kit) -> World:
    return shown(qtbot, World(kit))


def warnings(world: World) -> list[str]:
    return [one.text.text() for one in world.view.findChildren(Banner) if one.isVisibleTo(world.view)]


def cell(world: World, table: str, row: int, column: int) -> str:
    of = world.view.exchanging.scopes if table == "scopes" else world.view.past.exchanges
    model = of.table.model()
    return str(model.index(row, column).data())


def test_counts_scopes_and_history_are_shown(world: World) -> None:
    card = world.view.card
    assert (card.kept.text(), card.handed.text(), card.confirmed.text()) == ("٩", "٥", "٢٩٨")
    assert cell(world, "scopes", 1, 0) == "لجنة الرياض"
    assert cell(world, "scopes", 1, 1) == "٣١٬٨٤٠"
    assert cell(world, "scopes", 1, 2) == "١٤ تغييرًا لم تصل المركز بعد"
    assert cell(world, "history", 1, 4) == "انقطع الاتصال"


def test_enter_alone_exchanges_because_the_button_has_the_focus(world: World) -> None:
    button = world.view.focusWidget()
    assert button is world.view.card.exchange
    press(world.view.card.exchange, Qt.Key.Key_Return)
    world.held.work()
    assert world.exchanges == 1


def test_a_running_exchange_shows_its_phase_its_counts_and_its_time(world: World) -> None:
    seen: list[tuple[str, str]] = []

    def look() -> None:
        world.seconds += 21
        world.view.presenter.tick()
        seen.append((world.view.card.phase.text(), world.view.card.counts.text()))

    world.between = look
    world.view.card.exchange.click()
    assert world.view.card.running.isVisible()
    assert not world.view.card.exchange.isVisible()
    world.held.work()
    assert seen[1:] == [
        ("إرسال عملك…", "أُرسل ١٤ · استُلم ٠ · المدة حتى الآن: ٤٢ ثانية"),
        ("استلام الجديد…", "أُرسل ١٤ · استُلم ٢٠٣ · المدة حتى الآن: دقيقتان"),
    ]


def test_the_end_is_said_and_the_books_are_read_again(world: World) -> None:
    world.view.card.exchange.click()
    world.seconds += 7
    world.held.work()
    world.state, reads = replace(STATE, kept_here=0, handed=0, confirmed=312), world.reads
    world.view.presenter.tick()
    card = world.view.card
    assert card.line.text() == "تمت المزامنة: أُرسل ١٤، واستُلم ٢٠٣، والمدة ٧ ثوانٍ."
    assert (card.kept.text(), world.reads) == ("٠", reads + 1)
    assert card.exchange.isVisible()
    assert card.exchange.isEnabled()
    assert not card.running.isVisible()


def test_the_window_is_told_which_rows_arrived(world: World) -> None:
    world.view.card.exchange.click()
    world.held.work()
    assert world.changed == [frozenset({"person", "visit", "exchange_record", "outbox"})]


def test_the_screen_looks_by_itself_while_it_is_shown(qtbot: QtBot, world: World) -> None:
    world.runner.start()  # as the clock of the program does
    qtbot.waitUntil(world.view.card.running.isVisible)
    world.held.work()
    qtbot.waitUntil(lambda: not world.view.card.running.isVisible())
    assert world.view.card.line.text().startswith("تمت المزامنة")


def test_stopping_says_so_and_nothing_is_lost(world: World) -> None:
    world.view.card.exchange.click()
    world.view.card.cancel.click()
    assert world.view.card.phase.text() == "تتوقف بعد هذه الخطوة…"
    assert not world.view.card.cancel.isEnabled()
    world.held.work()
    world.view.presenter.tick()
    assert world.view.card.line.text() == "أوقفتَ المزامنة. ما تأكد باقٍ، والبقية في المرة القادمة."


def test_the_focus_goes_to_stop_and_comes_back(world: World) -> None:
    world.view.card.exchange.setFocus()
    world.view.card.exchange.click()
    assert world.view.focusWidget() is world.view.card.cancel
    world.held.work()
    world.view.presenter.tick()
    assert world.view.focusWidget() is world.view.card.exchange


def test_a_broken_line_is_one_polite_sentence_and_the_button_stays(world: World) -> None:
    world.outcome = SyncError("line_failed")
    world.view.card.exchange.click()
    world.held.work()
    world.view.presenter.tick()
    assert world.view.card.line.text().startswith("انقطع الاتصال.")
    assert world.view.card.exchange.isEnabled()


def test_who_went_on_elsewhere_is_told_of_an_exchange_they_asked_for(world: World) -> None:
    world.view.card.exchange.click()
    world.view.hide()
    world.held.work()
    world.view.presenter.tick()
    assert [tone for _sentence, tone in world.announced] == ["accent"]


def test_an_exchange_of_the_clock_disturbs_nobody_elsewhere(world: World) -> None:
    world.outcome = SyncError("line_failed")
    world.runner.start()
    world.view.presenter.tick()
    world.view.hide()
    world.held.work()
    world.view.presenter.tick()
    assert world.announced == []


def test_a_rebuilt_window_finds_the_running_exchange(qtbot: QtBot, world: World) -> None:
    world.view.card.exchange.click()
    second = SyncScreenView(world.context(), world.ports)
    qtbot.addWidget(second)
    second.open_with({})
    second.show()
    assert second.card.running.isVisible()
    world.held.work()
    second.presenter.tick()
    assert not second.card.running.isVisible()


def test_a_wrong_clock_held_batches_and_conflicts_are_said_plainly(world: World) -> None:
    assert warnings(world) == []
    late = replace(STATE.history[0], clock_error_ms=-3 * 86_400_000)
    world.state = replace(STATE, held_batches=2, open_conflicts=3, history=(late, *STATE.history[1:]))
    world.view.card.exchange.click()
    world.held.work()
    world.view.presenter.tick()
    QApplication.processEvents()
    assert warnings(world) == [
        "ساعة هذا الجهاز متأخرة، والفرق: ٣ أيام. فضلًا اضبط التاريخ والوقت؛ لم يضِع شيء.",
        "توجد دفعتان محجوزتان حتى يصل ما تحتاجانه أو يفرج عنهما مكتبك. لم يضِع منهما شيء.",
        "عُدّلت ٣ قيم من شخصين وتنتظر قرارًا.",
    ]


def test_a_scope_that_differs_is_named(world: World) -> None:
    differing = replace(STATE.scopes[0], proven=False, disputed=True)
    world.state = replace(STATE, scopes=(differing, *STATE.scopes[1:]))
    world.view.card.exchange.click()
    world.held.work()
    world.view.presenter.tick()
    assert cell(world, "scopes", 0, 2) == "تختلف عن المركز: أعد المزامنة"


def test_a_new_machine_says_what_to_do_in_both_lists(qtbot: QtBot, kit: Kit) -> None:
    view = shown(qtbot, World(kit, NEW_MACHINE)).view
    assert (view.exchanging.scopes.panel.state, view.past.exchanges.panel.state) == ("empty", "empty")
    assert view.card.line.text() == "اضغط «زامن الآن» حالما يتوفر اتصال."


def test_a_machine_of_no_centre_cannot_exchange_and_says_why(qtbot: QtBot, kit: Kit) -> None:
    world = shown(qtbot, World(kit, NEW_MACHINE, centre=""))
    assert not world.view.card.exchange.isEnabled()
    assert world.view.card.line.text().startswith("لم ينضم هذا الجهاز")
    assert not ActionTable(world.view.screen_actions()).run("sync.exchange")
    assert world.exchanges == 0


def test_books_that_cannot_be_read_offer_to_try_again(qtbot: QtBot, kit: Kit) -> None:
    world = shown(qtbot, World(kit, TarahumError("database_damaged")))
    assert world.view.panel.state == "error"
    world.state = STATE
    world.view.presenter.open()
    assert world.view.panel.state == "content"


def test_the_actions_begin_and_stop_an_exchange(world: World) -> None:
    table = ActionTable(world.view.screen_actions())
    assert not table.run("sync.stop")
    assert table.run("sync.exchange")
    assert not table.run("sync.exchange")
    assert table.run("sync.stop")
    world.held.work()
    assert world.runner.last is not None
    assert world.runner.last.error is not None


def test_whatever_is_saved_elsewhere_is_counted_again(world: World) -> None:
    reads = world.reads
    world.view.refresh(frozenset({"consent"}))
    world.view.refresh(frozenset())
    assert world.reads == reads + 1
