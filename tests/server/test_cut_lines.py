"""A slow line that is cut at any byte: one exchange goes on through the cuts, and what arrived is not sent again."""

import socket
import threading
from random import Random

import pytest

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.trust import Trust, checked_address, tls_context
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.line_memory import LineMemory, keep_memory
from tarahum_desktop.sync.exchange.through_cuts import MOST_FRUITLESS, exchange_through_cuts
from tarahum_desktop.sync.receive import header_of
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.desk import Desk
from tests.server.centres import (
    SCOPE,
    Desktop,
    assert_same,
    free_port,
    home_numbers,
    join,
    listening,
    make_centre,
    more,
)
from tests.server.cutting_line import cutting_line
from tests.server.slow_lines import slow_memory


def over(desktop: Desktop, line: HttpCarrier, memory: LineMemory, report=lambda _progress: None):
    known = desktop.enrolment
    return exchange(desktop.replica, line, known.centre_key, known.centre_device, report, memory)


def through_cuts(desktop: Desktop, address: str, wait=lambda _seconds: None, report=lambda _progress: None):
    known = desktop.enrolment
    with desktop.line(address) as line:
        return exchange_through_cuts(
            desktop.replica, line, known.centre_key, known.centre_device, report, wait
        )


def acknowledged(desktop: Desktop) -> int:
    with desktop.replica.engine.connect() as connection:
        return read_scopes(connection)[SCOPE].acknowledged


def test_a_slow_line_carries_many_batches_in_one_request(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(600, "A")
    with a.line() as line:
        outcome = over(a, line, slow_memory())
        assert outcome.proven == {"national", SCOPE}
        assert outcome.pushed == 600
        assert line.requests < 10
    assert_same(a, running.centre)


def test_batches_of_a_run_count_as_they_arrive_though_its_answer_never_comes(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(600, "A")
    with (
        cutting_line(running.port, 9_000) as cut,
        a.line(f"https://127.0.0.1:{cut.port}") as line,
        pytest.raises(LineFailed),
    ):
        over(a, line, slow_memory())
    assert acknowledged(a) == 0  # no receipt came back
    there = arrived(running)
    assert 0 < there < 600
    steps: list[int] = []
    with a.line() as line:
        outcome = over(a, line, slow_memory(), lambda progress: steps.append(progress.pushed))
    assert outcome.pushed == 600
    assert there <= next(filter(None, steps)) < 600  # these needed the centre's word alone
    assert_same(a, running.centre)


def arrived(running) -> int:
    """How many homes are at the centre, once what it received is applied."""
    pause, before = threading.Event(), 0
    for _ in range(2_000):
        pause.wait(0.01)
        now = len(home_numbers(running.centre.replica))
        if now and now == before:
            return now
        before = now
    raise AssertionError("nothing arrived")


def test_slow_lines_are_cut_at_random_bytes(running, tmp_path):
    rng = Random(20261123)
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    a.exchange()
    b.exchange()
    cuts = 0
    for turn in range(more("TARAHUM_LINE_CUTS", 20)):
        a.write_homes(150, f"A{turn}")
        b.write_homes(150, f"B{turn}")
        for desktop in (a, b):
            with (
                cutting_line(running.port, rng.randrange(3_000, 20_000)) as cut,
                desktop.line(f"https://127.0.0.1:{cut.port}") as line,
            ):
                try:
                    over(desktop, line, slow_memory())
                except LineFailed:
                    cuts += 1
    for desktop in (a, b, a):
        desktop.exchange()
    assert_same(a, running.centre)
    assert_same(b, running.centre)
    assert cuts > 10


def test_an_entry_larger_than_what_fits_between_two_cuts_arrives_in_pieces(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    b.exchange()
    a.write_homes(3_000, "A")
    a.exchange()
    memory, tries = slow_memory(), 0
    while True:  # each line carries less than the entry, and a fresh one goes on where the last was cut
        with cutting_line(running.port, 12_000) as cut, b.line(f"https://127.0.0.1:{cut.port}") as line:
            tries += 1
            assert tries < 60
            try:
                over(b, line, memory)
            except LineFailed:
                continue
            break
    assert tries > 2
    assert_same(b, running.centre)


def test_one_exchange_goes_on_through_cuts_and_counts_all_of_them(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(2_000, "A")
    with a.replica.engine.begin() as connection:
        keep_memory(connection, slow_memory())
    waits: list[float] = []
    with cutting_line(running.port, 12_000, again=True) as cut:
        outcome = through_cuts(a, f"https://127.0.0.1:{cut.port}", waits.append)
        assert cut.cuts > 1
    assert outcome.pushed == 2_000
    assert outcome.proven == {"national", SCOPE}
    assert_same(a, running.centre)


def test_nobody_waits_for_a_centre_that_never_answered(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    waits: list[float] = []
    with pytest.raises(LineFailed):
        through_cuts(a, f"https://127.0.0.1:{free_port()}", waits.append)
    assert waits == []


def test_a_line_on_which_nothing_moves_any_more_is_given_up_after_a_few_tries(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(50, "A")
    waits: list[float] = []
    looks: list[str] = []
    with cutting_line(running.port, 5_000) as cut, pytest.raises(LineFailed):
        through_cuts(
            a, f"https://127.0.0.1:{cut.port}", waits.append, lambda progress: looks.append(progress.phase)
        )
    waited = sum(waits)
    assert 2 ** (MOST_FRUITLESS - 2) < waited < 2**MOST_FRUITLESS
    assert len(looks) > len(waits)  # so that somebody can end the waiting


class Enough(Exception):
    """Somebody pressed the button that ends it."""


def test_waiting_for_the_line_can_be_ended(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(50, "A")
    waits: list[float] = []

    def report(_progress) -> None:
        if waits:
            raise Enough

    with cutting_line(running.port, 5_000) as cut, pytest.raises(Enough):
        through_cuts(a, f"https://127.0.0.1:{cut.port}", waits.append, report)
    assert len(waits) == 1


def test_an_exchange_without_news_is_one_request_of_a_kilobyte_at_most(tmp_path):
    with listening(make_centre(tmp_path / "centre", plain_http=True)) as running:
        a = join(running.address, running.centre, tmp_path, "a")
        a.write_homes(20, "A")
        a.exchange()
        with cutting_line(running.port, None) as counted:
            address = f"http://127.0.0.1:{counted.port}"
            with HttpCarrier(address, a.replica.device, a.keys, a.replica.wall, Trust()) as line:
                assert a.over(line).complete
                assert line.requests == 1
            assert 0 < counted.passed <= 1024  # headers and signatures included, TLS alone is not


def test_a_line_that_comes_back_after_a_cut_needs_no_certificate_again(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    context = tls_context(checked_address(running.address), a.enrolment.trust, 5.0)
    taken_up = []
    for _ in range(3):
        with (
            socket.create_connection(("127.0.0.1", running.port), 5) as raw,
            context.wrap_socket(raw) as tls,
        ):
            tls.sendall(b"GET / HTTP/1.1\r\nHost: centre\r\n\r\n")
            assert tls.recv(1)
            taken_up.append(tls.session_reused)  # and closed in the midst of an answer
    assert taken_up == [False, True, True]


class CountingCarrier(HttpCarrier):
    """Counts the bytes of all answers to pulls, whether they came to their end or not."""

    pulled = 0

    def pull(self, request):
        before = self.bytes_in
        try:
            return super().pull(request)
        finally:
            self.pulled += self.bytes_in - before


def counting(desktop: Desktop, address: str) -> CountingCarrier:
    known = desktop.enrolment
    return CountingCarrier(
        address, desktop.replica.device, desktop.keys, desktop.replica.wall, known.trust, 10.0
    )


def test_what_was_received_before_a_cut_is_not_received_again(running, tmp_path):
    rng = Random(20261124)
    a, b, c = (join(running.address, running.centre, tmp_path, name) for name in "abc")
    for desktop in (b, c):
        desktop.exchange()
    for part in range(4):  # entries of all sizes, larger and smaller than what is asked for at once
        a.write_homes((1_500, 40, 600, 5)[part], f"A{part}")
        a.exchange()
    with counting(c, running.address) as line:
        assert over(c, line, slow_memory()).complete
        clean = line.pulled
    memory, received, cuts = slow_memory(), 0, 0
    while True:
        assert cuts < 200
        with (
            cutting_line(running.port, rng.randrange(6_000, 14_000)) as cut,
            counting(b, f"https://127.0.0.1:{cut.port}") as line,
        ):
            try:
                over(b, line, memory)
            except LineFailed:
                cuts += 1
            else:
                break
            finally:
                received += line.pulled
    assert cuts > 3
    assert received <= 1.05 * clean
    assert_same(b, running.centre)


def test_what_arrived_before_a_cut_is_not_sent_again(running, tmp_path, monkeypatch):
    rng = Random(20261125)
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(2_500, "A")
    batches: list[tuple[int, int, int]] = []
    answer = Desk.push

    def note(desk, request):
        header = header_of(request.body)
        if header.scope == SCOPE:
            batches.append((header.first, header.last, len(request.body)))
        return answer(desk, request)

    monkeypatch.setattr(Desk, "push", note)
    memory, cuts = slow_memory(), 0
    while True:
        assert cuts < 200
        with (
            cutting_line(running.port, rng.randrange(8_000, 14_000)) as cut,
            a.line(f"https://127.0.0.1:{cut.port}") as line,
        ):
            try:
                over(a, line, memory)
            except LineFailed:
                cuts += 1
            else:
                break
    assert cuts > 3
    known = again = 0
    for first, last, size in batches:
        again += size if first <= known else 0
        known = max(known, last)
    assert again <= 0.05 * sum(size for *_, size in batches)
    assert_same(a, running.centre)
