"""A submitted visit: the signed answers to one form version, and its matrix ratings."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Day,
    Document,
    Link,
    Moment,
    OptionalDay,
    OptionalHalalas,
    OptionalKey,
    OptionalLink,
    OptionalMoment,
    OptionalWhole,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class Visit(Replicated):
    """Never changed after submission; a correction is an amendment of its own.

    ``answers`` is the form's canonical document, ``answers_hash`` its SHA-256. The other columns repeat
    the answers that lists, figures and reports ask for.
    """

    __tablename__ = "visit"
    case_id: Mapped[OptionalLink]
    household_id: Mapped[Reference]
    officer_id: Mapped[OptionalLink]
    form_code: Mapped[Words]
    form_version: Mapped[Whole]
    kind: Mapped[Words]
    visited_on: Mapped[Day]
    place: Mapped[Words]
    outcome: Mapped[Words]
    respondent: Mapped[OptionalWords]
    receipt_number: Mapped[OptionalKey]
    started_at: Mapped[OptionalMoment]
    submitted_at: Mapped[Moment]
    latitude_e6: Mapped[OptionalWhole]
    longitude_e6: Mapped[OptionalWhole]
    no_position_reason: Mapped[OptionalWords]
    income_halalas: Mapped[OptionalHalalas]
    expense_halalas: Mapped[OptionalHalalas]
    recommendation: Mapped[OptionalWords]
    observations: Mapped[OptionalWords]
    next_visit_on: Mapped[OptionalDay]
    answers: Mapped[Document]
    answers_hash: Mapped[Bytes]
    # The visits of a stretch of days are found, and counted by officer, from this index alone.
    __table_args__ = (
        Index(None, "scope", "id"),
        Index("ix_visit_by_day", "visited_on", "outcome", "officer_id", "scope", "removed_at"),
    )


class MatrixRating(Replicated):
    """One domain's score (1-5) at one visit; no score means not applicable."""

    __tablename__ = "matrix_rating"
    visit_id: Mapped[Reference]
    household_id: Mapped[Link]
    domain: Mapped[Words]
    score: Mapped[OptionalWhole]
