"""Reads a request's body under a limit of size and time, and names failures by code and status."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec
from starlette.requests import ClientDisconnect, Request

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.engine import DatabaseAway, DatabaseBusy, DatabaseError
from tarahum_desktop.sync.errors import SyncError
from tarahum_server.turns import Busy

_STATUSES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "request_unsigned": 401,
        "request_time": 401,
        "request_signature": 401,
        "request_replayed": 401,
        "device_unknown": 403,
        "device_revoked": 403,
        "scope_denied": 403,
        "invitation_refused": 403,
        "body_slow": 408,
        "message_too_large": 413,
        "batch_too_large": 413,
        "content_type": 415,
        "busy": 503,
    }
)
_BAD_REQUEST: Final = 400
_UNAVAILABLE: Final = 503
_FAULT: Final = 500
_CHANGE_OVER_SECONDS: Final = 2


def declared_size(request: Request, unknown: int) -> int:
    """How many bytes a body is said to have; ``unknown`` where it is not said."""
    declared = request.headers.get("content-length", "")
    return int(declared[:15]) if declared.isascii() and declared.isdigit() else unknown


async def read_body(
    request: Request, limit: int, seconds: float, hold: Callable[[int], None] = lambda _size: None
) -> bytes:
    """The whole body; ``hold`` is told of each part's size before it is kept, and may raise.

    Raises:
        SyncError: ``message_too_large`` as soon as it is known, or ``body_slow``.
        ClientDisconnect: the line broke.
    """
    if declared_size(request, limit) > limit:
        raise SyncError("message_too_large")
    parts, size = [], 0
    async for part in within(request.stream(), seconds):
        size += len(part)
        if size > limit:
            raise SyncError("message_too_large")
        hold(len(part))
        parts.append(part)
    return b"".join(parts)


async def within(stream: AsyncIterator[bytes], seconds: float) -> AsyncIterator[bytes]:
    """A body as it arrives; raises SyncError ``body_slow`` when it is not whole after so many seconds."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            async with asyncio.timeout_at(end):
                part = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise SyncError("body_slow") from error
        yield part


def refusal(error: Exception) -> tuple[int, str]:
    """``(HTTP status, code)`` of whatever went wrong; what was not foreseen tells nothing but that."""
    if isinstance(error, DatabaseError):
        return _UNAVAILABLE, error.code
    if isinstance(error, ClientDisconnect):
        return _BAD_REQUEST, "line_failed"
    if isinstance(error, TarahumError):
        return _STATUSES.get(error.code, _BAD_REQUEST), error.code
    return _FAULT, "unexpected"


def seconds_to_come_again(error: Exception) -> int | None:
    """What the caller is told to wait; None where coming again as it is would help nobody."""
    if isinstance(error, Busy):
        return int(error.facts["seconds"])
    return _CHANGE_OVER_SECONDS if isinstance(error, DatabaseAway | DatabaseBusy) else None


def refusal_body(code: str) -> bytes:
    """The body of an answer that is not a success."""
    return msgspec.msgpack.encode({"code": code})
