"""Where the content of attachments lies: chunks that follow each other, under the SHA-256 of the whole.

A row of ``blob`` is in one of these states: *whole*; *arriving* (some chunks from offset 0 on); *asked for* (no chunk:
``kept_at`` says when nobody had it); *let go* (no chunk, but ``confirmed_at``: the centre keeps it for us).
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import Blob, BlobChunk
from tarahum_desktop.sync.blobs.at_rest import CLEAR, AtRest
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.settings import raise_setting

CHUNK_BYTES: Final = 64 * 1024
MOST_BYTES: Final = 32 * 1024 * 1024
HASH_BYTES: Final = 32
DOUBTED: Final = "files_doubted"
_BLOB: Any = Blob.__table__
_CHUNK: Any = BlobChunk.__table__


@dataclass(frozen=True, slots=True)
class Appended:
    """What is here of a content after some bytes came: ``held`` of them from its beginning.

    ``damaged``: all had come but they were not the content that the hash names, so none was kept.
    """

    held: int
    whole: bool = False
    damaged: bool = False


def keep_blob(connection: Connection, content: bytes, now: dt.datetime, at_rest: AtRest = CLEAR) -> bytes:
    """Keep a whole content, once however often it is given; returns its SHA-256 (32 bytes)."""
    sha256 = hashlib.sha256(content).digest()
    if not is_whole(connection, sha256):
        drop_blob(connection, sha256)  # what had arrived of it is replaced by all of it
        connection.execute(
            insert(_BLOB).values(sha256=sha256, size=len(content), whole=True, kept_at=now, confirmed_at=None)
        )
        _write(connection, sha256, 0, content, at_rest)
    return sha256


def append_bytes(
    connection: Connection,
    sha256: bytes,
    size: int,
    at: int,
    data: bytes,
    now: dt.datetime,
    at_rest: AtRest = CLEAR,
) -> Appended:
    """Keep the next bytes of a content of ``size`` bytes, from offset ``at`` on.

    Bytes that are here already are passed over, and bytes that would leave a gap are not taken: the answer says from
    where to go on. When the last one is here the whole is checked against its hash. Callers may do this at the same
    moment in several transactions.

    Raises:
        SyncError ``blob_size``: no content of that size is kept, or another size is known of this one.
    """
    if not 0 <= size <= MOST_BYTES or len(sha256) != HASH_BYTES or at < 0:
        raise SyncError("blob_size", size=size)
    known = _locked(connection, sha256, size, now)
    if known.whole:
        return Appended(size, whole=True)
    if known.size != size:
        raise SyncError("blob_size", size=size)
    held = _length(connection, sha256, at_rest)
    fresh = data[held - at : size - at] if at <= held else b""
    _write(connection, sha256, held, fresh, at_rest)
    held += len(fresh)
    if held < size:
        return Appended(held)
    return _close(connection, sha256, size, now, at_rest)


def read_bytes(
    connection: Connection, sha256: bytes, at: int, limit: int, at_rest: AtRest = CLEAR
) -> bytes | None:
    """At most ``limit`` bytes of a whole content from an offset on, none past its end; None when it is not whole here."""
    if not is_whole(connection, sha256):
        return None
    first = (
        select(func.max(_CHUNK.c.at)).where(_CHUNK.c.sha256 == sha256, _CHUNK.c.at <= at).scalar_subquery()
    )
    query = (
        select(_CHUNK.c.at, _CHUNK.c.content)
        .where(_CHUNK.c.sha256 == sha256, _CHUNK.c.at >= first, _CHUNK.c.at < at + limit)
        .order_by(_CHUNK.c.at)
    )
    found = connection.execute(query).all()
    if not found:
        return b""
    opened = b"".join(at_rest.open(sha256, chunk.at, chunk.content) for chunk in found)
    start = at - found[0].at
    return opened[start : start + limit]


def read_blob(connection: Connection, sha256: bytes, at_rest: AtRest = CLEAR) -> bytes | None:
    """A whole content; None when it has not arrived, or not all of it."""
    return read_bytes(connection, sha256, 0, MOST_BYTES, at_rest)


def is_whole(connection: Connection, sha256: bytes) -> bool:
    """Whether all of a content is here."""
    return bool(connection.scalar(select(_BLOB.c.whole).where(_BLOB.c.sha256 == sha256)))


def held_bytes(connection: Connection, sha256: bytes, at_rest: AtRest = CLEAR) -> int:
    """How many bytes of a content are here, from its beginning."""
    known = connection.execute(
        select(_BLOB.c.whole, _BLOB.c.size).where(_BLOB.c.sha256 == sha256)
    ).one_or_none()
    if known is None:
        return 0
    return int(known.size) if known.whole else _length(connection, sha256, at_rest)


def prove_key(connection: Connection, at_rest: AtRest) -> None:
    """Open one chunk, if there is any; raises SyncError ``blob_sealed`` when that takes another key."""
    found = connection.execute(select(_CHUNK).limit(1)).one_or_none()
    if found is not None:
        at_rest.open(found.sha256, found.at, found.content)


def confirm_blob(
    connection: Connection, sha256: bytes, now: dt.datetime, receipt: bytes | None = None
) -> None:
    """Note that the centre said that it has all of a content, and keep its packed word for handing on."""
    told = {"confirmed_at": now, "receipt": receipt}
    connection.execute(update(_BLOB).where(_BLOB.c.sha256 == sha256).values(told))


def doubt_blobs(connection: Connection, now_ms: int) -> None:
    """Ask again of everything here whether the centre has it: it was set back, and may have lost what it confirmed.

    Its words from before ``now_ms`` count for nothing any more, whoever brings them.
    """
    connection.execute(update(_BLOB).where(_BLOB.c.whole).values(confirmed_at=None, receipt=None))
    raise_setting(connection, DOUBTED, now_ms)


def drop_blob(connection: Connection, sha256: bytes) -> None:
    """Let a content go, whole or not."""
    connection.execute(delete(_CHUNK).where(_CHUNK.c.sha256 == sha256))
    connection.execute(delete(_BLOB).where(_BLOB.c.sha256 == sha256))


def _locked(connection: Connection, sha256: bytes, size: int, now: dt.datetime) -> Any:
    """The blob's row, made when it is the first time, and nobody else's to write until the transaction ends."""
    table_insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(_BLOB)
    connection.execute(
        table_insert.values(
            sha256=sha256, size=size, whole=False, kept_at=now, confirmed_at=None
        ).on_conflict_do_nothing()
    )
    return connection.execute(select(_BLOB).where(_BLOB.c.sha256 == sha256).with_for_update()).one()


def _length(connection: Connection, sha256: bytes, at_rest: AtRest) -> int:
    query = select(_CHUNK.c.at, _CHUNK.c.content).where(_CHUNK.c.sha256 == sha256)
    last = connection.execute(query.order_by(_CHUNK.c.at.desc()).limit(1)).one_or_none()
    return 0 if last is None else last.at + at_rest.length(last.content)


def _write(connection: Connection, sha256: bytes, at: int, data: bytes, at_rest: AtRest) -> None:
    chunks = [
        {
            "sha256": sha256,
            "at": at + start,
            "content": at_rest.close(sha256, at + start, data[start : start + CHUNK_BYTES]),
        }
        for start in range(0, len(data), CHUNK_BYTES)
    ]
    if chunks:
        connection.execute(insert(_CHUNK), chunks)


def _close(connection: Connection, sha256: bytes, size: int, now: dt.datetime, at_rest: AtRest) -> Appended:
    whole = hashlib.sha256()
    query = select(_CHUNK.c.at, _CHUNK.c.content).where(_CHUNK.c.sha256 == sha256).order_by(_CHUNK.c.at)
    for chunk in connection.execute(query):
        whole.update(at_rest.open(sha256, chunk.at, chunk.content))
    if whole.digest() != sha256:
        drop_blob(connection, sha256)
        return Appended(0, damaged=True)
    connection.execute(update(_BLOB).where(_BLOB.c.sha256 == sha256).values(whole=True, kept_at=now))
    return Appended(size, whole=True)
