"""The carrier over HTTPS: one kept-alive connection, every request signed by the device.

The only file that knows an HTTP client. Whatever goes wrong on the line is ``LineFailed``; whatever the centre
refuses is a ``SyncError`` with the centre's own code.
"""

import secrets
import ssl
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx2
import msgspec

from tarahum_desktop.sync.carriers.patience import CentreBusy, Patience, seconds_told
from tarahum_desktop.sync.carriers.signed_request import (
    CONTENT_TYPE,
    DEVICE_HEADER,
    NONCE_BYTES,
    NONCE_HEADER,
    PUSH_PATH,
    RUN_PATH,
    SIGNATURE_HEADER,
    TIME_HEADER,
    RunPart,
    pack_part,
    signed_text,
)
from tarahum_desktop.sync.carriers.trust import CentreUntrusted, Trust, checked_address, tls_context
from tarahum_desktop.sync.carriers.watch import watching_options
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.calls import Call, Reply, Request
from tarahum_desktop.sync.exchange.carrier import AnswerCut, LineFailed
from tarahum_desktop.sync.exchange.messages import (
    MAX_MESSAGE_BYTES,
    EnrolReply,
    EnrolRequest,
    HelloReply,
    HelloRequest,
    PullReply,
    PullRequest,
    PushReply,
    SnapshotReply,
    SnapshotRequest,
    decode,
    encode,
)

CONNECT_SECONDS: Final = 15.0
ANSWER_SECONDS: Final = 90.0
# Less than the centre keeps an idle connection; a new one costs a slow line two round trips and a certificate.
_IDLE_SECONDS: Final = 50.0
_WRONG_TIME: Final = "request_time"
_SERVER_FAULT: Final = 500
_UNAVAILABLE: Final = 503
_OK: Final = 200
T = TypeVar("T")
# A request signed as a whole, or batches of which each is signed by itself.
_Body = bytes | Sequence[bytes]


class _Refusal(msgspec.Struct):
    """The body of an answer that is not a success."""

    code: str


class HttpCarrier:
    """One line to a centre; use it as a context manager, or close it.

    Args:
        address: ``https://host:port``; plain ``http`` only on the loopback address.
        device: this device's number, 0 before it has one.
        signer: the device's signing key.
        wall: this machine's clock in UTC milliseconds; it may be wrong.
        trust: whom to believe to be the centre.
        answer_seconds: how long to wait for the next bytes of an answer.

    Attributes:
        bytes_out, bytes_in: size of the bodies sent and received.
        requests: how many requests were made.
    """

    def __init__(
        self,
        address: str,
        device: int,
        signer: Signer,
        wall: Callable[[], int],
        trust: Trust,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        parts = checked_address(address)
        self._base = parts.path.rstrip("/")
        self._device, self._signer, self._wall = device, signer, wall
        self._offset_ms = 0
        self._patience = Patience()
        self.bytes_out = self.bytes_in = self.requests = 0
        try:
            context = tls_context(parts, trust, CONNECT_SECONDS)
        except OSError as error:
            raise LineFailed from error
        self._client = httpx2.Client(
            base_url=f"{parts.scheme}://{parts.netloc}",
            transport=httpx2.HTTPTransport(
                verify=context,
                trust_env=False,
                limits=httpx2.Limits(keepalive_expiry=_IDLE_SECONDS),
                socket_options=watching_options(),
            ),
            timeout=httpx2.Timeout(answer_seconds, connect=CONNECT_SECONDS),
            headers={"Accept": CONTENT_TYPE, "Accept-Encoding": "identity", "Content-Type": CONTENT_TYPE},
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; a call that waits for its turn ends at once."""
        self._patience.give_up()
        self._client.close()

    def hello(self, request: HelloRequest) -> HelloReply:
        """Open an exchange, or compare at its end."""
        return self._ask("/v1/hello", encode(request), HelloReply)

    def push(self, payload: bytes) -> PushReply:
        """Hand over one sealed batch."""
        return self._ask(PUSH_PATH, payload, PushReply)

    def push_run(self, payloads: Sequence[bytes]) -> PushReply:
        """Hand over sealed batches one behind the other, each signed as a request of its own."""
        return self._ask(RUN_PATH, payloads, PushReply)

    def pull(self, request: PullRequest) -> PullReply:
        """Take log entries."""
        return self._ask("/v1/pull", encode(request), PullReply)

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """Take a page of a scope."""
        return self._ask("/v1/snapshot", encode(request), SnapshotReply)

    def ask(self, call: Call[Request, Reply], request: Request) -> Reply:
        """Any other call."""
        return self._ask(f"/v1/{call.name}", encode(request), call.answers)

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Present a one-time code; the signature proves that this side holds the new key."""
        return self._ask("/v1/enrol", encode(request), EnrolReply)

    def _ask(self, path: str, body: _Body, kind: type[T]) -> T:
        try:
            return decode(self._send_in_turn(path, body), kind)
        except SyncError as error:
            if error.code != _WRONG_TIME:
                raise
        # The refusal told the centre's time: sign once more with it.
        return decode(self._send_in_turn(path, body), kind)

    def _send_in_turn(self, path: str, body: _Body) -> bytes:
        """Send, and again after the time a busy centre names; each time signed anew."""
        while True:
            try:
                answer = self._send(path, body)
            except CentreBusy as busy:
                self._patience.wait(busy)
            else:
                self._patience.renew()
                return answer

    def _send(self, path: str, body: _Body) -> bytes:
        if isinstance(body, bytes):
            headers, parts = self._signed(path, body), [body]
        else:
            headers, parts = {}, [self._part(payload) for payload in body]
        size = sum(map(len, parts))
        headers["Content-Length"] = str(size)
        try:
            with self._client.stream(
                "POST", self._base + path, content=iter(parts), headers=headers
            ) as answer:
                self.requests += 1
                self.bytes_out += size
                return self._read(answer)
        except httpx2.TransportError as error:
            if _says_untrusted(error):
                raise CentreUntrusted from error
            raise LineFailed from error
        except httpx2.HTTPError as error:
            raise LineFailed from error

    def _signed(self, path: str, body: bytes) -> dict[str, str]:
        time_ms, nonce, signature = self._proof(path, body)
        return {
            DEVICE_HEADER: str(self._device),
            TIME_HEADER: str(time_ms),
            NONCE_HEADER: nonce.hex(),
            SIGNATURE_HEADER: signature.hex(),
        }

    def _part(self, payload: bytes) -> bytes:
        time_ms, nonce, signature = self._proof(PUSH_PATH, payload)
        return pack_part(RunPart(self._device, time_ms, nonce, signature, payload))

    def _proof(self, path: str, body: bytes) -> tuple[int, bytes, bytes]:
        time_ms = self._wall() + self._offset_ms
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = signed_text("POST", path, self._device, time_ms, nonce, body)
        return time_ms, nonce, self._signer.sign(text)

    def _read(self, answer: httpx2.Response) -> bytes:
        self._learn_time(answer.headers.get(TIME_HEADER, ""))
        body = self._read_body(answer)
        if answer.headers.get("Content-Type") != CONTENT_TYPE:
            # A sign-in page of some hotel, or a proxy's own error: not the centre.
            raise LineFailed(status=answer.status_code)
        if answer.status_code != _OK:
            code = decode(body, _Refusal).code
            if answer.status_code == _UNAVAILABLE and (told := answer.headers.get("Retry-After")):
                raise CentreBusy(seconds=seconds_told(told))
            if answer.status_code >= _SERVER_FAULT:
                raise LineFailed(status=answer.status_code, refusal=code)
            raise SyncError(code)
        return body

    def _read_body(self, answer: httpx2.Response) -> bytes:
        body = bytearray()
        try:
            for part in answer.iter_raw():
                body += part
                if len(body) > MAX_MESSAGE_BYTES:
                    raise SyncError("message_too_large")
        except httpx2.TransportError as error:
            ours = answer.headers.get("Content-Type") == CONTENT_TYPE
            raise AnswerCut(bytes(body) if ours and answer.status_code == _OK else b"") from error
        finally:
            self.bytes_in += len(body)
        return bytes(body)

    def _learn_time(self, told: str) -> None:
        if told.isascii() and told.isdigit() and len(told) < 16:
            self._offset_ms = int(told) - self._wall()


def _says_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
