"""What can be chosen when somebody of a family is referred: who, and which consents there are to rely on."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.ages import age_from
from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.partners.consents import Receiver, told_under
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import MAJORITY_AGE, SHARE
from tarahum_desktop.models import Consent, Household, Membership, Person, Service

_CONSENT: Any = Consent.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_SERVICE: Any = Service.__table__


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody of the family; ``minor`` needs a guardian's word."""

    id: uuid.UUID
    name: str
    relation: str
    age: int | None

    @property
    def minor(self) -> bool:
        """Whether somebody else signs."""
        return self.age is not None and self.age < MAJORITY_AGE


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent that was given; ``told`` are the partners to notify when it is withdrawn."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    purpose: str
    party: str
    means: str
    capacity: str
    given_on: dt.date
    withdrawn_on: dt.date | None
    told: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True)
class FamilyChoices:
    """A family as this desk sees it; ``services`` are ``(code, name_ar, name_en)`` for agreements that name none."""

    household_id: uuid.UUID
    file_number: str
    committee: str
    people: tuple[PersonChoice, ...]
    consents: tuple[ConsentLine, ...]
    services: tuple[tuple[str, str, str], ...]
    may_refer: bool


def family_choices(desk: Desk, household_id: uuid.UUID) -> FamilyChoices:
    """Read who can be referred; raises NotAllowed, RecordMissing."""
    with desk.reading() as connection:
        home = connection.execute(select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id)).one_or_none()
        if home is None:
            raise RecordMissing(entity="household")
        desk.require(Action.VIEW_CASE, home.scope)
        people = _people(desk, connection, household_id)
        consents = _consents(connection, {person.id: person.name for person in people})
        services = {
            row.code: (row.code, row.name_ar, row.name_en)
            for row in connection.execute(select(_SERVICE).where(_SERVICE.c.removed_at.is_(None)))
        }
    return FamilyChoices(
        household_id, home.file_number, home.committee_code, people, consents,
        tuple(services[code] for code in sorted(services)), desk.may(Action.REFER_PERSON, home.scope),
    )  # fmt: skip


def _people(desk: Desk, connection: Connection, household_id: uuid.UUID) -> tuple[PersonChoice, ...]:
    today = desk.today()
    query = (
        select(_MEMBER.c.relation, _PERSON.c.id, _PERSON.c.birth_first, _PERSON.c.birth_last, *NAME_COLUMNS)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _MEMBER.c.household_id == household_id, _MEMBER.c.removed_at.is_(None),
            or_(_MEMBER.c.last_day.is_(None), _MEMBER.c.last_day >= today),
        )
        .order_by(_MEMBER.c.relation != "self", _PERSON.c.birth_first, _MEMBER.c.id)
    )  # fmt: skip
    found: dict[uuid.UUID, PersonChoice] = {}
    for row in connection.execute(query):
        age = age_from(row.birth_first, row.birth_last, today)
        found.setdefault(row.id, PersonChoice(row.id, full_name(row), row.relation, age))
    return tuple(found.values())


def _consents(connection: Connection, names: dict[uuid.UUID, str]) -> tuple[ConsentLine, ...]:
    query = (
        select(_CONSENT)
        .where(_CONSENT.c.person_id.in_(names), _CONSENT.c.given.is_(True), _CONSENT.c.removed_at.is_(None))
        .order_by(
            _CONSENT.c.purpose != SHARE,
            _CONSENT.c.withdrawn_at.is_not(None),
            _CONSENT.c.given_at.desc(),
            _CONSENT.c.id.desc(),
        )
    )
    return tuple(
        ConsentLine(
            row.id, row.person_id, names[row.person_id], row.purpose, row.named_party or "", row.means,
            row.signer_capacity, row.given_at.astimezone(SAUDI_TIME).date(),
            row.withdrawn_at and row.withdrawn_at.astimezone(SAUDI_TIME).date(), told_under(connection, row),
        )
        for row in connection.execute(query)
    )  # fmt: skip
