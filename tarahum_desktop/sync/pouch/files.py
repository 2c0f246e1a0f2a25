"""Which contents of attachments go along, and what arrives of them, piece by piece."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.models import Attachment, Blob, Outbox
from tarahum_desktop.sync.blobs.at_rest import CLEAR, AtRest
from tarahum_desktop.sync.blobs.store import CHUNK_BYTES, append_bytes, is_whole, read_bytes
from tarahum_desktop.sync.pouch.frames import Kind, Part
from tarahum_desktop.sync.pouch.manifest import MOST_WANTED

_ATTACHMENT: Any = Attachment.__table__
_BLOB: Any = Blob.__table__
_OUTBOX: Any = Outbox.__table__
_A_QUERY: Final = 400


@dataclass(frozen=True, slots=True)
class FileHere:
    """A content that is whole here; ``small`` for a thumbnail, which goes before everything else."""

    sha256: bytes
    size: int
    small: bool


def files_for(
    connection: Connection, scopes: Sequence[str], wanted: Sequence[bytes], room: int
) -> list[FileHere]:
    """What belongs to unsent attachments of these scopes or is wanted and belongs to some: small ones first."""
    unsent = select(_OUTBOX.c.row_id).where(_OUTBOX.c.scope.in_(scopes), _OUTBOX.c.entity == "attachment")
    found = _named(connection, scopes, _ATTACHMENT.c.id.in_(unsent))
    asked = list(wanted)[:MOST_WANTED]
    for at in range(0, len(asked), _A_QUERY):
        some = asked[at : at + _A_QUERY]
        named = _named(
            connection, scopes, or_(_ATTACHMENT.c.sha256.in_(some), _ATTACHMENT.c.thumb_sha256.in_(some))
        )
        found |= {sha256: small for sha256, small in named.items() if sha256 in set(some)}
    whole = _sizes_of_whole(connection, list(found))
    here = [FileHere(sha256, whole[sha256], small) for sha256, small in found.items() if sha256 in whole]
    return list(_fitting(sorted(here, key=lambda one: (not one.small, one.size, one.sha256)), room))


def _named(connection: Connection, scopes: Sequence[str], which: Any) -> dict[bytes, bool]:
    query = select(_ATTACHMENT.c.sha256, _ATTACHMENT.c.thumb_sha256).where(
        _ATTACHMENT.c.scope.in_(scopes), _ATTACHMENT.c.removed_at.is_(None), which
    )
    found: dict[bytes, bool] = {}
    for row in connection.execute(query):
        found.setdefault(row.sha256, False)
        if row.thumb_sha256:
            found[row.thumb_sha256] = True
    return found


def _sizes_of_whole(connection: Connection, names: list[bytes]) -> dict[bytes, int]:
    sizes: dict[bytes, int] = {}
    for at in range(0, len(names), _A_QUERY):
        query = select(_BLOB.c.sha256, _BLOB.c.size).where(
            _BLOB.c.sha256.in_(names[at : at + _A_QUERY]), _BLOB.c.whole
        )
        sizes |= {row.sha256: row.size for row in connection.execute(query)}
    return sizes


def _fitting(files: Sequence[FileHere], room: int) -> Iterator[FileHere]:
    for one in files:
        if one.size <= room:
            room -= one.size
            yield one


def wanted_files(connection: Connection, scopes: Sequence[str]) -> list[bytes]:
    """Contents that rows of these scopes name and that are not whole here: small ones first."""
    here_or_let_go = select(_BLOB.c.sha256).where(or_(_BLOB.c.whole, _BLOB.c.confirmed_at.is_not(None)))
    found: list[bytes] = []
    for column in (_ATTACHMENT.c.thumb_sha256, _ATTACHMENT.c.sha256):
        query = (
            select(column)
            .where(
                _ATTACHMENT.c.scope.in_(scopes),
                _ATTACHMENT.c.removed_at.is_(None),
                column.is_not(None),
                column.not_in(here_or_let_go),
            )
            .order_by(_ATTACHMENT.c.id.desc())
            .limit(MOST_WANTED - len(found))
        )
        found += [name for name in connection.scalars(query) if name not in found]
    return found[:MOST_WANTED]


def file_parts(connection: Connection, one: FileHere, at_rest: AtRest = CLEAR) -> Iterator[Part]:
    """A content as parts, read chunk by chunk."""
    for at in range(0, one.size, CHUNK_BYTES):
        piece = read_bytes(connection, one.sha256, at, CHUNK_BYTES, at_rest)
        if not piece:
            return
        yield Part(Kind.FILE, piece, "", one.sha256, at, one.size)


def keep_piece(connection: Connection, part: Part, now: dt.datetime, at_rest: AtRest = CLEAR) -> bool:
    """Keep a piece of a content; returns whether it became whole by it. Raises SyncError ``blob_size``."""
    if is_whole(connection, part.name):
        return False
    return append_bytes(connection, part.name, part.whole, part.at, part.content, now, at_rest).whole
