"""The pouch desk over real vaults and a real folder: a prison writes, its office reads and answers, the prison is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.wiring.pouch import pouch_ports
from tarahum_desktop.casework.exchange_habits import ExchangeHabits, keep_habits
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.pouch_panel import PouchPanel
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled
from tarahum_desktop.ui.worker import Immediate
from tests.casework.pouches.desks import Places, homes, make_places, read, write_homes
from tests.server.centres import listening, make_centre


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    with listening(make_centre(tmp_path / "centre")) as running:
        made = make_places(running, tmp_path)
        yield made
        made.office.lock()


class Desk:
    """A machine's pouch desk with the wiring of the program; its stick is a folder that was chosen by hand."""

    def __init__(self, qtbot: QtBot, kit: Kit, place: Workplace, stick: Path) -> None:
        self.place, self.qtbot = place, qtbot
        self.exchanger = Exchanger(place, lambda _touched: place.reseat())
        self.panel = PouchPanel(kit, pouch_ports(place, kit, self.exchanger), Immediate())
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.panel.choose_stick(str(stick))

    def press(self, name: str) -> None:
        button = {
            "write": self.panel.writing.write,
            "read": self.panel.reading.read,
            "answer": self.panel.reading.answer,
        }[name]
        assert button.isEnabled()
        button.click()
        self.qtbot.waitUntil(lambda: not self.panel.presenter.view.busy, timeout=20_000)
        assert self.panel.presenter.view.problem == ""


def test_a_prison_writes_its_office_answers_and_nothing_is_left_in_doubt(
    qtbot: QtBot, kit: Kit, places: Places
) -> None:
    prison = places.joined_prison()
    below = Desk(qtbot, kit, prison, places.stick)
    above = Desk(qtbot, kit, places.office, places.stick)
    try:
        write_homes(prison, 3, "p")
        below.press("write")
        state = sync_state(prison.desk)
        assert (state.only_here, state.handed > 0) == (0, True)
        above.panel.presenter.open()
        above.press("read")
        above.press("answer")
        below.panel.presenter.open()
        below.press("read")
        assert [line.state for line in below.panel.presenter.view.history if line.direction == "out"] == [
            "answered"
        ]
    finally:
        below.exchanger.stop()
        above.exchanger.stop()
        prison.lock()


def test_the_slip_of_a_pouch_is_a_pdf(qtbot: QtBot, kit: Kit, places: Places) -> None:
    prison = places.joined_prison()
    desk = Desk(qtbot, kit, prison, places.stick)
    try:
        desk.press("write")
        written = desk.panel.presenter.view.written[0]
        ports = pouch_ports(prison, kit, desk.exchanger)
        assert ports.slip(written.fingerprint).startswith(b"%PDF")
    finally:
        desk.exchanger.stop()
        prison.lock()


def test_a_machine_whose_exchange_is_paused_does_not_begin_by_itself(places: Places) -> None:
    exchanger = Exchanger(places.office, lambda _touched: None)
    try:
        keep_habits(places.office.replica, ExchangeHabits(paused=True))
        exchanger._from_time_to_time()
        assert not exchanger.runner.running
        keep_habits(places.office.replica, ExchangeHabits())
        exchanger._from_time_to_time()
        assert exchanger.runner.running
    finally:
        exchanger.stop()


def test_the_forecast_asks_the_centre_and_moves_nothing(places: Places) -> None:
    exchanger = Exchanger(places.office, lambda _touched: None)
    try:
        write_homes(places.office, 2, "o")
        before = sync_state(places.office.desk)
        assert exchanger.forecast().rows_out >= 2
        assert sync_state(places.office.desk).kept_here == before.kept_here
    finally:
        exchanger.stop()


def test_closing_the_program_in_the_middle_of_a_reading_loses_nothing(
    qtbot: QtBot, kit: Kit, places: Places
) -> None:
    prison = places.joined_prison()
    desk = Desk(qtbot, kit, prison, places.stick)
    closing = Exchanger(places.office, lambda _touched: None)
    try:
        write_homes(prison, 3, "p")
        desk.press("write")
        closing.stop()
        with pytest.raises(ExchangeCancelled):
            pouch_ports(places.office, kit, closing).read(places.stick, lambda _progress: None)
        summaries = read(places.office, places.stick)
        assert [one.state for one in summaries if one.maker == prison.replica.device] == ["read"]
        assert homes(places.office.replica.engine) == ["p-0", "p-1", "p-2"]
    finally:
        desk.exchanger.stop()
        prison.lock()
