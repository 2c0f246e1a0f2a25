"""Time in custody, from which a person's kind (prisoner, released, family member) follows."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, declared_attr

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    OptionalCode,
    OptionalDay,
    OptionalFlag,
    OptionalHalalas,
    OptionalKey,
    OptionalKeyDay,
    OptionalWhole,
    OptionalWords,
    Reference,
    Words,
)


class CustodyEpisode(Replicated):
    """One stay: entry, expected release, release. A return to prison is a new episode."""

    __tablename__ = "custody_episode"
    person_id: Mapped[Reference]
    facility_code: Mapped[OptionalCode]
    inmate_number: Mapped[OptionalKey]
    status: Mapped[Words]
    entry: Mapped[OptionalWords]
    entry_day: Mapped[OptionalDay]
    expected_release: Mapped[OptionalWords]
    expected_release_day: Mapped[OptionalKeyDay]
    release: Mapped[OptionalWords]
    release_day: Mapped[OptionalDay]
    release_type: Mapped[OptionalWords]
    sentence: Mapped[OptionalWords]
    case_class: Mapped[OptionalWords]
    right_type: Mapped[OptionalWords]
    claims_halalas: Mapped[OptionalHalalas]
    times_before: Mapped[OptionalWhole]
    was_breadwinner: Mapped[OptionalFlag]
    contact_frequency: Mapped[OptionalWords]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """Releases by day. Only those that happened: else a search for who is inside would walk this index instead."""
        happened = text("release_day IS NOT NULL")
        by_day = Index(None, "release_day", sqlite_where=happened, postgresql_where=happened)
        return (Index(None, "scope", "id"), by_day)


class CustodyMove(Replicated):
    """A prisoner moved from one facility to another within a stay: the facility is kept as history."""

    __tablename__ = "custody_move"
    episode_id: Mapped[Reference]
    from_facility: Mapped[OptionalCode]
    to_facility: Mapped[Code]
    moved_on: Mapped[OptionalDay]
    note: Mapped[OptionalWords]
