"""Who is calling: every request is signed by its device, is fresh by the server's clock, and counts once."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import RequestNonce
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.carriers.signed_request import (
    DEVICE_HEADER,
    NONCE_BYTES,
    NONCE_HEADER,
    SIGNATURE_BYTES,
    SIGNATURE_HEADER,
    TIME_HEADER,
    WINDOW_MS,
    signed_text,
)
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.signatures import verify

_NONCE: Any = RequestNonce.__table__
_MOST_DIGITS: Final = 15


class RequestRefused(SyncError):
    """A request that does not prove who sent it, when, or that it was not sent before."""

    code = "request_unsigned"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request's proof beside what it covers."""

    method: str
    path: str
    device: int
    time_ms: int
    nonce: bytes
    signature: bytes
    body: bytes

    def signed_by(self, key: bytes) -> bool:
        """Whether the holder of this key signed exactly this request."""
        text = signed_text(self.method, self.path, self.device, self.time_ms, self.nonce, self.body)
        return verify(key, self.signature, text)


def read_proof(headers: Mapping[str, str], method: str, path: str, body: bytes) -> SignedRequest:
    """The proof in a request's headers; raises RequestRefused when there is none that could be one."""
    return SignedRequest(
        method,
        path,
        _number(headers.get(DEVICE_HEADER, "")),
        _number(headers.get(TIME_HEADER, "")),
        _bytes(headers.get(NONCE_HEADER, ""), NONCE_BYTES),
        _bytes(headers.get(SIGNATURE_HEADER, ""), SIGNATURE_BYTES),
        body,
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise RequestRefused
    return int(text)


def _bytes(text: str, length: int) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise RequestRefused from error
    if len(value) != length:
        raise RequestRefused
    return value


def check_fresh(request: SignedRequest, now_ms: int) -> None:
    """Refuse what was signed too long ago or too far ahead, by this clock; the answer tells the time."""
    if abs(request.time_ms - now_ms) > WINDOW_MS:
        raise RequestRefused("request_time")


def authenticate(connection: Connection, request: SignedRequest, now_ms: int) -> KnownDevice:
    """The device that sent a request, revoked or not; its nonce is used up in the caller's transaction.

    Raises:
        UnknownDevice: no such device.
        RequestRefused: ``request_time``, ``request_signature`` or ``request_replayed``.
    """
    check_fresh(request, now_ms)
    device = find_device(connection, request.device)
    if not request.signed_by(device.signing_key):
        raise RequestRefused("request_signature", device=request.device)
    _use_up_nonce(connection, request, now_ms)
    return device


def _use_up_nonce(connection: Connection, request: SignedRequest, now_ms: int) -> None:
    values = {"device_number": request.device, "nonce": request.nonce, "seen_at": from_milliseconds(now_ms)}
    if connection.execute(_fresh_nonce(connection.dialect.name), values).first() is None:
        raise RequestRefused("request_replayed", device=request.device)


@functools.cache
def _fresh_nonce(dialect: str) -> Any:
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(_NONCE)
    return statement.on_conflict_do_nothing().returning(_NONCE.c.nonce)


def forget_nonces(connection: Connection, device: int, now_ms: int) -> None:
    """Drop a device's nonces that the window refuses anyway (twice its width: a request may be dated ahead)."""
    values = {"of_device": device, "long_ago": from_milliseconds(now_ms - 2 * WINDOW_MS)}
    connection.execute(_old_nonces(), values)


@functools.cache
def _old_nonces() -> Any:
    return delete(_NONCE).where(
        _NONCE.c.device_number == bindparam("of_device"), _NONCE.c.seen_at < bindparam("long_ago")
    )
