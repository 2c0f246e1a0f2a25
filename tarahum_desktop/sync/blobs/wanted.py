"""Which contents are to go and which are to come, told from the tables here alone, before anything is asked of a line."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, or_, select

from tarahum_desktop.models import Attachment, Blob, BlobChunk, Draft, DraftField, ScopeState
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.settings import read_setting, write_setting

_ATTACHMENT: Any = Attachment.__table__
_BLOB: Any = Blob.__table__
_CHUNK: Any = BlobChunk.__table__
_DRAFT: Any = Draft.__table__
_FIELD: Any = DraftField.__table__
_STATE: Any = ScopeState.__table__
_IN_VAIN: Final = "files_in_vain:"
_ASK_AGAIN_MS: Final = 60 * 60 * 1000
_MOST_IN_VAIN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content that is to move: its hash, its size in bytes, and whether it is a thumbnail."""

    sha256: bytes
    size: int
    thumb: bool


def to_send(connection: Connection, limit: int | None = None) -> list[Wanted]:
    """Whole contents that the centre is not known to have, thumbnails first, then the small before the large.

    What only a draft names is nobody else's yet. What no row names any more goes too: its row may have moved to
    another office before its content was sent, and this is the only copy.
    """
    is_thumb = select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.thumb_sha256 == _BLOB.c.sha256).exists()
    is_named = select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.sha256 == _BLOB.c.sha256).exists()
    query = (
        select(_BLOB.c.sha256, _BLOB.c.size, is_thumb.label("thumb"), or_(is_thumb, is_named).label("named"))
        .where(_BLOB.c.whole, _BLOB.c.confirmed_at.is_(None))
        .order_by(is_thumb.desc(), _BLOB.c.size, _BLOB.c.sha256)
    )
    found = connection.execute(query).all()
    in_drafts = hashes_in_drafts(connection) if any(not row.named for row in found) else frozenset()
    kept = [
        Wanted(row.sha256, row.size, bool(row.thumb))
        for row in found
        if row.named or row.sha256 not in in_drafts
    ]
    return kept[:limit]


def unsent_files(connection: Connection, scope: str) -> int:
    """How many contents that rows of a scope name are whole here and not known to be at the centre."""
    query = (
        select(func.count(_BLOB.c.sha256.distinct()))
        .join(
            _ATTACHMENT,
            or_(_ATTACHMENT.c.sha256 == _BLOB.c.sha256, _ATTACHMENT.c.thumb_sha256 == _BLOB.c.sha256),
        )
        .where(
            _BLOB.c.whole, _BLOB.c.confirmed_at.is_(None), _ATTACHMENT.c.scope == scope,
            _ATTACHMENT.c.removed_at.is_(None),
        )
    )  # fmt: skip
    return int(connection.scalar(query) or 0)


def to_take(
    connection: Connection, policy: BlobPolicy, now: dt.datetime, limit: int | None = None
) -> list[Wanted]:
    """Contents that rows here name and that are not whole here: asked for by name, thumbnails, small before large."""
    asked = _asked_for(connection, policy)
    thumbs = _missing(connection, _ATTACHMENT.c.thumb_sha256, _ATTACHMENT.c.thumb_size, limit)
    fresh = _ATTACHMENT.c.id >= _first_id(now - policy.keep)
    originals = (
        [] if policy.metered else _missing(connection, _ATTACHMENT.c.sha256, _ATTACHMENT.c.size, limit, fresh)
    )
    found = {
        **{row.sha256: Wanted(row.sha256, row.size, thumb=False) for row in asked},
        **{row.sha256: Wanted(row.sha256, row.size, thumb=True) for row in thumbs},
    }
    for row in originals:
        found.setdefault(row.sha256, Wanted(row.sha256, row.size, thumb=False))
    return list(found.values())[:limit]


def readable_scopes() -> Any:
    """The scopes that this replica follows, as a subquery."""
    return select(_STATE.c.scope).where(_STATE.c.mode == "full").scalar_subquery()


def _asked_for(connection: Connection, policy: BlobPolicy) -> list[Any]:
    if not policy.wanted:
        return []
    query = (
        select(_ATTACHMENT.c.sha256, func.max(_ATTACHMENT.c.size).label("size"))
        .outerjoin(_BLOB, _BLOB.c.sha256 == _ATTACHMENT.c.sha256)
        .where(
            _ATTACHMENT.c.sha256.in_(sorted(policy.wanted)),
            _ATTACHMENT.c.removed_at.is_(None),
            or_(_BLOB.c.sha256.is_(None), _BLOB.c.whole.is_(False)),
        )
        .group_by(_ATTACHMENT.c.sha256)
    )
    return list(connection.execute(query))


def _missing(connection: Connection, name: Any, size: Any, limit: int | None, *conditions: Any) -> list[Any]:
    return list(connection.execute(missing(name, size, *conditions).limit(limit)))


def missing(name: Any, size: Any, *conditions: Any) -> Select[Any]:
    """The hashes and sizes of a column's contents that are not here and were not let go on purpose."""
    not_here = or_(_BLOB.c.sha256.is_(None), and_(_BLOB.c.whole.is_(False), _BLOB.c.confirmed_at.is_(None)))
    return (
        select(name.label("sha256"), func.max(size).label("size"))
        .outerjoin(_BLOB, _BLOB.c.sha256 == name)
        .where(
            name.is_not(None),
            _ATTACHMENT.c.removed_at.is_(None),
            _ATTACHMENT.c.scope.in_(readable_scopes()),
            not_here,
            *conditions,
        )
        .group_by(name)
        .order_by(func.max(size), name)
    )


def hashes_in_drafts(connection: Connection) -> frozenset[bytes]:
    """All hashes that answers of drafts name, thumbnails included."""
    query = select(_FIELD.c.value).join(_DRAFT, _DRAFT.c.id == _FIELD.c.draft_id)
    return frozenset(found for value in connection.scalars(query) for found in hashes_in(value))


def hashes_in(value: Any) -> Iterator[bytes]:
    """The hashes that one answer names."""
    for one in value if isinstance(value, list) else ():
        for name in ("sha256", "thumb_sha256") if isinstance(one, Mapping) else ():
            told = one.get(name)
            if isinstance(told, str):
                yield bytes.fromhex(told)


def in_vain(connection: Connection, peer: int, now: int) -> frozenset[bytes]:
    """What a side did not have, want or need within the last hour: it does not cost a request each time."""
    kept = read_setting(connection, f"{_IN_VAIN}{peer}") or {}
    return frozenset(name for name, at in kept.items() if 0 <= now - at < _ASK_AGAIN_MS)


def note_in_vain(connection: Connection, peer: int, hashes: Iterable[bytes], now: int) -> None:
    """Remember for an hour that nothing is to be asked of a side about these."""
    key = f"{_IN_VAIN}{peer}"
    kept = read_setting(connection, key, lock=True) or {}
    recent = {name: at for name, at in kept.items() if 0 <= now - at < _ASK_AGAIN_MS}
    recent.update(dict.fromkeys(hashes, now))
    write_setting(connection, key, dict(list(recent.items())[-_MOST_IN_VAIN:]) or None)


def _first_id(since: dt.datetime) -> uuid.UUID:
    """The least id that a row made at a moment can have: ids begin with their milliseconds (RFC 9562, 5.7)."""
    return make_id(max(0, int(since.timestamp() * 1000)), 0)
