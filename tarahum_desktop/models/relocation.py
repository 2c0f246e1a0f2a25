"""A household's way from one scope to another: offer, answer, leaving, arriving, and what came too late."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
    Moment,
    OptionalDocument,
    OptionalLink,
    OptionalMoment,
    OptionalReference,
    OptionalWords,
    Reference,
    Words,
)


class Relocation(Replicated):
    """A household offered to another committee, put under restriction, or given to a caseload.

    The offer lies in the scope the household is in. For another committee the centre lays a copy (``offer_id`` names
    the original) in the receiving scope, where it is answered.
    """

    __tablename__ = "relocation"
    household_id: Mapped[Reference]
    offer_id: Mapped[OptionalReference]
    kind: Mapped[Words]
    from_scope: Mapped[Code]
    to_scope: Mapped[Code]
    state: Mapped[Words]
    summary: Mapped[OptionalDocument]
    reason: Mapped[OptionalWords]
    offered_by: Mapped[OptionalLink]
    offered_at: Mapped[Moment]
    decided_by: Mapped[OptionalLink]
    decided_at: Mapped[OptionalMoment]
    decision_reason: Mapped[OptionalWords]
    done_at: Mapped[OptionalMoment]
    failure: Mapped[OptionalWords]
    # The centre looks after every batch for what is not done yet, among years of what is.
    __table_args__ = (
        Index(None, "scope", "id"),
        Index(
            "ix_relocation_unfinished",
            "id",
            sqlite_where=text("done_at IS NULL AND offer_id IS NULL"),
            postgresql_where=text("done_at IS NULL AND offer_id IS NULL"),
        ),
    )


class Departure(Replicated):
    """A row has left the scope: whoever applies this lets the row go. Written by the centre alone.

    Its id follows from scope and row, so a second leaving is an edit of the same departure; ``removed_at`` says that
    the row came back.
    """

    __tablename__ = "departure"
    entity: Mapped[Words]
    row_id: Mapped[Reference]
    to_scope: Mapped[Code]
    relocation_id: Mapped[OptionalReference]


class Arrival(Replicated):
    """Rows that came into the scope, as a page with their whole merge state. Written by the centre alone."""

    __tablename__ = "arrival"
    relocation_id: Mapped[OptionalReference]
    from_scope: Mapped[Code]
    page: Mapped[Bytes]


class Addendum(Replicated):
    """An edit made in the old scope after the row had left it: shown to the new owner, who takes it or sets it aside."""

    __tablename__ = "addendum"
    household_id: Mapped[OptionalReference]
    entity: Mapped[Words]
    row_id: Mapped[Reference]
    changes: Mapped[Document]
    from_scope: Mapped[Code]
    made_by: Mapped[OptionalLink]
    made_at: Mapped[Moment]
    state: Mapped[Words]
    decided_by: Mapped[OptionalLink]
    decided_at: Mapped[OptionalMoment]
