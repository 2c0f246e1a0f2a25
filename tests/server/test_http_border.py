"""What strangers, broken programs and attackers may send to the centre, spoken by hand over TLS."""

import http.client
import secrets
from contextlib import closing
from random import Random

import msgspec
import pytest
import zstandard
from sqlalchemy import func, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import RequestNonce
from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE, signed_text
from tarahum_desktop.sync.codec.envelope import _signed_bytes, compress
from tarahum_desktop.sync.exchange.messages import HelloRequest, encode
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.auth import forget_nonces
from tarahum_server.centre import wall_clock
from tests.server.centres import SCOPE, join, plain_tls
from tests.sync.worlds import send

HELLO = encode(HelloRequest(1, 1, 1, 0, {}))
HOUR = 3_600_000


def proof(keys, device, path, body, time_ms=None, nonce=None):
    time_ms = wall_clock() if time_ms is None else time_ms
    nonce = nonce or secrets.token_bytes(16)
    return {
        "Content-Type": CONTENT_TYPE,
        "X-Tarahum-Device": str(device),
        "X-Tarahum-Time": str(time_ms),
        "X-Tarahum-Nonce": nonce.hex(),
        "X-Tarahum-Signature": keys.sign(signed_text("POST", path, device, time_ms, nonce, body)).hex(),
    }


def post(running, path, body, headers):
    """``(status, code, told time)`` of an answer."""
    line = http.client.HTTPSConnection("127.0.0.1", running.port, timeout=10, context=plain_tls())
    with closing(line):
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        said = msgspec.msgpack.decode(answer.read())
        code = said["code"] if isinstance(said, dict) else "ok"
        return answer.status, code, answer.headers.get("X-Tarahum-Time", "")


def get(running, path):
    line = http.client.HTTPSConnection("127.0.0.1", running.port, timeout=10, context=plain_tls())
    with closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def device(running, tmp_path):
    return join(running.address, running.centre, tmp_path, "a")


def test_a_request_played_again_is_refused(running, device):
    headers = proof(device.keys, 2, "/v1/hello", HELLO)
    assert post(running, "/v1/hello", HELLO, headers)[:2] == (200, "ok")
    assert post(running, "/v1/hello", HELLO, headers)[:2] == (401, "request_replayed")


def test_nothing_of_a_request_can_be_changed(running, device):
    for path, body, changed in (
        ("/v1/hello", HELLO[:-1] + b"\x81", {}),
        ("/v1/pull", HELLO, {}),
        ("/v1/hello", HELLO, {"X-Tarahum-Nonce": "00" * 16}),
        ("/v1/hello", HELLO, {"X-Tarahum-Time": str(wall_clock() - 1000)}),
    ):
        headers = proof(device.keys, 2, "/v1/hello", HELLO) | changed
        assert post(running, path, body, headers)[:2] == (401, "request_signature")


@pytest.mark.usefixtures("device")
def test_a_stranger_and_a_stolen_number_are_refused(running):
    other = DeviceKeys.generate()
    assert post(running, "/v1/hello", HELLO, proof(other, 77, "/v1/hello", HELLO))[:2] == (
        403,
        "device_unknown",
    )
    assert post(running, "/v1/hello", HELLO, proof(other, 2, "/v1/hello", HELLO))[:2] == (
        401,
        "request_signature",
    )


@pytest.mark.parametrize("off", [-HOUR, HOUR])
def test_an_old_or_early_request_is_refused_and_told_the_time(running, device, off):
    headers = proof(device.keys, 2, "/v1/hello", HELLO, wall_clock() + off)
    status, code, told = post(running, "/v1/hello", HELLO, headers)
    assert (status, code) == (401, "request_time")
    assert abs(int(told) - wall_clock()) < 60_000


def test_a_proof_that_cannot_be_one_is_refused(running, device):
    for name, value in (
        ("Device", "٢"),
        ("Device", "-2"),
        ("Time", "1" * 40),
        ("Nonce", "zz" * 16),
        ("Nonce", "00"),
        ("Signature", ""),
        ("Signature", "00" * 63),
    ):
        headers = proof(device.keys, 2, "/v1/hello", HELLO) | {f"X-Tarahum-{name}": value.encode()}
        assert post(running, "/v1/hello", HELLO, headers)[:2] == (401, "request_unsigned")


def test_a_body_too_large_is_refused_before_it_is_read(running, device):
    large = bytes(5000)
    assert post(running, "/v1/pull", large, proof(device.keys, 2, "/v1/pull", large))[:2] == (
        413, "message_too_large",
    )  # fmt: skip


def test_a_body_too_large_that_hides_its_size_is_refused_while_it_is_read(running, device):
    def parts():
        for _ in range(100):
            yield bytes(1000)

    assert post(running, "/v1/enrol", parts(), proof(device.keys, 2, "/v1/enrol", b""))[:2] == (
        413, "message_too_large",
    )  # fmt: skip


def test_another_content_type_is_refused(running, device):
    headers = proof(device.keys, 2, "/v1/hello", HELLO) | {"Content-Type": "application/json"}
    assert post(running, "/v1/hello", HELLO, headers)[:2] == (415, "content_type")


def test_signed_nonsense_is_refused_with_a_code_and_not_a_fault(running, device):
    bodies = (b"", b"\xc1", b"\x91" * 3000, b"\x80", msgspec.msgpack.encode(["x"] * 5))
    for call in ("hello", "push", "pull", "snapshot", "enrol"):
        for body in bodies:
            path = f"/v1/{call}"
            status, code, _ = post(running, path, body, proof(device.keys, 2, path, body))
            assert (status, code) in {(400, "message_malformed"), (400, "batch_unreadable")}, (call, body[:9])


@pytest.fixture
def batch(device):
    device.write_homes(40, "A")
    return send(device.replica)


def pushed(device, payload):
    with device.line() as line:
        try:
            return line.push(payload).code
        except TarahumError as error:
            return error.code


def test_truncated_and_bit_flipped_batches_are_refused_whole(running, device, batch):
    rng = Random(7)
    for _ in range(25):
        at = rng.randrange(len(batch))
        flipped = batch[:at] + bytes([batch[at] ^ 1 << rng.randrange(8)]) + batch[at + 1 :]
        for damaged in (flipped, batch[:at]):
            code = pushed(device, damaged)
            assert code in {"batch_unreadable", "batch_signature", "scope_denied", "device_unknown"}, code
    assert pushed(device, batch) == "ok"
    with running.centre.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar() == 40


def resealed(device, batch, frame):
    magic, header, random_parts, _, _ = msgspec.msgpack.decode(batch)
    signature = device.keys.sign(_signed_bytes(header, random_parts, frame))
    return msgspec.msgpack.encode([magic, header, random_parts, frame, signature])


def test_a_signed_decompression_bomb_is_refused(device, batch):
    bomb = zstandard.ZstdCompressor().compress(bytes(65 * 1024 * 1024))
    assert len(bomb) < 10_000
    assert pushed(device, resealed(device, batch, bomb)) == "batch_too_large"
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1024 * 1024))
    assert pushed(device, resealed(device, batch, silent)) in {"batch_too_large", "batch_malformed"}


def test_a_signed_batch_of_nonsense_is_refused(device, batch):
    for document in (b"\xc1", msgspec.msgpack.encode([40, 1, 2, 3, 4, 5]), b"\x91" * 5000):
        assert pushed(device, resealed(device, batch, compress(document))) == "batch_malformed"


def test_an_oversized_batch_is_refused(device):
    assert pushed(device, bytes(8 * 1024 * 1024 + 1)) in {"message_too_large", "line_failed"}


def test_health_readiness_and_metrics_speak_of_no_person(running, device, batch):
    assert pushed(device, batch) == "ok"
    assert get(running, "/healthz") == (200, "ok\n")
    assert get(running, "/readyz") == (200, "ready\n")
    status, text = get(running, "/metrics")
    assert status == 200
    assert 'tarahum_requests_total{code="ok",route="push"} 1.0' in text
    assert "tarahum_rows " in text
    assert SCOPE not in text
    assert get(running, "/docs")[0] == 404


def test_old_nonces_are_forgotten_and_fresh_ones_kept(running, device):
    centre = running.centre
    device.exchange()
    now = wall_clock()
    with centre.engine.begin() as connection:
        before = connection.execute(select(func.count()).select_from(RequestNonce)).scalar_one()
        forget_nonces(connection, 2, now + 15 * 60_000)
        assert connection.execute(select(func.count()).select_from(RequestNonce)).scalar_one() == before
        forget_nonces(connection, 2, now + 25 * 60_000)
        assert connection.execute(select(func.count()).select_from(RequestNonce)).scalar_one() == 0
    assert before > 0
