"""What the record knows about a household on a day, as far as rules ask: nothing here is typed by hand.

People with their kinds, time in custody, the last study, everything the household was given or promised, and debts.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.kinds import IN_CUSTODY, kind_on, stay_of
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.plans.states import RESERVED
from tarahum_desktop.domain.eligibility import AidRequest, Kind, PastAid
from tarahum_desktop.domain.forms.values import is_number
from tarahum_desktop.models import (
    CustodyEpisode,
    Delivery,
    Household,
    Membership,
    Person,
    PlanItem,
    Visit,
)

_HOME: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_STAY: Any = CustodyEpisode.__table__
_VISIT: Any = Visit.__table__
_DELIVERY: Any = Delivery.__table__
_ITEM: Any = PlanItem.__table__
STUDY_OUTCOME: Final = "done"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member; ``custody_since`` and ``custody_until`` bound the stay that began last."""

    person_id: uuid.UUID
    name: str
    relation: str
    kind: Kind
    custody_since: dt.date | None = None
    custody_until: dt.date | None = None
    right_type: str = ""
    claims: int | None = None


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """One household on a day; ``debts`` is what remains of the debts named on the last study, in halalas."""

    household_id: uuid.UUID
    scope: str
    committee_code: str
    file_number: str
    head_id: uuid.UUID | None
    day: dt.date
    people: tuple[PersonFacts, ...]
    last_study: dt.date | None
    last_visit_id: uuid.UUID | None
    past: tuple[tuple[uuid.UUID, PastAid], ...]
    debts: int | None

    def person(self, person_id: uuid.UUID) -> PersonFacts | None:
        """A member by id."""
        return next((one for one in self.people if one.person_id == person_id), None)

    def request(
        self, person: PersonFacts, amount: int, quantity: int, but: uuid.UUID | None = None
    ) -> AidRequest:
        """One service asked for a member; ``but`` is the item itself, which is no earlier grant."""
        past = tuple(aid for item_id, aid in self.past if item_id != but)
        debt = person.claims if person.claims is not None else self.debts
        return AidRequest(
            person.kind, self.day, amount, self.last_study, past, person.custody_since, person.custody_until,
            person.right_type, debt, quantity,
        )  # fmt: skip


def read_facts(connection: Connection, household_id: uuid.UUID, day: dt.date) -> HouseholdFacts:
    """Read one household; raises RecordMissing when it is not on this machine."""
    home = connection.execute(select(_HOME).where(_HOME.c.id == household_id)).one_or_none()
    if home is None or home.removed_at is not None:
        raise RecordMissing(entity="household")
    study = connection.execute(
        select(_VISIT.c.id, _VISIT.c.visited_on, _VISIT.c.answers)
        .where(
            _VISIT.c.household_id == household_id,
            _VISIT.c.outcome == STUDY_OUTCOME,
            _VISIT.c.removed_at.is_(None),
        )
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        .limit(1)
    ).one_or_none()
    return HouseholdFacts(
        household_id, home.scope, home.committee_code, home.file_number, home.head_person_id, day,
        _people(connection, household_id, home.head_person_id, day),
        study.visited_on if study else None, study.id if study else None,
        tuple(past_aid(connection, household_id)), _debts(study.answers) if study else None,
    )  # fmt: skip


def past_aid(connection: Connection, household_id: uuid.UUID) -> Iterable[tuple[uuid.UUID, PastAid]]:
    """Deliveries to a household with the item each belongs to, then what is promised and not handed over yet."""
    delivered: dict[uuid.UUID, tuple[int, int]] = {}
    given = select(_DELIVERY).where(
        _DELIVERY.c.household_id == household_id, _DELIVERY.c.removed_at.is_(None)
    )
    for row in connection.execute(given.order_by(_DELIVERY.c.delivered_on, _DELIVERY.c.id)):
        count, halalas = delivered.get(row.plan_item_id, (0, 0))
        delivered[row.plan_item_id] = count + row.quantity, halalas + row.amount_halalas
        yield row.plan_item_id, PastAid(row.service_code, row.delivered_on, row.amount_halalas)
    promised = select(_ITEM).where(
        _ITEM.c.household_id == household_id, _ITEM.c.state.in_(RESERVED), _ITEM.c.removed_at.is_(None)
    )
    for row in connection.execute(promised.order_by(_ITEM.c.id)):
        day = row.decided_on or row.proposed_on
        count, halalas = delivered.get(row.id, (0, 0))
        rest = row.quantity - count
        if day is not None and rest > 0:
            each = max(0, row.amount_halalas - halalas) // rest
            yield from ((row.id, PastAid(row.service_code, day, each, reserved=True)) for _one in range(rest))


def _people(
    connection: Connection, household_id: uuid.UUID, head_id: uuid.UUID | None, day: dt.date
) -> tuple[PersonFacts, ...]:
    query = (
        select(_MEMBER.c.person_id, _MEMBER.c.relation, *NAME_COLUMNS, _PERSON.c.birth_first)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(
            _MEMBER.c.household_id == household_id,
            _MEMBER.c.removed_at.is_(None),
            _MEMBER.c.last_day.is_(None) | (_MEMBER.c.last_day >= day),
        )
        .order_by(_PERSON.c.birth_first.is_(None), _PERSON.c.birth_first, _MEMBER.c.id)
    )
    rows = {row.person_id: row for row in connection.execute(query)}
    stays: dict[uuid.UUID, list[Any]] = {}
    held = select(_STAY).where(_STAY.c.person_id.in_(list(rows)), _STAY.c.removed_at.is_(None))
    for stay in connection.execute(held.order_by(_STAY.c.entry_day, _STAY.c.id)):
        stays.setdefault(stay.person_id, []).append(stay)
    people = [_person(row, stays.get(row.person_id, []), day) for row in rows.values()]
    return tuple(sorted(people, key=lambda person: person.person_id != head_id))


def _person(row: Any, stays: list[Any], day: dt.date) -> PersonFacts:
    facts = PersonFacts(row.person_id, full_name(row), row.relation, kind_on(day, map(stay_of, stays)))
    begun = [stay for stay in stays if stay.entry_day is None or stay.entry_day <= day]
    if not begun:
        return facts
    last = begun[-1]
    until = last.release_day
    if until is None and last.status not in IN_CUSTODY:
        until = last.entry_day  # released on a day nobody recorded: nothing is credited
    return replace(
        facts, custody_since=last.entry_day, custody_until=until, right_type=last.right_type or "",
        claims=last.claims_halalas,
    )  # fmt: skip


def _debts(document: object) -> int | None:
    """What remains of the debts on a visit's answers; none when the visit says nothing about debts."""
    answers = document.get("answers") if isinstance(document, Mapping) else None
    rows = answers.get("debts") if isinstance(answers, Mapping) else None
    if not isinstance(rows, list):
        return None
    return sum(_remaining(row) for row in rows)


def _remaining(row: object) -> int:
    amount = row.get("debt_remaining") if isinstance(row, Mapping) else None
    return amount if isinstance(amount, int) and is_number(amount) else 0
