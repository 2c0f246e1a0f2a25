"""What a device signs of each request, the same text on both sides of the line.

The signature covers method, path, device, time, nonce and the SHA-256 of the body, so that nothing of a request
can be changed, sent to another place, or sent again. Every answer names the centre's time: a device whose clock
is wrong corrects the time it signs with by what the centre said.
"""

import hashlib
from typing import Final

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
