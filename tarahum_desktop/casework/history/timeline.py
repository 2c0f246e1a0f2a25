"""A family's past as one list, the newest first, by kinds and in pages.

Each source gives at most its 500 newest rows by an index of the family's own, so a page costs the same in an office of
any size; a page is cut from the merged list, so two sources never disagree about where the next one begins.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.history import past_of_case, past_of_services
from tarahum_desktop.casework.history.events import Event, EventKind, Past
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, CustodyEpisode, Household, Membership, Person, User

PAGE: Final = 60
_HOME: Any = Household.__table__
_CASE: Any = Case.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_STAY: Any = CustodyEpisode.__table__
_USER: Any = User.__table__
Source = Callable[[Connection, Past], Iterator[Event]]
_SOURCES: Final[tuple[Source, ...]] = (
    past_of_case.visits, past_of_case.steps, past_of_case.contacts, past_of_case.alerts, past_of_case.custody,
    past_of_case.amendments, past_of_case.consents, past_of_services.plans, past_of_services.money,
    past_of_services.referrals, past_of_services.transfers, past_of_services.merges,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of the past.

    Attributes:
        events: of the kinds asked for, the newest first.
        total: how many there are of those kinds.
        counts: how many of each kind there are, whatever was asked for.
        people: names by person id.
        staff: Arabic and English names by user id.
    """

    events: tuple[Event, ...]
    total: int
    counts: Mapping[EventKind, int]
    people: Mapping[uuid.UUID, str]
    staff: Mapping[uuid.UUID, tuple[str, str]]


def family_timeline(
    desk: Desk, household_id: uuid.UUID, kinds: frozenset[EventKind] = frozenset(), first: int = 0
) -> Timeline:
    """Read a page of 60 from the ``first``-th event on; no kinds means all of them.

    Raises:
        RecordMissing, NotAllowed.
    """
    with desk.reading() as connection:
        past, names = _past(desk, connection, household_id)
        every = [event for source in _SOURCES for event in source(connection, past)]
        wanted = [event for event in every if not kinds or event.kind in kinds]
        wanted.sort(key=lambda event: event.order, reverse=True)
        page = tuple(wanted[first : first + PAGE])
        return Timeline(
            page, len(wanted), MappingProxyType(Counter(event.kind for event in every)), names,
            _staff(connection, page),
        )  # fmt: skip


def _past(desk: Desk, connection: Connection, household_id: uuid.UUID) -> tuple[Past, dict[uuid.UUID, str]]:
    home = connection.execute(
        select(_HOME.c.scope, _HOME.c.head_person_id).where(
            _HOME.c.id == household_id, _HOME.c.removed_at.is_(None)
        )
    ).one_or_none()
    if home is None:
        raise RecordMissing(entity="household")
    desk.require(Action.VIEW_CASE, home.scope)
    cases = connection.execute(
        select(_CASE.c.id, _CASE.c.officer_id).where(
            _CASE.c.household_id == household_id, _CASE.c.removed_at.is_(None)
        )
    ).all()
    members = select(_PERSON.c.id, *NAME_COLUMNS).where(
        _PERSON.c.id.in_(select(_MEMBER.c.person_id).where(_MEMBER.c.household_id == household_id))
    )
    names = {row.id: full_name(row) for row in connection.execute(members)}
    mine = any(case.officer_id == desk.user.id for case in cases)
    stays: list[uuid.UUID] = []
    if desk.may(Action.VIEW_CRIMINAL, home.scope, own=mine):
        query = select(_STAY.c.id).where(_STAY.c.person_id.in_(names), _STAY.c.removed_at.is_(None))
        stays = list(connection.scalars(query))
    return Past(household_id, tuple(case.id for case in cases), tuple(names), tuple(stays)), names


def _staff(connection: Connection, events: tuple[Event, ...]) -> dict[uuid.UUID, tuple[str, str]]:
    ids = {event.by for event in events if event.by is not None}
    ids |= {uuid.UUID(hex=str(event.facts["user"])) for event in events if event.facts.get("user")}
    query = select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(ids))
    return {
        row.id: (row.name_ar or "", row.name_en or row.name_ar or "") for row in connection.execute(query)
    }
