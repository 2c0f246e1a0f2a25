"""A centre that says when to come again is asked again then; nobody waits without end, and a waiting can be ended."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.patience import CentreBusy, Patience, seconds_told
from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE
from tarahum_desktop.sync.carriers.trust import Trust
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.messages import HelloReply, HelloRequest, encode
from tarahum_desktop.vault.device_keys import DeviceKeys

ASKING = HelloRequest(1, 1, 1, 0, {})
ANSWER = encode(HelloReply(1, 1, 0, 0, {}))
BUSY = msgspec.msgpack.encode({"code": "busy"})


@contextmanager
def centre(*answers):
    """Gives these ``(status, headers, body)`` in turn, the last one for ever; yields its address and the nonces seen."""
    left, nonces = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            nonces.append(self.headers["X-Tarahum-Nonce"])
            status, headers, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            for name, value in {
                "Content-Type": CONTENT_TYPE,
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", nonces
        finally:
            server.shutdown()
            thread.join()


def line(address):
    return HttpCarrier(address, 2, DeviceKeys.generate(), lambda: time.time_ns() // 1_000_000, Trust(), 5)


def told(seconds):
    return (503, {"Retry-After": str(seconds)}, BUSY)


def test_the_same_is_asked_again_with_a_new_signature_each_time():
    with centre(told(0), told(0), (200, {}, ANSWER)) as (address, nonces), line(address) as carrier:
        assert carrier.hello(ASKING).version == 1
        assert carrier.requests == 3
    assert len(set(nonces)) == 3


def test_a_failure_that_names_no_time_is_not_asked_again():
    with centre((503, {}, BUSY)) as (address, nonces), line(address) as carrier, pytest.raises(LineFailed):
        carrier.hello(ASKING)
    assert len(nonces) == 1


def test_hanging_up_ends_the_waiting_at_once():
    with centre(told(25)) as (address, nonces), line(address) as carrier:
        ended = threading.Timer(0.05, carrier.close)
        ended.start()
        begun = time.monotonic()
        with pytest.raises(CentreBusy):
            carrier.hello(ASKING)
        ended.join()
        assert len(nonces) == 1
        assert time.monotonic() - begun < 20


def test_patience_ends_and_is_renewed_by_an_answer():
    patience = Patience(seconds=0)
    patience.wait(CentreBusy(seconds=0))
    with pytest.raises(CentreBusy):
        patience.wait(CentreBusy(seconds=1))
    with pytest.raises(LineFailed):
        Patience(seconds=5).wait(CentreBusy(seconds=9999))


@pytest.mark.parametrize(
    ("header", "seconds"), [("3", 3), ("", 1), ("Fri, 31 Dec 1999", 1), ("٣", 1), ("99999", 1)]
)
def test_only_whole_seconds_are_believed(header, seconds):
    assert seconds_told(header) == seconds
