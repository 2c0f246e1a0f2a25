"""What a prisoner asked for through the desk inside the prison, and the answer."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    KeyDay,
    OptionalCode,
    OptionalDay,
    OptionalLink,
    OptionalWords,
    Reference,
    Words,
)


class InmateRequest(Replicated):
    """One request: a visit, contact with the family, legal help, or another."""

    __tablename__ = "inmate_request"
    person_id: Mapped[Reference]
    committee_code: Mapped[Code]
    facility_code: Mapped[OptionalCode]
    kind: Mapped[Words]
    made_on: Mapped[KeyDay]
    wording: Mapped[OptionalWords]
    state: Mapped[Words]
    handled_by: Mapped[OptionalLink]
    answered_on: Mapped[OptionalDay]
    answer: Mapped[OptionalWords]
