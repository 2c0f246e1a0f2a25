"""A case: the committee's work with one household, and every move of its life cycle."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Flag,
    Key,
    Moment,
    OptionalCode,
    OptionalDay,
    OptionalLink,
    OptionalReference,
    OptionalWords,
    Reference,
    Words,
)


class Case(Replicated):
    """One open case a household and committee, or a released person living alone."""

    __tablename__ = "case_file"
    number: Mapped[Key]
    household_id: Mapped[OptionalReference]
    person_id: Mapped[OptionalReference]
    committee_code: Mapped[Code]
    team_code: Mapped[OptionalCode]
    officer_id: Mapped[OptionalReference]
    state: Mapped[Code]
    restricted: Mapped[Flag]
    opened_on: Mapped[OptionalDay]
    closed_on: Mapped[OptionalDay]
    closure_reason: Mapped[OptionalWords]
    # Cases that wait in a state, and each officer's open ones, are counted from this index alone.
    __table_args__ = (Index(None, "scope", "id"), Index(None, "scope", "state", "officer_id", "removed_at"))


class CaseMove(Replicated):
    """One transition of a case; never changed after it is written."""

    __tablename__ = "case_move"
    case_id: Mapped[Reference]
    from_state: Mapped[Words]
    to_state: Mapped[Words]
    role: Mapped[Words]
    reason: Mapped[OptionalWords]
    moved_by: Mapped[OptionalLink]
    moved_at: Mapped[Moment]
