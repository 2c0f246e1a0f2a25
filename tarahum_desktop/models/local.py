"""Tables that stay on one replica: its identity, drafts, search index and enrolment invitations."""

import uuid

from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from tarahum_desktop.models.base import Base
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
    Moment,
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
