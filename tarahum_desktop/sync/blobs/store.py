"""Where the content of attachments lies: chunks that follow each other, under the SHA-256 of the whole."""

import datetime as dt
import hashlib
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from tarahum_desktop.models import Blob, BlobChunk

CHUNK_BYTES: Final = 64 * 1024
_BLOB: Any = Blob.__table__
_CHUNK: Any = BlobChunk.__table__


def keep_blob(connection: Connection, content: bytes, now: dt.datetime) -> bytes:
    """Keep a whole content, once however often it is given; returns its SHA-256 (32 bytes)."""
    sha256 = hashlib.sha256(content).digest()
    if not is_whole(connection, sha256):
        drop_blob(connection, sha256)  # what had arrived of it is replaced by all of it
        connection.execute(
            insert(_BLOB).values(sha256=sha256, size=len(content), whole=True, kept_at=now, confirmed_at=None)
        )
        chunks = [
            {"sha256": sha256, "at": at, "content": content[at : at + CHUNK_BYTES]}
            for at in range(0, len(content), CHUNK_BYTES)
        ]
        if chunks:
            connection.execute(insert(_CHUNK), chunks)
    return sha256


def is_whole(connection: Connection, sha256: bytes) -> bool:
    """Whether all of a content is here."""
    return bool(connection.scalar(select(_BLOB.c.whole).where(_BLOB.c.sha256 == sha256)))


def read_blob(connection: Connection, sha256: bytes) -> bytes | None:
    """A whole content; None when it has not arrived, or not all of it."""
    if not is_whole(connection, sha256):
        return None
    query = select(_CHUNK.c.content).where(_CHUNK.c.sha256 == sha256).order_by(_CHUNK.c.at)
    return b"".join(connection.scalars(query))


def drop_blob(connection: Connection, sha256: bytes) -> None:
    """Let a content go, whole or not."""
    connection.execute(delete(_CHUNK).where(_CHUNK.c.sha256 == sha256))
    connection.execute(delete(_BLOB).where(_BLOB.c.sha256 == sha256))
