"""Work around release and danger: pre-release checklists and alerts about vulnerable people."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Day,
    Moment,
    OptionalCode,
    OptionalLink,
    OptionalMoment,
    OptionalReference,
    OptionalWords,
    Reference,
    Words,
)


class ReleaseCheck(Replicated):
    """How far one item of the preparation before release has come, for one stay in custody."""

    __tablename__ = "release_check"
    episode_id: Mapped[Reference]
    case_id: Mapped[OptionalLink]
    item: Mapped[Words]
    state: Mapped[Words]
    note: Mapped[OptionalWords]


class Alert(Replicated):
    """A vulnerable person in a case: the supervisor must see it the same day, and say that they did."""

    __tablename__ = "alert"
    case_id: Mapped[Reference]
    person_id: Mapped[OptionalLink]
    kind: Mapped[Words]
    raised_by: Mapped[OptionalLink]
    raised_at: Mapped[Moment]
    acknowledged_by: Mapped[OptionalLink]
    acknowledged_at: Mapped[OptionalMoment]
    note: Mapped[OptionalWords]


class Assignment(Replicated):
    """One handing over of a case to an officer or team; the case's own columns name the present one."""

    __tablename__ = "assignment"
    case_id: Mapped[Reference]
    officer_id: Mapped[OptionalReference]
    team_code: Mapped[OptionalCode]
    first_day: Mapped[Day]
    reason: Mapped[OptionalWords]
    given_by: Mapped[OptionalLink]
