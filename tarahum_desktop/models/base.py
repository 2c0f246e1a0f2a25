"""The base of all tables, and what makes a table replicated.

A replicated row carries, besides its fields, what merging needs: the stamp of its creation, its author,
and for each field edited since then the field's own stamp and author. References between replicated
rows are plain indexed columns, not foreign keys: a replica may hold a row before the one it names.
"""

import uuid
from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import OptionalMoment, RowId

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of a replica, replicated or local."""

    metadata = MetaData(naming_convention=NAMING)


class Replicated(Base):
    """A row that travels: its fields are merged one by one on every replica of its scope.

    Attributes:
        id: UUIDv7 made by the device that created the row.
        scope: the one scope whose readers share the row.
        removed_at: set instead of deleting.
        stamp: 12 bytes, the clock and device of the row's creation.
        author: the user who created the row.
        field_stamps: packed ``{field: [stamp, author]}`` of the fields edited since creation.
        carried: packed fields of a newer program, kept until this one knows them.
    """

    __abstract__ = True
    __tablename__: str
    BOOKKEEPING: ClassVar[frozenset[str]] = frozenset(
        {"id", "scope", "stamp", "author", "field_stamps", "carried"}
    )

    id: Mapped[uuid.UUID] = mapped_column(RowId(), primary_key=True, default=new_id, sort_order=-20)
    scope: Mapped[str] = mapped_column(Text(), sort_order=-19)
    removed_at: Mapped[OptionalMoment] = mapped_column(sort_order=90)
    stamp: Mapped[bytes] = mapped_column(LargeBinary(12), sort_order=91)
    author: Mapped[uuid.UUID | None] = mapped_column(RowId(), sort_order=92)
    field_stamps: Mapped[bytes | None] = mapped_column(LargeBinary(), sort_order=93)
    carried: Mapped[bytes | None] = mapped_column(LargeBinary(), sort_order=94)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """Snapshots and range checks walk a scope in id order."""
        return (Index(None, "scope", "id"),)


def replicated_entities() -> dict[str, type[Replicated]]:
    """All replicated tables by entity name (their table's name), in a stable order."""
    found: dict[str, type[Replicated]] = {}
    pending: list[type[Any]] = [Replicated]
    while pending:
        for entity in pending.pop().__subclasses__():
            pending.append(entity)
            if not entity.__dict__.get("__abstract__", False):
                found[entity.__tablename__] = entity
    return dict(sorted(found.items()))
