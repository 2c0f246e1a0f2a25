"""What the committee offers and asks: tracks, programmes, services, forms, lists (national scope)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import Code, Document, OptionalHalalas, Whole, Words


class Track(Replicated):
    """One of the three tracks."""

    __tablename__ = "track"
    code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]


class Programme(Replicated):
    """One of the twelve programmes."""

    __tablename__ = "programme"
    code: Mapped[Code]
    track_code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]


class ApprovalLevel(Replicated):
    """Who may approve up to which amount; no limit means any amount."""

    __tablename__ = "approval_level"
    code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    limit_halalas: Mapped[OptionalHalalas]


class Service(Replicated):
    """One service of the catalogue with its rules as data.

    ``rules`` holds the eligibility parameters (repeat guard days, annual cap, study age, fund sources),
    ``kinds`` the beneficiary kinds it is open to, ``evidence`` the proofs a delivery needs.
    """

    __tablename__ = "service"
    code: Mapped[Code]
    programme_code: Mapped[Code]
    track_code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    unit_ar: Mapped[Words]
    unit_en: Mapped[Words]
    amount_kind: Mapped[Words]
    approval_level: Mapped[Words]
    kinds: Mapped[Document]
    rules: Mapped[Document]
    evidence: Mapped[Document]


class FormVersion(Replicated):
    """One published version of a form; visits keep the version they were made with."""

    __tablename__ = "form_version"
    code: Mapped[Code]
    version: Mapped[Whole]
    document: Mapped[Document]


class ReferenceItem(Replicated):
    """One entry of a reference list, such as a facility type or a kind of debt."""

    __tablename__ = "reference_item"
    list_code: Mapped[Code]
    code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    position: Mapped[Whole]
