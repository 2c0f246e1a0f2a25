"""Lets contents go that nobody needs here any more, in short transactions, and never the only copy of one that is named.

Run from time to time: on a desktop by ``sweep_desktop``, at the centre by ``sweep_centre``.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select, update

from tarahum_desktop.models import Attachment, Blob, BlobChunk
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.at_rest import AtRest
from tarahum_desktop.sync.blobs.store import drop_blob
from tarahum_desktop.sync.blobs.wanted import hashes_in_drafts
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting

# Content of a family that moved on before it was sent: its new office has no other copy of it.
ONLY_COPY: Final = dt.timedelta(days=90)
# A content is kept before its row is written, and a row may come after its content.
GRACE: Final = dt.timedelta(days=1)
CENTRE_GRACE: Final = dt.timedelta(days=30)
REMOVED_KEPT: Final = dt.timedelta(days=365)
# The centre may have been set back to a backup since: it is asked again from time to time.
BELIEVED: Final = dt.timedelta(days=30)
OLD: Final = dt.timedelta(days=180)
_AT_ONCE: Final = 100
_ALL_SEALED: Final = "files_sealed"
_ATTACHMENT: Any = Attachment.__table__
_BLOB: Any = Blob.__table__
_CHUNK: Any = BlobChunk.__table__
Pause = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: contents and bytes let go, and chunks sealed that lay open."""

    contents: int = 0
    bytes: int = 0
    sealed: int = 0


def sweep_desktop(
    replica: Replica, missing_bytes: int = 0, pause: Pause = lambda _doing, _rows: None
) -> Swept:
    """Let go of what no row here names, and when the disk is short of confirmed originals from long ago.

    Args:
        replica: this machine's.
        missing_bytes: how much room is wanted beyond what is free; 0 when there is enough.
        pause: called between transactions; what it raises ends the sweep with nothing half done.
    """
    now = _now(replica)
    unneeded = _unneeded_here(now)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        found = _found(connection, unneeded)
        in_drafts = hashes_in_drafts(connection) if found else frozenset()
        old = _old_originals(connection, now, missing_bytes) if missing_bytes > 0 else []
    gone = [one for one in found if one.sha256 not in in_drafts]
    _drop(replica, gone, unneeded, pause)
    _let_go(replica, old, pause)
    with replica.engine.begin() as connection:
        doubted = (_BLOB.c.whole, _BLOB.c.confirmed_at < now - BELIEVED)
        connection.execute(update(_BLOB).where(*doubted).values(confirmed_at=None))
    return Swept(len(gone) + len(old), sum(one.size for one in (*gone, *old)))


def sweep_centre(replica: Replica, pause: Pause = lambda _doing, _rows: None) -> Swept:
    """Let go of what no row has named for long, removed rows included for a year; and seal what still lies open."""
    now = _now(replica)
    kept = or_(_ATTACHMENT.c.removed_at.is_(None), _ATTACHMENT.c.removed_at > now - REMOVED_KEPT)
    unneeded = ~_named(kept) & (_BLOB.c.kept_at < now - CENTRE_GRACE)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        gone = _found(connection, unneeded)
    _drop(replica, gone, unneeded, pause)
    return Swept(len(gone), sum(one.size for one in gone), _seal_once(replica, pause))


def _unneeded_here(now: dt.datetime) -> Any:
    """What no row in force names: at once when the centre has it, else after a long time."""
    elsewhere = or_(_BLOB.c.confirmed_at.is_not(None), _BLOB.c.whole.is_(False))
    late = or_(elsewhere & (_BLOB.c.kept_at < now - GRACE), _BLOB.c.kept_at < now - ONLY_COPY)
    return ~_named(_ATTACHMENT.c.removed_at.is_(None)) & late


def _found(connection: Connection, condition: Any) -> list[Any]:
    return list(connection.execute(select(_BLOB.c.sha256, _BLOB.c.size).where(condition)))


def _old_originals(connection: Connection, now: dt.datetime, wanted: int) -> list[Any]:
    """Confirmed originals kept longest, until they make up the wanted bytes; thumbnails stay."""
    is_thumb = select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.thumb_sha256 == _BLOB.c.sha256).exists()
    query = (
        select(_BLOB.c.sha256, _BLOB.c.size)
        .where(
            _BLOB.c.whole,
            _BLOB.c.confirmed_at > now - BELIEVED,
            _BLOB.c.kept_at < now - OLD,
            ~is_thumb,
        )
        .order_by(_BLOB.c.kept_at, _BLOB.c.sha256)
    )
    chosen, room = [], 0
    for one in connection.execute(query):
        if room >= wanted:
            break
        chosen.append(one)
        room += one.size
    return chosen


def _named(condition: Any) -> Any:
    """Whether a row of a kind names a content, as a picture or as the small picture of one."""
    return or_(
        select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.sha256 == _BLOB.c.sha256, condition).exists(),
        select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.thumb_sha256 == _BLOB.c.sha256, condition).exists(),
    )


def _drop(replica: Replica, gone: Sequence[Any], condition: Any, pause: Pause) -> None:
    for some in _some(gone):
        names = _BLOB.c.sha256.in_([one.sha256 for one in some])
        with replica.engine.begin() as connection:
            # A row may have come to name it since.
            for sha256 in connection.scalars(select(_BLOB.c.sha256).where(names, condition)).all():
                drop_blob(connection, sha256)
        pause("sweeping", len(some))


def _let_go(replica: Replica, old: Sequence[Any], pause: Pause) -> None:
    for some in _some(old):
        names = [one.sha256 for one in some]
        with replica.engine.begin() as connection:
            # Only what is still confirmed: it may have been taken from the centre's word since.
            still = list(
                connection.scalars(
                    select(_BLOB.c.sha256).where(_BLOB.c.sha256.in_(names), _BLOB.c.confirmed_at.is_not(None))
                )
            )
            connection.execute(delete(_CHUNK).where(_CHUNK.c.sha256.in_(still)))
            connection.execute(update(_BLOB).where(_BLOB.c.sha256.in_(still)).values(whole=False))
        pause("sweeping", len(some))


def _seal_once(replica: Replica, pause: Pause) -> int:
    """Seal chunks from before there was a key; what came since is sealed anyway, so one whole pass is enough."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        if read_setting(connection, _ALL_SEALED):
            return 0
        names = list(connection.scalars(select(_BLOB.c.sha256).order_by(_BLOB.c.sha256)))
    sealed = 0
    for name in names:
        with replica.engine.begin() as connection:
            sealed += _seal(connection, replica.at_rest, name)
        pause("sealing", 1)
    with replica.engine.begin() as connection:
        write_setting(connection, _ALL_SEALED, value=True)
    return sealed


def _seal(connection: Connection, at_rest: AtRest, name: bytes) -> int:
    chunks = connection.execute(select(_CHUNK).where(_CHUNK.c.sha256 == name)).all()
    opened = [chunk for chunk in chunks if not at_rest.settled(chunk.content)]
    for chunk in opened:
        here = (_CHUNK.c.sha256 == name) & (_CHUNK.c.at == chunk.at)
        content = at_rest.close(name, chunk.at, chunk.content)
        connection.execute(update(_CHUNK).where(here).values(content=content))
    return len(opened)


def _some(found: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))


def _now(replica: Replica) -> dt.datetime:
    return from_milliseconds(replica.now())
