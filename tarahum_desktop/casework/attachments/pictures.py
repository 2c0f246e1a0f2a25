"""Keeping pictures: the content at once and encrypted with everything else, the record of it when the visit is submitted.

Content lies in the local store of blobs by its hash and does not travel with batches; the ``attachment`` row does, so a
replica without the content knows that there is a picture and which.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from tarahum_desktop.casework.attachments.picture import Picture, check_picture
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import DraftMissing
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FieldType, FormDocument
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Attachment, Blob, Draft, DraftField
from tarahum_desktop.sync.blobs.store import HASH_BYTES, drop_blob, keep_blob, read_blob
from tarahum_desktop.sync.blobs.wanted import hashes_in

_ATTACHMENT: Any = Attachment.__table__
_BLOB: Any = Blob.__table__
_DRAFT: Any = Draft.__table__
_FIELD: Any = DraftField.__table__
OWNER: str = "visit"


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture on record; ``here`` says whether its content is on this machine, ``thumb_sha256`` names a small one."""

    id: uuid.UUID
    visit_id: uuid.UUID
    kind: str
    sha256: bytes
    media_type: str
    size: int
    width: int | None
    height: int | None
    taken_at: dt.datetime | None
    here: bool
    thumb_sha256: bytes | None = None


def keep_picture(desk: Desk, draft_id: uuid.UUID, picture: Picture) -> Mapping[str, Value]:
    """Keep a picture for a draft of this person and return it as a form's answer names it.

    The answer is the caller's to save; content that no answer comes to name is dropped with the draft.

    Raises:
        DraftMissing: submitted, discarded or another person's.
        PictureRefused: it may not be kept.
    """
    check_picture(picture)
    with desk.replica.engine.begin() as connection:
        own = select(_DRAFT.c.id).where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
        if connection.scalar(own) is None:
            raise DraftMissing
        digest = keep_blob(connection, picture.content, desk.now())
        thumb = keep_blob(connection, picture.thumb, desk.now()) if picture.thumb else None
    small: dict[str, Value] = {}
    if thumb is not None:
        small = {"thumb_sha256": thumb.hex(), "thumb_size": len(picture.thumb)}
    return {
        "kind": picture.kind, "sha256": digest.hex(), "media_type": picture.media_type,
        "size": len(picture.content), "width": picture.width, "height": picture.height,
        "at": desk.now().isoformat(timespec="seconds"), **small,
    }  # fmt: skip


def picture_answers(document: FormDocument, answers: Answers) -> list[Mapping[str, Value]]:
    """All pictures that the answers name."""
    codes = [field.code for field in document.fields() if field.type is FieldType.PHOTO]
    found = [one for code in codes for one in _items(answers.get(code))]
    return [one for one in found if isinstance(one, Mapping)]


def attachment_rows(
    scope: str, household_id: uuid.UUID, visit_id: uuid.UUID, pictures: Iterable[Mapping[str, Value]]
) -> list[Attachment]:
    """The records of a submitted visit's pictures."""
    return [
        Attachment(
            scope=scope, household_id=household_id, owner_entity=OWNER, owner_id=visit_id, kind=str(one["kind"]),
            sha256=bytes.fromhex(str(one["sha256"])), media_type=str(one.get("media_type") or ""),
            size=_whole(one.get("size")) or 0, width=_whole(one.get("width")), height=_whole(one.get("height")),
            taken_at=_moment(one.get("at")), thumb_sha256=_hash(one.get("thumb_sha256")),
            thumb_size=_whole(one.get("thumb_size")) if _hash(one.get("thumb_sha256")) else None,
        )
        for one in pictures
    ]  # fmt: skip


def visit_pictures(desk: Desk, visit_id: uuid.UUID) -> list[PictureLine]:
    """The pictures of one submitted visit, of those this person may see."""
    return _lines(desk, _ATTACHMENT.c.owner_entity == OWNER, _ATTACHMENT.c.owner_id == visit_id)


def household_pictures(desk: Desk, household_id: uuid.UUID) -> list[PictureLine]:
    """All pictures of a household's visits, newest visit first."""
    return _lines(desk, _ATTACHMENT.c.owner_entity == OWNER, _ATTACHMENT.c.household_id == household_id)


def picture_content(desk: Desk, sha256: bytes) -> bytes | None:
    """The file of a picture; None when it is not here, or not for this person."""
    with desk.reading() as connection:
        if not (_in_own_draft(connection, desk, sha256) or _may_see(connection, desk, sha256)):
            return None
        return read_blob(connection, sha256)


def picture_or_thumb(desk: Desk, sha256: bytes) -> bytes | None:
    """The file of a picture, or the small one of it while that is all that is here; None for neither."""
    content = picture_content(desk, sha256)
    if content is not None:
        return content
    with desk.reading() as connection:
        thumb = connection.scalar(
            select(_ATTACHMENT.c.thumb_sha256)
            .where(_ATTACHMENT.c.sha256 == sha256, _ATTACHMENT.c.thumb_sha256.is_not(None))
            .limit(1)
        )
    return None if thumb is None else picture_content(desk, thumb)


def forget_pictures(connection: Connection, hashes: Iterable[bytes]) -> None:
    """Drop content that neither a record nor another draft names."""
    for sha256 in hashes:
        named = connection.scalar(select(_ATTACHMENT.c.id).where(_names(sha256)).limit(1))
        if named is None and not _in_a_draft(connection, sha256):
            drop_blob(connection, sha256)


def draft_hashes(connection: Connection, draft_id: uuid.UUID) -> list[bytes]:
    """The hashes that the answers of a draft name."""
    values = connection.scalars(select(_FIELD.c.value).where(_FIELD.c.draft_id == draft_id))
    return [found for value in values for found in hashes_in(value)]


def _lines(desk: Desk, *conditions: Any) -> list[PictureLine]:
    query = (
        select(_ATTACHMENT, _BLOB.c.whole.label("content_here"))
        .outerjoin(_BLOB, _BLOB.c.sha256 == _ATTACHMENT.c.sha256)
        .where(*conditions, _ATTACHMENT.c.removed_at.is_(None))
        .order_by(_ATTACHMENT.c.owner_id.desc(), _ATTACHMENT.c.id)
    )
    with desk.reading() as connection:
        rows = [row for row in connection.execute(query) if desk.may(Action.VIEW_CASE, row.scope)]
    return [
        PictureLine(
            row.id, row.owner_id, row.kind, row.sha256, row.media_type, row.size, row.width, row.height, row.taken_at,
            bool(row.content_here), row.thumb_sha256,
        )
        for row in rows
    ]  # fmt: skip


def _may_see(connection: Connection, desk: Desk, sha256: bytes) -> bool:
    query = select(_ATTACHMENT.c.scope).where(_names(sha256), _ATTACHMENT.c.removed_at.is_(None))
    return any(desk.may(Action.VIEW_CASE, scope) for scope in connection.scalars(query.distinct()))


def _names(sha256: bytes) -> Any:
    return or_(_ATTACHMENT.c.sha256 == sha256, _ATTACHMENT.c.thumb_sha256 == sha256)


def _in_own_draft(connection: Connection, desk: Desk, sha256: bytes) -> bool:
    return _in_a_draft(connection, sha256, _DRAFT.c.user_id == desk.user.id)


def _in_a_draft(connection: Connection, sha256: bytes, *conditions: Any) -> bool:
    query = (
        select(_FIELD.c.path)
        .join(_DRAFT, _DRAFT.c.id == _FIELD.c.draft_id)
        .where(func.instr(_FIELD.c.value, sha256.hex()) > 0, *conditions)
        .limit(1)
    )
    return connection.scalar(query) is not None


def _items(value: Value) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _hash(value: Value) -> bytes | None:
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        return None
    return found if len(found) == HASH_BYTES else None


def _moment(value: Value) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
