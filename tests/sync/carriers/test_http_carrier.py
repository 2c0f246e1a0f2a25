"""What the carrier makes of answers that are not the centre's, and of what it keeps after joining."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE, signed_text
from tarahum_desktop.sync.carriers.trust import Trust
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.enrol import keep_enrolment, load_replica
from tarahum_desktop.sync.exchange.messages import (
    MAX_MESSAGE_BYTES,
    EnrolReply,
    HelloReply,
    HelloRequest,
    encode,
)
from tarahum_desktop.sync.signatures import SigningKey, verify
from tests.sync.worlds import Wall, World

ASK = HelloRequest(1, 1, 1, 0, {})
REPLY = encode(HelloReply(1, 1, 5, 9, {}))
TIME = 1_800_000_000_000


@contextmanager
def answering(*answers):
    """A server that gives the answers in turn, each ``(status, headers, body)``, and keeps what it was asked."""
    asked = []
    waiting = list(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), body))
            status, headers, said = waiting.pop(0)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(said)
            except OSError:
                self.close_connection = True

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ok(body):
    return 200, {"Content-Type": CONTENT_TYPE}, body


def refused(status, code, time=None):
    headers = {"Content-Type": CONTENT_TYPE} | ({"X-Tarahum-Time": str(time)} if time else {})
    return status, headers, msgspec.msgpack.encode({"code": code})


def ask(*answers, key=None, wall=lambda: 0):
    with (
        answering(*answers) as (address, asked),
        HttpCarrier(address, 3, key or SigningKey.generate(), wall, Trust(), 5.0) as line,
    ):
        return line.hello(ASK), asked, line


def test_an_answer_is_read_and_its_bytes_are_counted():
    reply, asked, line = ask(ok(REPLY))
    assert reply == HelloReply(1, 1, 5, 9, {})
    assert (line.requests, line.bytes_out, line.bytes_in) == (1, len(encode(ASK)), len(REPLY))
    assert asked[0][0] == "/v1/hello"


def test_the_signature_covers_what_was_sent():
    key = SigningKey.generate()
    _, [(path, headers, body)], _ = ask(ok(REPLY), key=key)
    text = signed_text(
        "POST", path, 3, int(headers["X-Tarahum-Time"]), bytes.fromhex(headers["X-Tarahum-Nonce"]), body
    )
    assert verify(key.public, bytes.fromhex(headers["X-Tarahum-Signature"]), text)


def test_a_wrong_clock_is_corrected_by_the_centres_answer_and_asked_once_more():
    _, asked, _ = ask(refused(401, "request_time", TIME), ok(REPLY))
    assert [headers["X-Tarahum-Time"] for _, headers, _ in asked] == ["0", str(TIME)]
    assert asked[0][1]["X-Tarahum-Nonce"] != asked[1][1]["X-Tarahum-Nonce"]


def test_a_clock_that_is_refused_twice_is_not_asked_for_ever():
    with pytest.raises(SyncError, match="request_time"):
        ask(refused(401, "request_time", TIME), refused(401, "request_time", TIME))


@pytest.mark.parametrize("code", ["device_unknown", "device_revoked", "scope_denied"])
def test_a_refusal_keeps_the_centres_code(code):
    with pytest.raises(SyncError) as stopped:
        ask(refused(403, code))
    assert stopped.value.code == code
    assert not isinstance(stopped.value, LineFailed)


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/html"}, b"<html>Sign in to the hotel</html>"),
        (302, {"Location": "http://127.0.0.1/"}, b""),
        (502, {"Content-Type": "text/html"}, b"bad gateway"),
        refused(503, "database_busy"),
        (200, {"Content-Type": CONTENT_TYPE, "Content-Length": "500"}, b"cut"),
    ],
)
def test_what_is_not_the_centres_answer_is_a_broken_line(answer):
    if answer[1].get("Content-Length") == "500":
        answer = (answer[0], {**answer[1], "Connection": "close"}, answer[2])
    with pytest.raises(LineFailed):
        ask(answer)


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x95\x01", msgspec.msgpack.encode(["1", 1, 5, 9, {}])])
def test_an_answer_that_cannot_be_read_is_named(body):
    with pytest.raises(SyncError, match="message_malformed"):
        ask(ok(body))


def test_an_endless_answer_is_refused():
    with pytest.raises(SyncError, match="message_too_large"):
        ask(ok(bytes(MAX_MESSAGE_BYTES + 1)))


def test_what_a_device_was_told_when_it_joined_is_there_after_a_restart(tmp_path):
    world = World(tmp_path)
    made = world.replica(7)
    with pytest.raises(SyncError, match="not_enrolled"):
        load_replica(made.engine, made.signer, Wall())
    reply = EnrolReply(7, bytes(16), ["national", "ryd"], "ryd", 1, bytes(32), 5, "PEM")
    with made.engine.begin() as connection:
        keep_enrolment(connection, reply, "https://centre.example", "laptop")
        made.tick(connection)
    replica, enrolment = load_replica(made.engine, made.signer, Wall())
    assert (replica.device, enrolment.scopes, enrolment.address) == (
        7,
        ["national", "ryd"],
        "https://centre.example",
    )
    assert enrolment.trust == Trust(authority="PEM")
    assert replica.clock.last_reading == made.clock.last_reading
    made.engine.dispose()
