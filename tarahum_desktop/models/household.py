"""A household and who belonged to it, when."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Flag,
    Key,
    OptionalCode,
    OptionalDay,
    OptionalHalalas,
    OptionalReference,
    OptionalWhole,
    OptionalWords,
    Reference,
    Words,
)


class Household(Replicated):
    """One family under one roof, its address and dwelling."""

    __tablename__ = "household"
    file_number: Mapped[Key]
    committee_code: Mapped[Code]
    head_person_id: Mapped[OptionalReference]
    place_code: Mapped[OptionalCode]
    district: Mapped[OptionalWords]
    directions: Mapped[OptionalWords]
    short_address: Mapped[OptionalWords]
    latitude_e6: Mapped[OptionalWhole]
    longitude_e6: Mapped[OptionalWhole]
    environment: Mapped[OptionalWords]
    tenure: Mapped[OptionalWords]
    house_type: Mapped[OptionalWords]
    rooms: Mapped[OptionalWhole]
    house_condition: Mapped[OptionalWords]
    annual_rent_halalas: Mapped[OptionalHalalas]


class Membership(Replicated):
    """A person in a household from one day to another, by relation to its head."""

    __tablename__ = "membership"
    household_id: Mapped[Reference]
    person_id: Mapped[Reference]
    relation: Mapped[Words]
    resident: Mapped[Flag]
    first_day: Mapped[OptionalDay]
    last_day: Mapped[OptionalDay]
    end_reason: Mapped[OptionalWords]
