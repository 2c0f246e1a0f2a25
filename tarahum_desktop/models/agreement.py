"""The partner agreements and what each allows to be shared (national scope)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Document,
    OptionalCode,
    OptionalDay,
    OptionalDocument,
    OptionalWords,
    Words,
)


class Agreement(Replicated):
    """One partner, one of five fields, one term; without a committee it holds for all of them.

    ``shared_fields`` are codes of ``domain.sharing``, ``services`` the services people may be referred for.
    """

    __tablename__ = "agreement"
    number: Mapped[Code]
    field_code: Mapped[Words]
    partner_ar: Mapped[Words]
    partner_en: Mapped[Words]
    first_day: Mapped[OptionalDay]
    last_day: Mapped[OptionalDay]
    shared_fields: Mapped[Document]
    services: Mapped[OptionalDocument]
    committee_code: Mapped[OptionalCode]
    purpose_ar: Mapped[OptionalWords]
    purpose_en: Mapped[OptionalWords]
