"""Lines that break at any byte and servers that die at any moment: nothing is lost, nothing is doubled."""

import sys
import threading
from random import Random

import pytest

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tests.server.centres import ForkedServer, assert_same, home_numbers, join, more
from tests.server.cutting_line import cutting_line
from tests.server.slow_lines import slow_memory


def test_the_line_is_cut_at_random_bytes(running, tmp_path):
    rng = Random(20260101)
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    a.exchange()
    b.exchange()
    whole = bytes_of_an_exchange(running, a, b)
    cuts = 0
    for turn in range(more("TARAHUM_LINE_CUTS", 40)):
        a.write_homes(25, f"A{turn}")
        b.write_homes(5, f"B{turn}")
        b.exchange()
        with cutting_line(running.port, rng.randrange(1, whole)) as line:
            try:
                a.exchange(f"https://127.0.0.1:{line.port}")
            except LineFailed:
                cuts += 1
        if turn % 4 == 3:
            assert a.exchange().proven == {"national", "ryd"}
            assert_same(a, running.centre)
    a.exchange()
    b.exchange()
    assert_same(a, running.centre)
    assert_same(b, running.centre)
    assert cuts > 10


def bytes_of_an_exchange(running, a, b):
    a.write_homes(25, "A")
    b.write_homes(5, "B")
    b.exchange()
    with cutting_line(running.port, None) as line:
        a.exchange(f"https://127.0.0.1:{line.port}")
        return line.passed


class DyingCentre:
    """A line whose centre is killed about the time of a push; ``apart`` sends the batches of a run one by one."""

    def __init__(
        self, line: HttpCarrier, server: ForkedServer, doomed: int, delay: float, *, apart: bool
    ) -> None:
        self._line, self._server = line, server
        self._doomed, self._delay, self._apart = doomed, delay, apart
        self.pushes = 0

    def hello(self, request):
        return self._line.hello(request)

    def pull(self, request):
        return self._line.pull(request)

    def snapshot(self, request):
        return self._line.snapshot(request)

    def ask(self, call, request):
        return self._line.ask(call, request)

    def push(self, payload):
        return self._dying(lambda: self._line.push(payload))

    def _dying(self, hand_over):
        self.pushes += 1
        if self.pushes != self._doomed:
            return hand_over()
        killer = threading.Thread(target=self._kill_soon)
        killer.start()
        try:
            return hand_over()
        finally:
            killer.join()

    def push_run(self, payloads):
        if not self._apart:
            return self._dying(lambda: self._line.push_run(payloads))
        for payload in payloads:
            reply = self.push(payload)
            if reply.code != "ok":
                break
        return reply

    def _kill_soon(self) -> None:
        threading.Event().wait(self._delay)
        self._server.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_the_centre_is_killed_at_random_moments_of_a_push(centre, tmp_path):
    rng = Random(20260102)
    server = ForkedServer(centre.settings)
    server.start()
    a = join(f"https://127.0.0.1:{server.port}", centre, tmp_path, "a")
    a.exchange()
    broken = 0
    try:
        for turn in range(more("TARAHUM_CENTRE_KILLS", 22)):
            a.write_homes(120, f"A{turn}")
            with a.line() as line:
                apart = turn % 2 == 0
                doomed = rng.randint(1, 3) if apart else 1
                dying = DyingCentre(line, server, doomed, rng.uniform(0, 0.03), apart=apart)
                try:
                    a.over(dying, slow_memory())
                except LineFailed:
                    broken += 1
            server.kill()
            server.start()
        assert a.exchange().proven == {"national", "ryd"}
    finally:
        server.kill()
    assert_same(a, centre)
    assert len(home_numbers(centre.replica)) == 120 * more("TARAHUM_CENTRE_KILLS", 22)
    assert broken > 10
