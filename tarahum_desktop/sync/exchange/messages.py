"""What the two sides of an exchange say to each other, as MessagePack arrays of typed fields.

Versions are whole numbers. A side names the lowest and highest it speaks; the answer names the one used.
1 (2026-11, first release): hello, push, pull, snapshot.
2: offers name a horizon, a mode and what waits; further calls beside these (see ``calls``).
"""

from typing import Any, Final, TypeVar

import msgspec

from tarahum_desktop.sync.errors import SyncError

LOWEST_VERSION: Final = 1
HIGHEST_VERSION: Final = 2
MAX_MESSAGE_BYTES: Final = 16 * 1024 * 1024
MAX_SCOPES: Final = 256
_REACH: Final = 2**63


class ScopeHave(msgspec.Struct, array_like=True, frozen=True):
    """What the caller has of a scope: log position taken, own last sequence, digest, row count."""

    position: int
    sequence: int
    digest: bytes
    rows: int


class HelloRequest(msgspec.Struct, array_like=True, frozen=True):
    """Opens an exchange. ``time`` is the caller's wall clock in UTC milliseconds, ``program`` its version in words."""

    lowest: int
    highest: int
    schema: int
    time: int
    scopes: dict[str, ScopeHave]
    program: str = ""


class ScopeOffer(msgspec.Struct, array_like=True, frozen=True):
    """What the answering side has: the caller's last sequence there, head position, digest, row count.

    The log before ``horizon`` is gone: whoever has not got that far takes a snapshot. ``mode`` is ``full``, ``write``
    (send only) or ``leave`` (send what is left, then let go). ``waiting_rows`` and ``waiting_bytes`` are what the log
    holds for the caller.
    """

    acknowledged: int
    position: int
    digest: bytes
    rows: int
    horizon: int = 0
    mode: str = "full"
    waiting_rows: int = 0
    waiting_bytes: int = 0


class Receipt(msgspec.Struct, array_like=True, frozen=True):
    """The answering side's signed word that it holds a device's changes up to a sequence."""

    scope: str
    device: int
    sequence: int
    time: int
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return b"tarahum receipt 1\x00" + msgspec.msgpack.encode(
            (self.scope, self.device, self.sequence, self.time)
        )


class HelloReply(msgspec.Struct, array_like=True, frozen=True):
    """Answers a hello for the scopes the device may hold; ``lease_until`` in UTC milliseconds."""

    version: int
    schema: int
    time: int
    lease_until: int
    scopes: dict[str, ScopeOffer]


class PushReply(msgspec.Struct, array_like=True, frozen=True):
    """Answers one batch: ``code`` is ``ok``, ``held`` or why it was refused; the receipt tells what is held."""

    code: str
    receipt: Receipt


class PullRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for log entries after a position, up to a number of bytes (at least one entry).

    Since version 2: ``packs`` says that the caller can read re-packs, ``pieces`` that it takes an entry larger than
    the limit piece by piece, ``offset`` how many bytes it has of the entry at position ``begun``.
    """

    scope: str
    position: int
    limit_bytes: int
    packs: bool = False
    pieces: bool = False
    begun: int = 0
    offset: int = 0


class LogEntry(msgspec.Struct, array_like=True, frozen=True):
    """One batch as its maker signed it, or a re-pack by the centre, at its (last) position in the answering side's log."""

    position: int
    payload: bytes


class Piece(msgspec.Struct, array_like=True, frozen=True):
    """A part of the log entry at a position, from an offset on; ``size`` is that of the whole entry."""

    position: int
    size: int
    offset: int
    content: bytes


class PullReply(msgspec.Struct, array_like=True, frozen=True):
    """Log entries in order; ``position`` is how far they reach, ``head`` how far the log does.

    Instead of entries there may be a ``piece`` of the next one, for callers that asked for such.
    """

    entries: list[LogEntry]
    position: int
    head: int
    piece: Piece | None = None


class SnapshotRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for the next page of a scope's rows; an empty cursor starts."""

    scope: str
    cursor: bytes
    limit_rows: int


class SnapshotReply(msgspec.Struct, array_like=True, frozen=True):
    """One signed page and the cursor of the next (empty: that was the last).

    ``position`` and ``vector`` are the log's when this page was read; the caller keeps the first page's.
    """

    page: bytes
    cursor: bytes
    position: int
    vector: dict[int, int]


class EnrolRequest(msgspec.Struct, array_like=True, frozen=True):
    """A new device presents its one-time code and public keys, and names the user who will open it first."""

    code: str
    name: str
    login: str
    signing_key: bytes
    sealing_key: bytes
    time: int


class EnrolReply(msgspec.Struct, array_like=True, frozen=True):
    """The device's number and scopes, its first user's id, and whom to trust: the centre's number, key and authority.

    ``authority`` is PEM; it is empty where the certificate is from an authority that machines know anyway.
    """

    device: int
    user: bytes
    scopes: list[str]
    committee: str
    centre_device: int
    centre_key: bytes
    time: int
    authority: str = ""


T = TypeVar("T")


def encode(message: msgspec.Struct) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def decode(data: bytes, kind: type[T]) -> T:
    """A message of a kind; raises SyncError ``message_malformed``."""
    if len(data) > MAX_MESSAGE_BYTES:
        raise SyncError("message_too_large")
    try:
        message = msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise SyncError("message_malformed") from error
    if not _can_be_kept(message):
        raise SyncError("message_malformed")
    return message


def _can_be_kept(value: Any) -> bool:
    """Whether every number and text in it fits a database, which would end the call with a fault otherwise.

    A message names in ``WIDE`` its fields that hold unsigned sums of hashes, which no database gets.
    """
    match value:
        case int():
            return -_REACH <= value < _REACH
        case str():
            return "\x00" not in value
        case list() | tuple():
            return all(map(_can_be_kept, value))
        case dict():
            return all(map(_can_be_kept, value)) and all(map(_can_be_kept, value.values()))
        case msgspec.Struct():
            wide = getattr(type(value), "WIDE", ())
            fields = (name for name in value.__struct_fields__ if name not in wide)
            return all(_can_be_kept(getattr(value, name)) for name in fields)
    return True
