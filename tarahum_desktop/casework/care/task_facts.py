"""The plain facts of some cases, read in a handful of queries, for the rules that decide what is due."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.domain.aftercare import AFTER_CARE_DAYS
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.due_tasks import CaseFacts, ContactFacts, ItemFacts, PersonFacts, StayFacts
from tarahum_desktop.domain.vulnerability import ADULT_AGE, adult_on
from tarahum_desktop.models import (
    CaseMove,
    Consent,
    CustodyEpisode,
    Delivery,
    FollowUp,
    MatrixRating,
    Membership,
    Person,
    PlanItem,
    ReleaseCheck,
    Visit,
)
from tarahum_desktop.models.types import from_milliseconds

INFORM_LOOKS_BACK: Final = 90
"""Days. Who was not told for longer is a matter of the data protection report, no longer of a call to make."""
_NO_STUDY: Final = frozenset({"service_follow_up"})
_CONTACT: Any = FollowUp.__table__
_STAY: Any = CustodyEpisode.__table__
_MEMBER: Any = Membership.__table__
_KIN: Any = _MEMBER.alias("kin")
_PERSON: Any = Person.__table__
_ITEM: Any = PlanItem.__table__
_GIVEN: Any = Delivery.__table__
_VISIT: Any = Visit.__table__
_RATING: Any = MatrixRating.__table__
_MOVE: Any = CaseMove.__table__
_CHECK: Any = ReleaseCheck.__table__
_CONSENT: Any = Consent.__table__
Ids = Collection[uuid.UUID]


@dataclass
class FactBook:
    """The facts of the cases asked for, by case; names of persons by id."""

    contacts: dict[uuid.UUID, list[ContactFacts]] = field(default_factory=lambda: defaultdict(list))
    stays: dict[uuid.UUID, list[StayFacts]] = field(default_factory=lambda: defaultdict(list))
    items: dict[uuid.UUID, list[ItemFacts]] = field(default_factory=lambda: defaultdict(list))
    people: dict[uuid.UUID, list[PersonFacts]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[uuid.UUID, CaseFacts] = field(default_factory=dict)
    persons: dict[uuid.UUID, Any] = field(default_factory=dict)


def read_facts(connection: Connection, cases: Iterable[Any], today: dt.date) -> FactBook:
    """Everything the rules ask about these case rows (``task_cases.case_rows``)."""
    cases, book = list(cases), FactBook()
    if not cases:
        return book
    by_home = {row.household_id: row.id for row in cases}
    _contacts(connection, book, [row.id for row in cases], today)
    _states(connection, book, cases)
    _items(connection, book, by_home)
    members = _members(connection, by_home, today)
    stays = _stays(connection, book, members, by_home, today)
    _people(connection, book, members, stays, by_home, today)
    return book


def _contacts(connection: Connection, book: FactBook, ids: Ids, today: dt.date) -> None:
    """Open contacts, and those done about a stay or a person, which must not be asked for again."""
    since = today - dt.timedelta(AFTER_CARE_DAYS[-1] * 2)
    query = select(
        _CONTACT.c.case_id, _CONTACT.c.id, _CONTACT.c.kind, _CONTACT.c.due_on, _CONTACT.c.done_on,
        _CONTACT.c.episode_id, _CONTACT.c.step, _CONTACT.c.person_id,
    ).where(
        _CONTACT.c.case_id.in_(ids), _CONTACT.c.removed_at.is_(None),
        _CONTACT.c.done_on.is_(None)
        | (_CONTACT.c.due_on >= since) & (_CONTACT.c.episode_id.is_not(None) | _CONTACT.c.person_id.is_not(None)),
    )  # fmt: skip
    for row in connection.execute(query):
        book.contacts[row.case_id].append(
            ContactFacts(row.id, row.kind, row.due_on, row.done_on, row.episode_id, row.step, row.person_id)
        )


def _states(connection: Connection, book: FactBook, cases: list[Any]) -> None:
    rated = select(_RATING.c.id).where(_RATING.c.visit_id == _VISIT.c.id).exists()
    query = (
        select(
            _VISIT.c.household_id,
            func.max(case((_VISIT.c.kind.not_in(_NO_STUDY), _VISIT.c.visited_on))).label("studied"),
            func.max(case((rated, _VISIT.c.visited_on))).label("rated"),
        )
        .where(
            _VISIT.c.household_id.in_([row.household_id for row in cases]), _VISIT.c.outcome == "done",
            _VISIT.c.removed_at.is_(None),
        )
        .group_by(_VISIT.c.household_id)
    )  # fmt: skip
    visits = {row.household_id: row for row in connection.execute(query)}
    since = _returned_since(connection, [row.id for row in cases if row.state == CaseState.RETURNED])
    for row in cases:
        seen = visits.get(row.household_id)
        book.cases[row.id] = CaseFacts(
            row.state, since.get(row.id), seen.studied if seen else None, seen.rated if seen else None
        )


def _returned_since(connection: Connection, ids: Ids) -> dict[uuid.UUID, dt.date]:
    query = (
        select(_MOVE.c.case_id, func.max(_MOVE.c.moved_at).label("at"))
        .where(_MOVE.c.case_id.in_(ids), _MOVE.c.to_state == CaseState.RETURNED.value)
        .group_by(_MOVE.c.case_id)
    )
    return (
        {row.case_id: row.at.astimezone(SAUDI_TIME).date() for row in connection.execute(query)}
        if ids
        else {}
    )


def _items(connection: Connection, book: FactBook, by_home: dict[uuid.UUID, uuid.UUID]) -> None:
    given = (
        select(_GIVEN.c.id).where(_GIVEN.c.plan_item_id == _ITEM.c.id, _GIVEN.c.removed_at.is_(None)).exists()
    )
    query = select(_ITEM.c.household_id, _ITEM.c.id, _ITEM.c.person_id, _ITEM.c.decided_on).where(
        _ITEM.c.household_id.in_(by_home), _ITEM.c.state == "approved", _ITEM.c.removed_at.is_(None), ~given
    )
    for row in connection.execute(query):
        book.items[by_home[row.household_id]].append(ItemFacts(row.id, row.person_id, row.decided_on))


def _members(connection: Connection, by_home: dict[uuid.UUID, uuid.UUID], today: dt.date) -> list[Any]:
    """Those about whom something may be due: who was in custody, and who comes of age about now."""
    jailed = _MEMBER.c.person_id.in_(
        select(_STAY.c.person_id)
        .join(_KIN, _KIN.c.person_id == _STAY.c.person_id)
        .where(_KIN.c.household_id.in_(by_home))
    )
    oldest, youngest = (dt.date(today.year - ADULT_AGE - years, 1, 1) for years in (2, -2))
    query = (
        select(
            _MEMBER.c.household_id, _MEMBER.c.person_id, _MEMBER.c.id, _MEMBER.c.relation,
            _PERSON.c.first_name, _PERSON.c.father_name, _PERSON.c.grandfather_name, _PERSON.c.family_name,
            _PERSON.c.gender, _PERSON.c.birth_first, _PERSON.c.birth_last,
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _MEMBER.c.household_id.in_(by_home), _MEMBER.c.removed_at.is_(None), _MEMBER.c.last_day.is_(None),
            _PERSON.c.removed_at.is_(None), jailed | _PERSON.c.birth_last.between(oldest, youngest),
        )
    )  # fmt: skip
    return list(connection.execute(query))


def _stays(
    connection: Connection,
    book: FactBook,
    members: list[Any],
    by_home: dict[uuid.UUID, uuid.UUID],
    today: dt.date,
) -> dict[uuid.UUID, Any]:
    """The stays that still ask for something; returns each person's latest stay."""
    query = (
        select(
            _STAY.c.id, _STAY.c.person_id, _STAY.c.status, _STAY.c.release_day, _STAY.c.expected_release_day,
        )
        .where(_STAY.c.person_id.in_({row.person_id for row in members}), _STAY.c.removed_at.is_(None))
        .order_by(_STAY.c.entry_day, _STAY.c.id)
    )  # fmt: skip
    latest = {row.person_id: row for row in connection.execute(query)}
    checks: dict[uuid.UUID, list[tuple[str, str]]] = defaultdict(list)
    open_stays = [row.id for row in latest.values() if row.release_day is None]
    found = select(_CHECK.c.episode_id, _CHECK.c.item, _CHECK.c.state).where(
        _CHECK.c.episode_id.in_(open_stays), _CHECK.c.removed_at.is_(None)
    )
    for row in connection.execute(found.order_by(_CHECK.c.id)):
        checks[row.episode_id].append((row.item, row.state))
    oldest = today - dt.timedelta(AFTER_CARE_DAYS[-1] * 2)
    for member in members:
        stay = latest.get(member.person_id)
        if stay is None or (stay.release_day is not None and stay.release_day < oldest):
            continue
        expected = stay.expected_release_day if stay.status in IN_CUSTODY else None
        book.stays[by_home[member.household_id]].append(
            StayFacts(stay.id, stay.person_id, stay.release_day, expected, tuple(checks[stay.id]))
        )
    return latest


def _people(
    connection: Connection,
    book: FactBook,
    members: list[Any],
    stays: dict[uuid.UUID, Any],
    by_home: dict[uuid.UUID, uuid.UUID],
    today: dt.date,
) -> None:
    """Who comes of age while the family is cared for, and who is inside and was told about by others."""
    for row in members:
        book.persons[row.person_id] = row
    asked = {row.person_id: _asked_about(row, stays.get(row.person_id), today) for row in members}
    wanted = [person for person, (birth, told) in asked.items() if birth or told]
    query = (
        select(_CONSENT.c.person_id, func.max(_CONSENT.c.given_at).label("at"))
        .where(
            _CONSENT.c.person_id.in_(wanted), _CONSENT.c.given, _CONSENT.c.signer_capacity == "data_subject",
            _CONSENT.c.withdrawn_at.is_(None), _CONSENT.c.removed_at.is_(None),
        )
        .group_by(_CONSENT.c.person_id)
    )  # fmt: skip
    own = {row.person_id: row.at.astimezone(SAUDI_TIME).date() for row in connection.execute(query)}
    for row in members:
        birth, told = asked[row.person_id]
        if birth or told:
            book.people[by_home[row.household_id]].append(
                PersonFacts(row.person_id, birth, own.get(row.person_id), told)
            )


def _asked_about(member: Any, stay: Any, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The birth of who comes of age after joining the family, and since when others' word about an inmate is here."""
    birth = told = None
    if member.birth_first is not None and member.birth_last is not None:
        middle = member.birth_first + (member.birth_last - member.birth_first) / 2
        if adult_on(middle) >= _made_on(member.id):
            birth = middle
    if stay is not None and stay.release_day is None and stay.status in IN_CUSTODY:
        known = _made_on(stay.id)
        if (today - known).days <= INFORM_LOOKS_BACK:
            told = known
    return birth, told


def _made_on(row_id: uuid.UUID) -> dt.date:
    """The day a row was made, from the time its id begins with."""
    return from_milliseconds(row_id.int >> 80).astimezone(SAUDI_TIME).date()
