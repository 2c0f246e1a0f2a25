"""Corrections of submitted visits: proposed in the field, decided in the office; the visit itself never changes."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Document,
    Moment,
    OptionalLink,
    OptionalMoment,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class Amendment(Replicated):
    """One proposed correction. ``changes`` is ``{path: {"before": value, "after": value}}`` of the form's answers."""

    __tablename__ = "amendment"
    visit_id: Mapped[Reference]
    household_id: Mapped[Reference]
    changes: Mapped[Document]
    reason: Mapped[Words]
    state: Mapped[Words]
    proposed_by: Mapped[OptionalLink]
    proposed_at: Mapped[Moment]
    decided_by: Mapped[OptionalLink]
    decided_at: Mapped[OptionalMoment]
    decision_reason: Mapped[OptionalWords]


class Questionnaire(Replicated):
    """The submitted answers to an extra form, beside the social study; never changed afterwards."""

    __tablename__ = "questionnaire"
    household_id: Mapped[Reference]
    case_id: Mapped[OptionalLink]
    officer_id: Mapped[OptionalLink]
    form_code: Mapped[Words]
    form_version: Mapped[Whole]
    submitted_at: Mapped[Moment]
    answers: Mapped[Document]
    answers_hash: Mapped[Bytes]
