import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.worker import Background, Immediate, Worker


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    assert qapp is not None  # answers are delivered by its event loop
    made = Worker()
    yield made
    made.stop()


def unexpected(error: TarahumError) -> None:
    raise AssertionError(error.code)


def test_work_runs_off_the_qt_thread_and_the_answer_comes_back_on_it(worker: Worker, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    worker.background().query(
        threading.current_thread, lambda ran: threads.extend((ran, threading.current_thread())), unexpected
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.current_thread()
    assert threads[1] is threading.current_thread()


def test_a_newer_query_makes_the_older_answer_unwanted(worker: Worker, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[str]()
    background = worker.background()
    background.command(gate.wait, lambda _opened: None, unexpected)
    for typed in ("م", "مح", "محم"):
        background.query(lambda typed=typed: typed, answers.append, unexpected, replaces="find")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["محم"]


def test_commands_are_carried_out_in_order_even_after_the_screen_went(worker: Worker) -> None:
    done, answers = list[int](), list[None]()
    background = worker.background()
    for number in range(5):
        background.command(lambda number=number: done.append(number), answers.append, unexpected)
    background.close()
    worker.stop()
    assert done == [0, 1, 2, 3, 4]
    assert answers == []


@pytest.mark.parametrize("kind", ["worker", "immediate"])
def test_an_error_comes_back_with_its_code(kind: str, worker: Worker, qtbot: QtBot) -> None:
    background: Background = worker.background() if kind == "worker" else Immediate()
    codes: list[str] = []

    def fail() -> None:
        raise TarahumError("disk_full")

    background.command(fail, lambda _none: None, lambda error: codes.append(error.code))
    qtbot.waitUntil(lambda: bool(codes))
    assert codes == ["disk_full"]


def test_an_unforeseen_error_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    codes: list[str] = []

    def fail() -> None:
        raise ValueError("محمد 1023456789")

    with caplog.at_level(logging.ERROR):
        Immediate().query(fail, lambda _none: None, lambda error: codes.append(error.code))
    assert codes == ["unexpected"]
    assert "ValueError" in caplog.text
    assert "1023456789" not in caplog.text


def test_stopping_twice_does_no_harm() -> None:
    worker = Worker()
    worker.stop()
    worker.stop()
