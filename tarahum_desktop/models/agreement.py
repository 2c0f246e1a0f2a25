"""The partner agreements and what each allows to be shared (national scope)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import Code, Document, OptionalDay, Words


class Agreement(Replicated):
    """One partner, one of five fields, one term."""

    __tablename__ = "agreement"
    number: Mapped[Code]
    field_code: Mapped[Words]
    partner_ar: Mapped[Words]
    partner_en: Mapped[Words]
    first_day: Mapped[OptionalDay]
    last_day: Mapped[OptionalDay]
    shared_fields: Mapped[Document]
