"""The dated versions of a service's rules: a decision keeps the version it was made under (national scope)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import Day, Document, Key, OptionalWords, Whole, Words


class ServiceRulesVersion(Replicated):
    """The rules of one service from a day on. Version 1 is the service's own row; these are what came after."""

    __tablename__ = "service_rules"
    service_code: Mapped[Key]
    version: Mapped[Whole]
    first_day: Mapped[Day]
    kinds: Mapped[Document]
    rules: Mapped[Document]
    approval_level: Mapped[Words]
    amount_kind: Mapped[Words]
    evidence: Mapped[Document]
    note: Mapped[OptionalWords]
