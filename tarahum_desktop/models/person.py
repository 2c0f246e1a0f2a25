"""A person: one national record, whatever they are to which household."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Flag,
    OptionalDay,
    OptionalKey,
    OptionalLink,
    OptionalWords,
    Words,
)


class Person(Replicated):
    """Names in four parts as written; dates of birth as given plus their Gregorian range.

    ``id_warning`` keeps the code of a failed check instead of refusing the person (domain rule: an
    identity number warns, it never blocks a visit). Who has no document gets a ``temporary_key``. ``merged_into``
    names the record that stands for this one since two were found to be one person. ``kind`` is not here: it follows from custody.
    """

    __tablename__ = "person"
    first_name: Mapped[Words]
    father_name: Mapped[OptionalWords]
    grandfather_name: Mapped[OptionalWords]
    family_name: Mapped[Words]
    mother_name: Mapped[OptionalWords]
    gender: Mapped[Words]
    nationality: Mapped[Words]
    id_kind: Mapped[Words]
    id_number: Mapped[OptionalKey]
    id_warning: Mapped[OptionalWords]
    id_seen: Mapped[Flag]
    no_id_reason: Mapped[OptionalWords]
    temporary_key: Mapped[OptionalWords]
    birth: Mapped[OptionalWords]
    birth_first: Mapped[OptionalDay]
    birth_last: Mapped[OptionalDay]
    marital: Mapped[OptionalWords]
    mobile: Mapped[OptionalKey]
    mobile_alt: Mapped[OptionalWords]
    contact_preference: Mapped[OptionalWords]
    education: Mapped[OptionalWords]
    enrolment: Mapped[OptionalWords]
    work: Mapped[OptionalWords]
    iban: Mapped[OptionalKey]
    father_id: Mapped[OptionalLink]
    mother_id: Mapped[OptionalLink]
    merged_into: Mapped[OptionalLink]
