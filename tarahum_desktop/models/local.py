"""Tables that stay on one replica: its identity, drafts, search index and enrolment invitations."""

import uuid

from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from tarahum_desktop.models.base import Base
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
    Flag,
    Moment,
    OptionalBytes,
    OptionalLink,
    OptionalMoment,
    OptionalReference,
    OptionalWords,
    RowId,
    Words,
)


class LocalSetting(Base):
    """One named value of this replica: device number and keys, clock, centre address, preferences."""

    __tablename__ = "local_setting"
    key: Mapped[str] = mapped_column(Text(), primary_key=True)
    value: Mapped[Bytes]


class Draft(Base):
    """A form somebody has begun; local until submitted. ``subject`` is the household or person."""

    __tablename__ = "draft"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    kind: Mapped[Code]
    subject_id: Mapped[OptionalReference]
    user_id: Mapped[OptionalLink]
    form_code: Mapped[Words]
    form_version: Mapped[int] = mapped_column()
    begun_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    last_path: Mapped[OptionalWords]


class DraftField(Base):
    """One finished field of a draft, saved by itself so that a power cut loses no other."""

    __tablename__ = "draft_field"
    draft_id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    path: Mapped[str] = mapped_column(Text(), primary_key=True)
    value: Mapped[Document]


class PersonIndex(Base):
    """The folded words by which a person is found here; made from the person's row, rebuilt at will."""

    __tablename__ = "person_index"
    no: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(RowId(), unique=True)
    words: Mapped[Words]


class Invitation(Base):
    """A one-time enrolment code (kept only as its hash) and what the new device may hold."""

    __tablename__ = "invitation"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    device_name: Mapped[Words]
    device_kind: Mapped[Words]
    committee_code: Mapped[OptionalWords]
    scopes: Mapped[Document]
    expires_at: Mapped[Moment]
    used_at: Mapped[OptionalMoment]


class RequestNonce(Base):
    """A request signature already seen, so that a recorded request cannot be played again."""

    __tablename__ = "request_nonce"
    device_number: Mapped[int] = mapped_column(BigInteger(), primary_key=True)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    seen_at: Mapped[Moment]


class SavedList(Base):
    """A search somebody named for themselves, kept on this machine."""

    __tablename__ = "saved_list"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    user_id: Mapped[OptionalReference]
    title: Mapped[Words]
    filters: Mapped[Document]
    made_at: Mapped[Moment]


class Finding(Base):
    """What a rule turned up on this replica: made anew at will, so only the decision about it travels (``Ruling``)."""

    __tablename__ = "finding"
    kind: Mapped[str] = mapped_column(Text(), primary_key=True)
    subject: Mapped[str] = mapped_column(Text(), primary_key=True)
    scope: Mapped[Code]
    first_id: Mapped[OptionalReference]
    second_id: Mapped[OptionalReference]
    score: Mapped[int] = mapped_column()
    facts: Mapped[Document]
    found_at: Mapped[Moment]


class FieldHistory(Base):
    """One edit of one field as this replica saw it: before and after are packed wire values."""

    __tablename__ = "field_history"
    row_id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    field: Mapped[str] = mapped_column(Text(), primary_key=True)
    stamp: Mapped[bytes] = mapped_column(LargeBinary(12), primary_key=True)
    entity: Mapped[Words]
    author: Mapped[OptionalLink]
    before: Mapped[OptionalBytes]
    after: Mapped[OptionalBytes]


class Blob(Base):
    """The content of an attachment, by its SHA-256; ``size`` bytes, here when ``whole``.

    ``confirmed_at`` says when the centre said that it has all of it; ``receipt`` is that word as the centre signed it,
    for handing on to those who never meet the centre.
    """

    __tablename__ = "blob"
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger())
    whole: Mapped[Flag]
    kept_at: Mapped[Moment]
    confirmed_at: Mapped[OptionalMoment]
    receipt: Mapped[OptionalBytes]


class BlobChunk(Base):
    """Some bytes of a blob from offset ``at`` on; the chunks of a whole blob follow each other without gaps."""

    __tablename__ = "blob_chunk"
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    content: Mapped[Bytes]


class ImportMapping(Base):
    """How the columns of a kind of sheet were matched last time; ``fingerprint`` is made from its headings."""

    __tablename__ = "import_mapping"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    mapping: Mapped[Document]
    used_at: Mapped[Moment]


class ImportMade(Base):
    """A row that an import made, by which it can be undone."""

    __tablename__ = "import_made"
    run_id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    row_id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    entity: Mapped[Words]
