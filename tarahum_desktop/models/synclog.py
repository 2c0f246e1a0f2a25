"""The change log of a replica and what it knows of others: the tables below the sync room."""

import uuid

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from tarahum_desktop.models.base import Base
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
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

    ``position`` grows by one a batch within its scope and becomes visible in commit order. PostgreSQL spreads the
    table by scope. A re-pack (device 0) stands for the positions ``first_sequence`` to ``last_sequence``.
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
    __table_args__ = (
        Index(None, "scope", "device", "last_sequence"),
        {"postgresql_partition_by": "HASH (scope)"},
    )


class ScopeState(Base):
    """What this replica holds of one scope.

    ``digest`` is the sum modulo 2**64 of the hashes of all rows' merge states (8 bytes, big-endian);
    ``next_sequence`` numbers this device's own next change; ``head`` is the last log position here and
    ``remote_position`` the last one taken from the centre. ``acknowledged`` is the last own change that a receipt of
    the centre covers, ``handed`` the last one given to anybody (a hub, a pouch). Log positions up to ``horizon`` are
    no longer kept. ``mode`` says what this device may do: ``full``, ``write`` (send only) or ``leave`` (send what is
    left, then let go). ``proven_at`` and ``disputed_at`` say when the digests of both sides were last found equal,
    and last found different.
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
    horizon: Mapped[int] = mapped_column(BigInteger(), default=0, server_default="0")
    handed: Mapped[int] = mapped_column(BigInteger(), default=0, server_default="0")
    mode: Mapped[str] = mapped_column(Text(), default="full", server_default="full")


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
    """One exchange as it went: counts, bytes, how it ended, and how far this machine's clock was off.

    ``carrier`` is ``https`` (the centre), ``hub`` or ``pouch``.
    """

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
    carrier: Mapped[str] = mapped_column(Text(), default="https", server_default="https")


class PeerPosition(Base):
    """How far this replica has taken the log of another one that is not the centre, such as an office's hub."""

    __tablename__ = "peer_position"
    peer: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger())


class CentreReceipt(Base):
    """The centre's latest signed word on what it holds of a scope, handed on to devices that do not meet it."""

    __tablename__ = "centre_receipt"
    scope: Mapped[str] = mapped_column(Text(), primary_key=True)
    receipt: Mapped[Bytes]
    taken_at: Mapped[Moment]


class DeviceContact(Base):
    """When a device was last heard from, by which program and carrier, and what it said it holds.

    ``holds`` is ``{scope: [log position, own sequence, rows, digest in hex, proven]}``.
    """

    __tablename__ = "device_contact"
    device: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    seen_at: Mapped[Moment]
    program: Mapped[Words]
    schema: Mapped[Whole]
    carrier: Mapped[Words]
    holds: Mapped[Document]


class StrangeRow(Base):
    """A row of a table that this program does not know yet; all its fields are carried until it does."""

    __tablename__ = "strange_row"
    entity: Mapped[str] = mapped_column(Text(), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    scope: Mapped[Code]
    stamp: Mapped[bytes] = mapped_column(LargeBinary(12))
    author: Mapped[OptionalLink]
    field_stamps: Mapped[OptionalBytes]
    carried: Mapped[OptionalBytes]
    __table_args__ = (Index(None, "scope", "entity", "id"),)


class Pouch(Base):
    """A pouch written (``out``) or read (``in``) here; ``peer`` is the device at the other end, ``number`` its maker's.

    ``state`` of one that went out: ``written``, ``answered`` or ``expired``; of one that came in: ``read``, and
    ``relayed`` once the centre has it. ``content`` is kept of what is still to be relayed.
    """

    __tablename__ = "pouch"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    direction: Mapped[Words]
    maker: Mapped[int] = mapped_column(BigInteger())
    peer: Mapped[int] = mapped_column(BigInteger())
    number: Mapped[int] = mapped_column(BigInteger())
    fingerprint: Mapped[Bytes]
    state: Mapped[Words]
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    handled_at: Mapped[Moment]
    summary: Mapped[Document]
    content: Mapped[OptionalBytes]
    __table_args__ = (Index(None, "maker", "peer", "number"),)


class PouchStick(Base):
    """A memory stick that was registered to carry pouches."""

    __tablename__ = "pouch_stick"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    name: Mapped[Words]
    registered_at: Mapped[Moment]
    registered_by: Mapped[OptionalLink]
    retired_at: Mapped[OptionalMoment]


class HealRecord(Base):
    """Two digests differed: how many rows were found to differ, how many were brought together, and which."""

    __tablename__ = "heal_record"
    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True)
    scope: Mapped[Code]
    at: Mapped[Moment]
    peer: Mapped[int] = mapped_column(BigInteger())
    found: Mapped[Whole]
    healed: Mapped[Whole]
    detail: Mapped[Document]
