"""The queue of pairs that may be one person, and what is decided about them other than a merge."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select, update

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.references import CHOSEN
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.findings import DUPLICATE, pair_subject, undecided
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.record_match import MatchDecision, Reason
from tarahum_desktop.models import (
    Case,
    Delivery,
    Finding,
    Household,
    Membership,
    Person,
    Place,
    Ruling,
    Service,
)

DIFFERENT: Final = "different"
MOST: Final = 200
_LAST_GIVEN: Final = 3
_PUT_OFF: Final = 1_000
_FINDING: Any = Finding.__table__
_PERSON: Any = Person.__table__
_MEMBER: Any = Membership.__table__
_HOUSEHOLD: Any = Household.__table__
_DELIVERY: Any = Delivery.__table__
_SERVICE: Any = Service.__table__
_PLACE: Any = Place.__table__
_CASE: Any = Case.__table__


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair that waits; reasons with their weights in points."""

    subject: str
    first_id: uuid.UUID
    second_id: uuid.UUID
    first_name: str
    second_name: str
    decision: MatchDecision
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class HomeOf:
    """A household a person belongs to."""

    household_id: uuid.UUID
    file_number: str
    relation: str
    head_name: str
    place_ar: str
    place_en: str
    case_state: str


@dataclass(frozen=True, slots=True)
class GivenTo:
    """One of a person's latest deliveries; halalas."""

    delivered_on: dt.date
    service_ar: str
    service_en: str
    amount_halalas: int


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair; ``values`` has a stored value for each field of ``CHOSEN``."""

    person_id: uuid.UUID
    name: str
    values: Mapping[str, Any]
    homes: tuple[HomeOf, ...]
    deliveries: int
    given: tuple[GivenTo, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side. ``kept`` (0 or 1) is the one a merge would keep; ``taken`` what it lacks and the other has."""

    sides: tuple[Side, Side]
    differing: frozenset[str]
    kept: int
    taken: frozenset[str]
    may_merge: bool


def open_pairs(desk: Desk, limit: int = MOST) -> list[PairLine]:
    """The pairs this desk may decide, the surest first; at most ``limit``."""
    first, second = _PERSON.alias("a"), _PERSON.alias("b")
    names = [
        alias.c[column.name].label(f"{side}_{column.name}")
        for side, alias in (("a", first), ("b", second))
        for column in NAME_COLUMNS
    ]
    with desk.reading() as connection:
        scopes = _scopes(desk, connection)
        query = (
            select(_FINDING.c.subject, _FINDING.c.facts, _FINDING.c.first_id, _FINDING.c.second_id, *names)
            .join(first, first.c.id == _FINDING.c.first_id)
            .join(second, second.c.id == _FINDING.c.second_id)
            .where(_FINDING.c.kind == DUPLICATE, undecided(), *_standing(first, scopes), *_standing(second, scopes))
            .order_by(_FINDING.c.score.desc(), _FINDING.c.subject)
            .limit(limit)
        )  # fmt: skip
        return [_line(row) for row in connection.execute(query)]


def count_pairs(desk: Desk) -> int:
    """How many pairs wait, up to the most that are shown."""
    return len(open_pairs(desk))


def _scopes(desk: Desk, connection: Connection) -> list[str]:
    return sorted(
        {
            *desk.scopes_for(Action.MERGE_PEOPLE, connection),
            *desk.scopes_for(Action.RESOLVE_CONFLICT, connection),
        }
    )


def _standing(person: Any, scopes: Sequence[str]) -> tuple[Any, ...]:
    return (
        person.c.removed_at.is_(None),
        person.c.merged_into.is_(None),
        person.c.scope.concat("").in_(scopes),
    )


def _line(row: Any) -> PairLine:
    reasons = tuple(Reason(code, weight) for code, weight in row.facts["reasons"])
    return PairLine(
        row.subject, row.first_id, row.second_id, full_name(_Named(row, "a_")), full_name(_Named(row, "b_")),
        MatchDecision(row.facts["decision"]), reasons,
    )  # fmt: skip


class _Named:
    """A row whose name columns carry a prefix."""

    def __init__(self, row: Any, prefix: str) -> None:
        self._row, self._prefix = row, prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)


def read_pair(desk: Desk, first_id: uuid.UUID, second_id: uuid.UUID) -> Pair:
    """Two records side by side; raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        rows = {
            row.id: row
            for row in connection.execute(select(_PERSON).where(_PERSON.c.id.in_([first_id, second_id])))
        }
        if len(rows) != 2:
            raise RecordMissing(entity="person")
        for row in rows.values():
            if not desk.may(Action.VIEW_PERSON, row.scope):
                raise NotAllowed(action=Action.VIEW_PERSON.value)
        ordered = [rows[first_id], rows[second_id]]
        sides = tuple(_side(connection, row) for row in ordered)
        kept = _better(ordered, sides)
        may = all(desk.may(Action.MERGE_PEOPLE, row.scope) for row in ordered)
    stays, goes = sides[kept], sides[1 - kept]
    return Pair(
        (sides[0], sides[1]),
        frozenset(name for name in CHOSEN if sides[0].values[name] != sides[1].values[name]),
        kept,
        frozenset(name for name in CHOSEN if not stays.values[name] and goes.values[name]),
        may,
    )


def _better(rows: Sequence[Any], sides: Sequence[Side]) -> int:
    """Which record to keep: with a valid id, then with more given, then the fuller, then the earlier."""

    def worth(at: int) -> tuple[bool, int, int, bool]:
        row, side = rows[at], sides[at]
        valid = bool(row.id_number) and check_person_id(row.id_number).warning is None
        return valid, side.deliveries, sum(1 for value in side.values.values() if value), at == 0

    return max((0, 1), key=worth)


def _side(connection: Connection, row: Any) -> Side:
    homes = connection.execute(
        select(
            _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _MEMBER.c.relation, *NAME_COLUMNS, _PLACE.c.name_ar, _PLACE.c.name_en,
            _CASE.c.state,
        )
        .select_from(_MEMBER)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == _HOUSEHOLD.c.place_code)
        .outerjoin(_CASE, _CASE.c.household_id == _HOUSEHOLD.c.id)
        .where(_MEMBER.c.person_id == row.id, _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None).desc(), _MEMBER.c.id)
    )  # fmt: skip
    found = {
        home.id: HomeOf(
            home.id, home.file_number, home.relation, full_name(home), home.name_ar or "", home.name_en or "",
            home.state or "",
        )
        for home in homes
    }  # fmt: skip
    given = connection.execute(
        select(_DELIVERY.c.delivered_on, _SERVICE.c.name_ar, _SERVICE.c.name_en, _DELIVERY.c.amount_halalas)
        .outerjoin(_SERVICE, _SERVICE.c.code == _DELIVERY.c.service_code)
        .where(_DELIVERY.c.person_id == row.id, _DELIVERY.c.removed_at.is_(None))
        .order_by(_DELIVERY.c.delivered_on.desc(), _DELIVERY.c.id)
    ).all()
    values = {name: getattr(row, name) for name in CHOSEN}
    lines = tuple(
        GivenTo(one.delivered_on, one.name_ar or "", one.name_en or "", one.amount_halalas)
        for one in given[:_LAST_GIVEN]
    )
    return Side(row.id, full_name(row), values, tuple(found.values()), len(given), lines)


def rule_different(desk: Desk, first_id: uuid.UUID, second_id: uuid.UUID, reason: str = "") -> ChangeSummary:
    """Record that two records are two people; the pair comes back only if what identifies them changes."""
    with UnitOfWork(desk) as work:
        people = [
            work.session.get(Person, one) for one in sorted((first_id, second_id), key=lambda one: one.hex)
        ]
        known = [one for one in people if one is not None]
        if len(known) != 2:
            raise RecordMissing(entity="person")
        allowed = [one.scope for one in known if _may_decide(desk, one.scope)]
        if not allowed:
            raise NotAllowed(action=Action.MERGE_PEOPLE.value)
        work.session.add(
            Ruling(
                scope=allowed[0], kind=DUPLICATE, subject=pair_subject(first_id, second_id), first_id=known[0].id,
                second_id=known[1].id, verdict=DIFFERENT, reason=reason.strip() or None, decided_by=desk.user.id,
                decided_at=desk.now(),
            )
        )  # fmt: skip
    return work.summary


def take_back_ruling(desk: Desk, first_id: uuid.UUID, second_id: uuid.UUID) -> ChangeSummary:
    """Undo one's own last decision on a pair: it waits again."""
    with UnitOfWork(desk) as work:
        query = (
            select(Ruling)
            .where(
                Ruling.kind == DUPLICATE, Ruling.subject == pair_subject(first_id, second_id),
                Ruling.decided_by == desk.user.id, Ruling.removed_at.is_(None),
            )
            .order_by(Ruling.decided_at.desc())
            .limit(1)
        )  # fmt: skip
        ruling = work.session.scalars(query).one_or_none()
        if ruling is None:
            raise RecordMissing(entity="ruling")
        ruling.removed_at = desk.now()
    return work.summary


def put_off(desk: Desk, subject: str) -> None:
    """Move a pair to the end of this machine's queue; the next pass over it brings it forward again."""
    with desk.replica.engine.begin() as connection:
        connection.execute(
            update(_FINDING)
            .where(_FINDING.c.kind == DUPLICATE, _FINDING.c.subject == subject)
            .values(score=_FINDING.c.score - _PUT_OFF)
        )


def _may_decide(desk: Desk, scope: str) -> bool:
    return desk.may(Action.MERGE_PEOPLE, scope) or desk.may(Action.RESOLVE_CONFLICT, scope)
