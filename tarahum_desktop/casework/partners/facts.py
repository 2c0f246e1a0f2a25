"""What is known of a person that could be shared, and what the person consented to."""

import uuid
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from tarahum_desktop.casework.ages import age_from
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.kinds import kind_on, stay_of
from tarahum_desktop.casework.person_names import full_name
from tarahum_desktop.casework.visit_start import last_done
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import SHARE
from tarahum_desktop.domain.sharing import Consent as Word
from tarahum_desktop.models import (
    Case,
    Consent,
    CustodyEpisode,
    Facility,
    Household,
    Membership,
    Person,
    Place,
)

_CASE: Any = Case.__table__
_CONSENT: Any = Consent.__table__
_STAY: Any = CustodyEpisode.__table__
_FACILITY: Any = Facility.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__
_SEES: Final = MappingProxyType(
    {"health": Action.VIEW_HEALTH, "criminal": Action.VIEW_CRIMINAL, "credit": Action.VIEW_CREDIT}
)


@dataclass(frozen=True)
class Subject:
    """A person who may be referred, in their household; ``values`` are by code of ``domain.sharing``."""

    person_id: uuid.UUID
    name: str
    household_id: uuid.UUID
    case_id: uuid.UUID | None
    scope: str
    committee: str
    officer_id: uuid.UUID | None
    age: int | None
    restricted: bool
    values: dict[str, Any]
    words: tuple[Word, ...]

    def closed_to(self, desk: Desk) -> frozenset[str]:
        """The purposes whose data this member of staff may not see here."""
        return closed_purposes(desk, self.scope, self.officer_id)


def closed_purposes(desk: Desk, scope: str, officer_id: uuid.UUID | None) -> frozenset[str]:
    """Health, criminal and credit data are seen by the case's officer and by who may see them in the whole scope."""
    own = officer_id == desk.user.id
    return frozenset(purpose for purpose, action in _SEES.items() if not desk.may(action, scope, own=own))


def read_subject(
    desk: Desk, connection: Connection, household_id: uuid.UUID, person_id: uuid.UUID
) -> Subject:
    """Read the person as a member of the household; raises RecordMissing."""
    home = connection.execute(select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id)).one_or_none()
    person = connection.execute(select(_PERSON).where(_PERSON.c.id == person_id)).one_or_none()
    if home is None or person is None:
        raise RecordMissing(entity="household" if home is None else "person")
    if not _belongs(desk, connection, household_id, person_id):
        raise RecordMissing(entity="membership")
    case = connection.execute(
        select(_CASE)
        .where(_CASE.c.household_id == household_id, _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.closed_on.is_not(None), _CASE.c.id.desc())
        .limit(1)
    ).one_or_none()
    return Subject(
        person_id, full_name(person), household_id, case.id if case else None, home.scope, home.committee_code,
        case.officer_id if case else None, age_from(person.birth_first, person.birth_last, desk.today()),
        bool(case and case.restricted), _values(desk, connection, person, home),
        _words(connection, person_id, home.head_person_id),
    )  # fmt: skip


def _belongs(desk: Desk, connection: Connection, household_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether the person is of this household today: a file opens only the way to its own people."""
    query = select(_MEMBER.c.id).where(
        _MEMBER.c.household_id == household_id, _MEMBER.c.person_id == person_id, _MEMBER.c.removed_at.is_(None),
        or_(_MEMBER.c.last_day.is_(None), _MEMBER.c.last_day >= desk.today()),
    )  # fmt: skip
    return connection.execute(query.limit(1)).first() is not None


def _words(connection: Connection, person_id: uuid.UUID, head_id: uuid.UUID | None) -> tuple[Word, ...]:
    """The latest word on each purpose, to sharing on each party, of the person and of the head of the household.

    A no to sharing that names no party ends every yes before it.
    """
    query = (
        select(_CONSENT)
        .where(_CONSENT.c.person_id.in_({person_id, head_id} - {None}), _CONSENT.c.removed_at.is_(None))
        .order_by(_CONSENT.c.given_at, _CONSENT.c.id)
    )
    latest: dict[tuple[bool, str, str], Word] = {}
    for row in connection.execute(query):
        own, party = row.person_id == person_id, (row.named_party or "").strip()
        word = Word(
            row.purpose, row.given and row.withdrawn_at is None, row.signer_capacity, own,
            party if row.purpose == SHARE else "", row.id,
        )  # fmt: skip
        if word.purpose == SHARE and not row.given and not party:
            latest = {key: kept for key, kept in latest.items() if key[:2] != (own, SHARE)}
        latest[own, word.purpose, word.named_party] = word
    return tuple(latest.values())


def _values(desk: Desk, connection: Connection, person: Any, home: Any) -> dict[str, Any]:
    place = connection.scalar(select(_PLACE.c.name_ar).where(_PLACE.c.code == home.place_code).limit(1))
    members = select(func.count()).where(
        _MEMBER.c.household_id == home.id, _MEMBER.c.removed_at.is_(None), _MEMBER.c.last_day.is_(None)
    )
    found = {
        "first_name": person.first_name, "father_name": person.father_name,
        "grandfather_name": person.grandfather_name, "family_name": person.family_name, "gender": person.gender,
        "birth_year": person.birth_first.year if person.birth_first else None, "nationality": person.nationality,
        "id_number": person.id_number, "mobile": person.mobile, "place": place, "education": person.education,
        "enrolment": person.enrolment, "work": person.work, "household_size": connection.scalar(members),
    }  # fmt: skip
    found |= _custody(desk, connection, person.id) | _from_visit(connection, person.id, home)
    return {code: value for code, value in found.items() if value not in (None, "", [])}


def _custody(desk: Desk, connection: Connection, person_id: uuid.UUID) -> dict[str, Any]:
    query = (
        select(_STAY, _FACILITY.c.name_ar.label("facility"))
        .outerjoin(_FACILITY, _FACILITY.c.code == _STAY.c.facility_code)
        .where(_STAY.c.person_id == person_id, _STAY.c.removed_at.is_(None))
        .order_by(_STAY.c.entry_day.desc(), _STAY.c.id.desc())
    )
    stays = connection.execute(query).all()
    kind = kind_on(desk.today(), [stay_of(row) for row in stays])
    if not stays:
        return {"kind": kind.value}
    last = stays[0]
    return {
        "kind": kind.value, "facility": last.facility, "custody_status": last.status,
        "expected_release": last.expected_release_day and last.expected_release_day.isoformat(),
    }  # fmt: skip


def _from_visit(connection: Connection, person_id: uuid.UUID, home: Any) -> dict[str, Any]:
    """What only the last study knows: health and disability of a member, debts of the household in halalas."""
    last = last_done(connection, home.id)
    if last is None:
        return {}
    answers = last.answers
    row = answers.row("members", str(person_id))
    cells = row.values if row is not None else {}
    return {
        "debts": answers.get("debts_total"), "health": _plain(cells.get("m_health")),
        "disability": _plain(cells.get("m_disability")),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Chosen options as a list of codes, which a document can hold."""
    return list(value) if isinstance(value, tuple) else value
