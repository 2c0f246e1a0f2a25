"""Who works where: regions, committees, their teams, places and facilities (national scope)."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import Code, Flag, OptionalCode, OptionalWhole, OptionalWords, Words


class Region(Replicated):
    """One of the 13 administrative regions."""

    __tablename__ = "region"
    code: Mapped[Code]
    iso: Mapped[Words]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]


class Committee(Replicated):
    """One of the 15 regional committees; its code is also its scope."""

    __tablename__ = "committee"
    code: Mapped[Code]
    region_code: Mapped[Code]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    seat_city_ar: Mapped[Words]
    has_women_section: Mapped[Flag]


class Team(Replicated):
    """An office, women's section or prison desk below a committee."""

    __tablename__ = "team"
    code: Mapped[Code]
    committee_code: Mapped[Code]
    kind: Mapped[Words]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    facility_code: Mapped[OptionalCode]


class Place(Replicated):
    """A city, village or hamlet, with its rough position in millionths of a degree."""

    __tablename__ = "place"
    code: Mapped[Code]
    committee_code: Mapped[Code]
    region_code: Mapped[Code]
    kind: Mapped[Words]
    name_ar: Mapped[Words]
    name_en: Mapped[Words]
    latitude_e6: Mapped[OptionalWhole]
    longitude_e6: Mapped[OptionalWhole]


class Facility(Replicated):
    """A prison, reformatory or social home."""

    __tablename__ = "facility"
    code: Mapped[Code]
    committee_code: Mapped[Code]
    type_code: Mapped[Words]
    name_ar: Mapped[Words]
    name_en: Mapped[OptionalWords]
    city_ar: Mapped[Words]
    gender: Mapped[Words]
