"""The calls that move contents of attachments, in pieces at any offset, and the side that answers them.

A hash alone opens nothing: the caller reads what a row names in a scope it may read, and sends what a row names in a
scope it may send to, or in a row it made itself, wherever that row has moved since.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, union_all

from tarahum_desktop.models import Attachment, Blob
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.store import MOST_BYTES, append_bytes, held_bytes, is_whole, read_bytes
from tarahum_desktop.sync.blobs.words import BlobReceipt, sign_word
from tarahum_desktop.sync.clock import stamp_device
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

MOST_NAMES: Final = 128
MOST_REPLY_BYTES: Final = 512 * 1024
NOT_YOURS: Final = -1
OK: Final = "ok"
_DAY_MS: Final = 24 * 60 * 60 * 1000
_ALLOWANCE: Final = "files_from:"
# An officer's pictures of a day are a hundredth of it.
DAILY_BYTES: Final = 2 * 1024 * 1024 * 1024
_ATTACHMENT: Any = Attachment.__table__
_BLOB: Any = Blob.__table__


class BlobHaveRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks how much the other side has of some contents."""

    names: list[bytes]


class BlobHeld(msgspec.Struct, array_like=True, frozen=True):
    """So many bytes from the beginning, -1 for what is not the caller's to know; a receipt when it is all."""

    held: int
    receipt: BlobReceipt | None = None


class BlobHaveReply(msgspec.Struct, array_like=True, frozen=True):
    """One answer a name, in the order asked."""

    held: list[BlobHeld]


class BlobPiece(msgspec.Struct, array_like=True, frozen=True):
    """Bytes of a content of ``size`` bytes from an offset on."""

    sha256: bytes
    size: int
    at: int
    data: bytes


class BlobPushRequest(msgspec.Struct, array_like=True, frozen=True):
    """Hands over pieces of one or many contents."""

    pieces: list[BlobPiece]


class BlobPushed(msgspec.Struct, array_like=True, frozen=True):
    """What became of one piece: ``ok``, ``blob_denied``, ``blob_size``, ``blob_damaged``, ``blob_allowance``.

    ``held`` bytes are there now; a receipt when that is all.
    """

    code: str
    held: int
    receipt: BlobReceipt | None = None


class BlobPushReply(msgspec.Struct, array_like=True, frozen=True):
    """One answer a piece, in the order sent."""

    answers: list[BlobPushed]


class BlobWant(msgspec.Struct, array_like=True, frozen=True):
    """A content, and from where on."""

    sha256: bytes
    at: int


class BlobPullRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for contents one after the other, up to a number of bytes in all."""

    wants: list[BlobWant]
    limit_bytes: int


class BlobPulled(msgspec.Struct, array_like=True, frozen=True):
    """Bytes from the wanted offset on: ``ok``, ``blob_denied`` or ``blob_missing``; a receipt with the last of them."""

    code: str
    size: int = 0
    data: bytes = b""
    receipt: BlobReceipt | None = None


class BlobPullReply(msgspec.Struct, array_like=True, frozen=True):
    """Answers to the first wants, as many as there was room for."""

    pieces: list[BlobPulled]


BLOB_HAVE: Final = Call("blob_have", BlobHaveRequest, BlobHaveReply, 16 * 1024)
BLOB_PUSH: Final = Call("blob_push", BlobPushRequest, BlobPushReply, 320 * 1024)
BLOB_PULL: Final = Call("blob_pull", BlobPullRequest, BlobPullReply, 16 * 1024)


@dataclass(frozen=True, slots=True)
class _Named:
    """What rows say of a content: the sizes it may be sent with, and whether the caller may read it."""

    sizes: frozenset[int]
    may_read: bool


def answer_have(replica: Replica, device: KnownDevice, request: BlobHaveRequest) -> BlobHaveReply:
    """How much of each is here, for those the caller may read or send."""
    check_count(len(request.names))
    with replica.engine.execution_options(read_only=True).connect() as connection:
        known = named_for(connection, device, request.names)
        return BlobHaveReply([_held(connection, replica, name, known) for name in request.names])


def _held(connection: Connection, replica: Replica, name: bytes, known: dict[bytes, _Named]) -> BlobHeld:
    if name not in known:
        return BlobHeld(NOT_YOURS)
    held = held_bytes(connection, name, replica.at_rest)
    return BlobHeld(held, sign_word(replica, name, held) if is_whole(connection, name) else None)


def answer_blob_push(replica: Replica, device: KnownDevice, request: BlobPushRequest) -> BlobPushReply:
    """Keep pieces; what comes twice is kept once, and what is not what its hash names is not kept at all."""
    check_count(len(request.pieces))
    with replica.engine.begin() as connection:
        known = named_for(connection, device, [piece.sha256 for piece in request.pieces])
        room = _room(connection, replica, device, sum(len(piece.data) for piece in request.pieces))
        # Everybody takes contents in the same order, so that two callers never wait for each other.
        order = sorted(range(len(request.pieces)), key=lambda at: request.pieces[at].sha256)
        answers = {at: _keep(connection, replica, request.pieces[at], known, room=room) for at in order}
    return BlobPushReply([answers[at] for at in range(len(request.pieces))])


def _keep(
    connection: Connection, replica: Replica, piece: BlobPiece, known: dict[bytes, _Named], *, room: bool
) -> BlobPushed:
    named = known.get(piece.sha256)
    if named is None:
        return BlobPushed("blob_denied", NOT_YOURS)
    if piece.size not in named.sizes or not 0 <= piece.size <= MOST_BYTES:
        return BlobPushed("blob_size", 0)
    if not room:
        return BlobPushed("blob_allowance", held_bytes(connection, piece.sha256, replica.at_rest))
    try:
        kept = append_bytes(
            connection, piece.sha256, piece.size, piece.at, piece.data, _now(replica), replica.at_rest
        )
    except SyncError as error:
        return BlobPushed(error.code, 0)
    if kept.damaged:
        return BlobPushed("blob_damaged", 0)
    return BlobPushed(OK, kept.held, sign_word(replica, piece.sha256, kept.held) if kept.whole else None)


def answer_blob_pull(replica: Replica, device: KnownDevice, request: BlobPullRequest) -> BlobPullReply:
    """Give bytes of the first wants until the limit is reached."""
    check_count(len(request.wants))
    left = max(1, min(request.limit_bytes, MOST_REPLY_BYTES))
    pieces: list[BlobPulled] = []
    with replica.engine.execution_options(read_only=True).connect() as connection:
        known = named_for(connection, device, [want.sha256 for want in request.wants])
        for want in request.wants:
            piece = _give(connection, replica, want, known, left)
            pieces.append(piece)
            left -= len(piece.data)
            if left <= 0:
                break
    return BlobPullReply(pieces)


def _give(
    connection: Connection, replica: Replica, want: BlobWant, known: dict[bytes, _Named], limit: int
) -> BlobPulled:
    named = known.get(want.sha256)
    if named is None or not named.may_read:
        return BlobPulled("blob_denied")
    size = connection.scalar(select(_BLOB.c.size).where(_BLOB.c.sha256 == want.sha256, _BLOB.c.whole))
    if size is None:
        return BlobPulled("blob_missing")
    data = read_bytes(connection, want.sha256, max(0, want.at), limit, replica.at_rest) or b""
    ends = want.at + len(data) >= size
    return BlobPulled(OK, size, data, sign_word(replica, want.sha256, size) if ends else None)


def named_for(connection: Connection, device: KnownDevice, names: Iterable[bytes]) -> dict[bytes, _Named]:
    """Those contents that are a device's to know of: what it may read, may send, or recorded itself."""
    wanted = sorted(set(names))
    columns = _ATTACHMENT.c
    rows = connection.execute(
        union_all(
            *(
                select(name, size.label("bytes"), columns.scope, columns.stamp, columns.removed_at).where(
                    name.in_(wanted)
                )
                for name, size in (
                    (columns.sha256, columns.size),
                    (columns.thumb_sha256, columns.thumb_size),
                )
            )
        )
    )
    sizes: dict[bytes, set[int]] = {}
    readable: set[bytes] = set()
    for sha256, size, scope, stamp, removed_at in rows:
        reads = removed_at is None and device.may_read(scope)
        if reads or device.may_send(scope) or stamp_device(stamp) == device.number:
            sizes.setdefault(sha256, set()).add(size)
        if reads:
            readable.add(sha256)
    return {name: _Named(frozenset(known), name in readable) for name, known in sizes.items()}


def _room(connection: Connection, replica: Replica, device: KnownDevice, size: int) -> bool:
    """Whether a device may send so much more today; counts it when it may."""
    key, today = f"{_ALLOWANCE}{device.number}", replica.wall() // _DAY_MS
    day, used = read_setting(connection, key, lock=True) or (today, 0)
    used = size + (used if day == today else 0)
    if used > DAILY_BYTES:
        return False
    write_setting(connection, key, [today, used])
    return True


def check_count(count: int) -> None:
    """Raises SyncError ``message_too_large`` for more names than one request may have."""
    if count > MOST_NAMES:
        raise SyncError("message_too_large")


def _now(replica: Replica) -> dt.datetime:
    return from_milliseconds(replica.wall())
