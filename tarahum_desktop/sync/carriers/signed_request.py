"""What a device signs of each request, the same text on both sides of the line.

The signature covers method, path, device, time, nonce and the SHA-256 of the body, so that nothing of a request
can be changed, sent to another place, or sent again. Every answer names the centre's time: a device whose clock
is wrong corrects the time it signs with by what the centre said.
"""

import hashlib
from typing import Final

import msgspec

from tarahum_desktop.sync.errors import SyncError

DEVICE_HEADER: Final = "X-Tarahum-Device"
TIME_HEADER: Final = "X-Tarahum-Time"
NONCE_HEADER: Final = "X-Tarahum-Nonce"
SIGNATURE_HEADER: Final = "X-Tarahum-Signature"
CONTENT_TYPE: Final = "application/vnd.tarahum+msgpack"
NONCE_BYTES: Final = 16
SIGNATURE_BYTES: Final = 64
WINDOW_MS: Final = 10 * 60 * 1000
NEWCOMER: Final = 0  # the device number of a machine that has none yet
_CONTEXT: Final = "tarahum request 1"


def signed_text(method: str, path: str, device: int, time_ms: int, nonce: bytes, body: bytes) -> bytes:
    """The canonical text of a request: one part a line, none of which can hold a line break."""
    digest = hashlib.sha256(body).hexdigest()
    parts = (_CONTEXT, method.upper(), path, str(device), str(time_ms), nonce.hex(), digest)
    return "\n".join(parts).encode("ascii")


class RunPart(msgspec.Struct, array_like=True, frozen=True):
    """One batch of a run, with the same proof as a request of its own to ``/v1/push`` would have.

    In the body each part is preceded by its length in four bytes, big-endian, so it is taken as soon as it is there.
    """

    device: int
    time_ms: int
    nonce: bytes
    signature: bytes
    payload: bytes


PUSH_PATH: Final = "/v1/push"
RUN_PATH: Final = "/v1/push_run"
_LENGTH_BYTES: Final = 4


def pack_part(part: RunPart) -> bytes:
    """A part as it stands in the body."""
    packed = msgspec.msgpack.encode(part)
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed


class RunReader:
    """Takes a run's body as it arrives and gives its parts; ``limit`` bounds the bytes of one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[RunPart]:
        """The parts that are whole by now; raises SyncError ``message_too_large`` or ``message_malformed``."""
        self._waiting += data
        parts = []
        while len(self._waiting) >= _LENGTH_BYTES:
            size = int.from_bytes(self._waiting[:_LENGTH_BYTES], "big")
            if size > self._limit:
                raise SyncError("message_too_large")
            end = _LENGTH_BYTES + size
            if len(self._waiting) < end:
                break
            try:
                parts.append(msgspec.msgpack.decode(bytes(self._waiting[_LENGTH_BYTES:end]), type=RunPart))
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise SyncError("message_malformed") from error
            del self._waiting[:end]
        return parts
