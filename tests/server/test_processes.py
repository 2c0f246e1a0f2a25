"""Several workers and several server processes on one PostgreSQL, as a large centre runs."""

import http.client
import secrets
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import msgspec
import pytest

from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE, signed_text
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.messages import HelloRequest, encode
from tarahum_server.centre import open_centre, wall_clock
from tarahum_server.settings import Settings
from tests.server.centres import (
    SCOPE,
    assert_same,
    empty_database,
    home_numbers,
    join,
    make_centre,
    plain_tls,
)
from tests.server.server_processes import ServerProcess, balancing, serving

pytestmark = pytest.mark.postgres
DEVICES = 4


@pytest.fixture
def centre(cluster, tmp_path):
    empty_database()
    made = make_centre(tmp_path / "centre", database=cluster.database())
    yield made
    made.close()


def two_servers(centre, **settings):
    made = {"database": centre.settings.database, "workers": 2, **settings}
    return [ServerProcess(centre.settings.folder, **made) for _ in range(2)]


def test_devices_enrol_push_and_pull_at_two_servers_of_two_workers_each(centre, tmp_path):
    one, two = two_servers(centre)
    addresses = (one.address, two.address)
    with serving(one, two), ThreadPoolExecutor(DEVICES) as pool:
        joining = [pool.submit(join, addresses[n % 2], centre, tmp_path, f"d{n}") for n in range(DEVICES)]
        desktops = [each.result() for each in joining]
        assert sorted(each.replica.device for each in desktops) == [2, 3, 4, 5]
        start = threading.Barrier(DEVICES)

        def work(number):
            start.wait()
            for turn in range(4):
                desktops[number].write_homes(25, f"D{number}-{turn}")
                desktops[number].exchange(addresses[(number + turn) % 2])

        for each in [pool.submit(work, number) for number in range(DEVICES)]:
            each.result()
        for desktop in desktops:
            assert desktop.exchange().proven == {"national", SCOPE}
            assert_same(desktop, centre)
    assert len(home_numbers(centre.replica)) == DEVICES * 4 * 25
    assert "failed by" not in one.said() + two.said()


def test_a_request_recorded_at_one_server_counts_at_no_other(centre, tmp_path):
    one, two = two_servers(centre)
    with serving(one, two):
        device = join(one.address, centre, tmp_path, "a")
        body = encode(HelloRequest(1, 1, 1, 0, {}))

        def send(port, headers):
            line = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=plain_tls())
            with closing(line):
                line.request("POST", "/v1/hello", body, headers)
                answer = line.getresponse()
                said = msgspec.msgpack.decode(answer.read())
                return said["code"] if isinstance(said, dict) else "ok"

        with ThreadPoolExecutor(8) as pool:
            for _ in range(3):
                now, nonce = wall_clock(), secrets.token_bytes(16)
                signature = device.keys.sign(signed_text("POST", "/v1/hello", 2, now, nonce, body))
                headers = {
                    "Content-Type": CONTENT_TYPE,
                    "X-Tarahum-Device": "2",
                    "X-Tarahum-Time": str(now),
                    "X-Tarahum-Nonce": nonce.hex(),
                    "X-Tarahum-Signature": signature.hex(),
                }
                ports = [one.port, two.port] * 4
                said = list(pool.map(send, ports, [headers] * 8))
                assert sorted(said) == ["ok", *["request_replayed"] * 7]


def test_servers_restarted_one_after_the_other_under_load_lose_and_double_nothing(centre, tmp_path):
    one, two = two_servers(centre, drain_seconds=1, workers=1)
    with serving(one, two), balancing(one, two) as balancer, ThreadPoolExecutor(DEVICES) as pool:
        address = f"https://127.0.0.1:{balancer.port}"
        desktops = [join(address, centre, tmp_path, f"d{n}") for n in range(DEVICES)]
        ended, broken = threading.Event(), []

        def work(desktop):
            written = 0
            while not ended.is_set():
                desktop.write_homes(10, f"D{desktop.replica.device}-{written}")
                written += 10
                try:
                    desktop.exchange(address)
                except LineFailed as error:
                    broken.append(error.code)
            return written

        working = [pool.submit(work, desktop) for desktop in desktops]
        try:
            for server in (one, two):
                server.tell_to_end()
                assert server.ended() in {0, -signal.SIGTERM}
                server.start()
        finally:
            ended.set()
        written = sum(each.result() for each in working)
        for desktop in desktops:
            assert desktop.exchange(address).proven == {"national", SCOPE}
            assert_same(desktop, centre)
    assert len(home_numbers(centre.replica)) == written > 0
    assert len(broken) <= DEVICES, (
        broken
    )  # a line that was idle may be found closed; a running answer never breaks
    assert "failed by" not in one.said() + two.said()


def test_matters_waiting_for_the_centre_are_acted_upon_once_however_many_workers_look(centre):
    """Two processes settle at once: the lock lets one in, and the other leaves the rest to it."""
    from tarahum_server.relocations import _alone

    second = open_centre(Settings(folder=centre.settings.folder, database=centre.settings.database))
    try:
        with _alone(centre.replica) as first:
            assert first
            with _alone(second.replica) as other:
                assert not other
        with _alone(second.replica) as later:
            assert later
    finally:
        second.close()
