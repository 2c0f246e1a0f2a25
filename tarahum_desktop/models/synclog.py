"""The change log of a replica and what it knows of others: the tables below the sync room."""

import uuid

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from tarahum_desktop.models.base import Base
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Flag,
    Link,
    Moment,
    OptionalBytes,
    OptionalLink,
    OptionalMoment,
    Reference,
    RowId,
    Whole,
    Words,
)


class Outbox(Base):
    """One change made here and not yet acknowledged, in the transaction that made it.

    ``patch`` is packed ``{field: wire value}``; for an update each field also names the stamps it replaces.
    """

    __tablename__ = "outbox"
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    entity: Mapped[Words]
    row_id: Mapped[Link]
    is_insert: Mapped[Flag]
    stamp: Mapped[Bytes]
    author: Mapped[OptionalLink]
    patch: Mapped[Bytes]


class BatchLog(Base):
    """The append-only log: every batch applied here, as its maker signed it.

    ``position`` grows by one a batch within its scope and becomes visible in commit order.
    """

    __tablename__ = "batch_log"
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    device: Mapped[int] = mapped_column(BigInteger())
    first_sequence: Mapped[int] = mapped_column(BigInteger())
    last_sequence: Mapped[int] = mapped_column(BigInteger())
    rows: Mapped[Whole]
    payload: Mapped[Bytes]
    received_at: Mapped[Moment]
    __table_args__ = (Index(None, "scope", "device", "last_sequence"),)


class ScopeState(Base):
    """What this replica holds of one scope.

    ``digest`` is the sum modulo 2**64 of the hashes of all rows' merge states (8 bytes, big-endian);
    ``next_sequence`` numbers this device's own next change; ``head`` is the last log position here and
    ``remote_position`` the last one taken from the other side of the exchange. ``proven_at`` and
    ``disputed_at`` say when the digests of both sides were last found equal, and last found different.
    """

    __tablename__ = "scope_state"
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    next_sequence: Mapped[int] = mapped_column(BigInteger())
    head: Mapped[int] = mapped_column(BigInteger())
    remote_position: Mapped[int] = mapped_column(BigInteger())
    acknowledged: Mapped[int] = mapped_column(BigInteger())
    digest: Mapped[bytes] = mapped_column(LargeBinary(8))
    row_count: Mapped[int] = mapped_column(BigInteger())
    snapshot_cursor: Mapped[OptionalBytes]
    complete: Mapped[Flag]
    proven_at: Mapped[OptionalMoment]
    disputed_at: Mapped[OptionalMoment]


class AppliedVector(Base):
    """The highest gap-free sequence applied from one device in one scope."""

    __tablename__ = "applied_vector"
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    device: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger())


class HeldBatch(Base):
    """A batch that cannot be applied yet (waiting) or at all (quarantined); never thrown away."""

    __tablename__ = "held_batch"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    scope: Mapped[Code]
    device: Mapped[int] = mapped_column(BigInteger())
    first_sequence: Mapped[int] = mapped_column(BigInteger())
    last_sequence: Mapped[int] = mapped_column(BigInteger())
    reason: Mapped[Words]
    payload: Mapped[Bytes]
    held_at: Mapped[Moment]


class Conflict(Base):
    """A value that lost to a concurrent edit of a field people must decide; kept until they do.

    The id derives from row, field and losing stamp, so every replica makes the same one. Values are packed.
    """

    __tablename__ = "conflict"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    scope: Mapped[Code]
    entity: Mapped[Words]
    row_id: Mapped[Reference]
    field: Mapped[Words]
    stamp: Mapped[Bytes]
    value: Mapped[Bytes]
    author: Mapped[OptionalLink]
    base: Mapped[OptionalBytes]


class ExchangeRecord(Base):
    """One exchange as it went: counts, bytes, how it ended, and how far this machine's clock was off."""

    __tablename__ = "exchange_record"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    started_at: Mapped[Moment]
    ended_at: Mapped[OptionalMoment]
    result: Mapped[Words]
    pushed: Mapped[Whole]
    pulled: Mapped[Whole]
    bytes_out: Mapped[int] = mapped_column(BigInteger())
    bytes_in: Mapped[int] = mapped_column(BigInteger())
    proven: Mapped[Flag]
    clock_error_ms: Mapped[int] = mapped_column(BigInteger(), default=0)
