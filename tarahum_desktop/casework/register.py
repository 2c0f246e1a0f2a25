"""Putting a family on record: household, persons, memberships, custody, case. Checks warn and never block."""

import datetime as dt
import functools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.care.returns import note_return_to_custody
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NoDocumentReason, RecordMissing
from tarahum_desktop.casework.numbers import next_file_number
from tarahum_desktop.casework.person_facts import date_range, new_person
from tarahum_desktop.casework.temporary_keys import temporary_key
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Case, CustodyEpisode, Household, Membership, Person
from tarahum_desktop.models.ids import new_id

HEAD_RELATION = "self"


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to be registered; ``entered`` has ``Person`` column names, dates as partial-date codes."""

    relation: str
    entered: Mapping[str, Any]
    resident: bool = True


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A household to be registered with its head and other members; ``home`` has ``Household`` column names."""

    scope: str
    head: NewMember
    members: tuple[NewMember, ...] = ()
    home: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """What was put on record; ``warnings`` are codes of checks to show, in the order of entry."""

    household_id: uuid.UUID
    case_id: uuid.UUID
    file_number: str
    person_ids: tuple[uuid.UUID, ...]
    warnings: tuple[str, ...]
    summary: ChangeSummary


def register_family(desk: Desk, family: NewFamily) -> Registered:
    """Register a household with its people and open its case; raises NotAllowed or NoDocumentReason."""
    for action in (Action.REGISTER_HOUSEHOLD, Action.REGISTER_PERSON, Action.REGISTER_CASE):
        desk.require(action, family.scope)
    with UnitOfWork(desk) as work:
        session, committee = work.session, committee_of(family.scope)
        number = next_file_number(session.connection(), desk.replica, committee, desk.today().year)
        people: list[Person] = []
        warnings: list[str] = []
        for row, member in enumerate((family.head, *family.members)):
            person, found = _newcomer(session, desk, family.scope, member, row)
            people.append(person)
            warnings += found
        home = Household(
            id=new_id(), scope=family.scope, file_number=number, committee_code=committee,
            head_person_id=people[0].id, **dict(family.home),
        )  # fmt: skip
        session.add_all([*people, home])
        for member, person in zip((family.head, *family.members), people, strict=True):
            session.add(_membership(desk, home, person.id, member.relation, resident=member.resident))
        case = new_case(session, desk, home)
    return Registered(
        home.id, case.id, number, tuple(person.id for person in people), tuple(warnings), work.summary
    )


def _newcomer(
    session: Session, desk: Desk, scope: str, member: NewMember, row: int = 0
) -> tuple[Person, tuple[str, ...]]:
    """A new person; who has no document gets a key of this device's, with the reason why there is none."""
    person, warnings = new_person(scope, member.entered)
    person.id = new_id()
    if member.entered.get("id_kind") == "none":
        if not person.no_id_reason:
            raise NoDocumentReason(row=row)
        person.temporary_key = temporary_key(session.connection(), desk.replica, committee_of(scope))
    return person, warnings


def _membership(
    desk: Desk, home: Household, person_id: uuid.UUID, relation: str, *, resident: bool
) -> Membership:
    return Membership(
        scope=home.scope, household_id=home.id, person_id=person_id, relation=relation, resident=resident,
        first_day=desk.today(),
    )  # fmt: skip


def new_case(session: Session, desk: Desk, home: Household) -> Case:
    """Open the household's case in its first state, in the caller's transaction."""
    earlier = session.scalars(select(Case.id).where(Case.household_id == home.id)).all()
    case = Case(
        id=new_id(), scope=home.scope, number=f"{home.file_number}-{len(earlier) + 1}", household_id=home.id,
        committee_code=home.committee_code, officer_id=desk.user.id, state=CaseState.DRAFT.value, restricted=False,
        opened_on=desk.today(),
    )  # fmt: skip
    session.add(case)
    return case


def open_case(session: Session, household_id: uuid.UUID) -> Case | None:
    """The household's case that is not closed, the latest of several."""
    return session.scalars(_open_case_query(), {"household": household_id}).one_or_none()


@functools.cache
def _open_case_query() -> Select[Case]:
    closed = [state.value for state in CLOSED]
    return (
        select(Case)
        .where(
            Case.household_id == bindparam("household"), Case.state.not_in(closed), Case.removed_at.is_(None)
        )
        .order_by(Case.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Added:
    """A person put into a household."""

    person_id: uuid.UUID
    warnings: tuple[str, ...]
    summary: ChangeSummary


def add_member(desk: Desk, household_id: uuid.UUID, member: NewMember) -> Added:
    """Register one more person in a household; raises RecordMissing, NotAllowed or NoDocumentReason."""
    with UnitOfWork(desk) as work:
        home = work.session.get(Household, household_id)
        if home is None:
            raise RecordMissing(entity="household")
        desk.require(Action.REGISTER_PERSON, home.scope)
        person, warnings = _newcomer(work.session, desk, home.scope, member)
        work.session.add(person)
        work.session.add(_membership(desk, home, person.id, member.relation, resident=member.resident))
    return Added(person.id, warnings, work.summary)


@dataclass(frozen=True, slots=True)
class NewStay:
    """A stay in custody as entered; dates are partial-date codes such as ``h1447-03``."""

    status: str
    facility_code: str | None = None
    entry: str | None = None
    expected_release: str | None = None
    inmate_number: str | None = None


def record_custody(desk: Desk, person_id: uuid.UUID, stay: NewStay) -> uuid.UUID:
    """Record that a person is in custody: always a new episode, so that a return keeps the chain and opens the case."""
    with UnitOfWork(desk) as work:
        person = work.session.get(Person, person_id)
        if person is None:
            raise RecordMissing(entity="person")
        desk.require(Action.RECORD_CUSTODY, person.scope)
        episode = CustodyEpisode(
            id=new_id(), scope=person.scope, person_id=person.id, status=stay.status,
            facility_code=stay.facility_code, inmate_number=stay.inmate_number,
            entry=stay.entry, entry_day=first_day(stay.entry),
            expected_release=stay.expected_release, expected_release_day=last_day(stay.expected_release),
        )  # fmt: skip
        work.session.add(episode)
        note_return_to_custody(work.session, desk, person.id)
    return episode.id


def first_day(code: str | None) -> dt.date | None:
    """The earliest day of a partial date: from then on somebody counts as having entered."""
    known = date_range(code) if code else None
    return known[0] if known else None


def last_day(code: str | None) -> dt.date | None:
    """The latest day of a partial date: nobody is expected out, or counted as out, before it."""
    known = date_range(code) if code else None
    return known[1] if known else None
