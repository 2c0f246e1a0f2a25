"""What people decided about findings that rules turned up: duplicates, double grants, impossible records."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Document,
    Key,
    Moment,
    OptionalDocument,
    OptionalLink,
    OptionalMoment,
    OptionalReference,
    OptionalWords,
    Reference,
    Words,
)


class Ruling(Replicated):
    """One decision on one finding. Findings are made anew on every replica; ``subject`` is the same on all of them.

    ``detail`` of a decided conflict holds the values that met, so that the one set aside can be told and put back anywhere.
    """

    __tablename__ = "ruling"
    kind: Mapped[Words]
    subject: Mapped[Key]
    first_id: Mapped[OptionalReference]
    second_id: Mapped[OptionalReference]
    verdict: Mapped[Words]
    reason: Mapped[OptionalWords]
    decided_by: Mapped[OptionalLink]
    decided_at: Mapped[Moment]
    detail: Mapped[OptionalDocument]


class PersonMerge(Replicated):
    """Two records found to be one person. ``moved`` lists ``[entity, row id, field, old, new]`` so it can be undone."""

    __tablename__ = "person_merge"
    kept_id: Mapped[Reference]
    gone_id: Mapped[Reference]
    reason: Mapped[OptionalWords]
    moved: Mapped[Document]
    merged_by: Mapped[OptionalLink]
    merged_at: Mapped[Moment]
    undone_by: Mapped[OptionalLink]
    undone_at: Mapped[OptionalMoment]
