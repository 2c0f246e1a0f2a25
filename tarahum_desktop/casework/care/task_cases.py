"""Which cases may have something due: an officer's own, or those with a date in the days asked for.

A whole committee is never read to find one week: each source is asked by its own index for the days from which a task
of the week follows, for some cases at most.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from tarahum_desktop.domain.aftercare import AFTER_CARE_DAYS
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.due_tasks import (
    COMPLETE_WITHIN,
    DELIVER_WITHIN,
    INFORM_WITHIN,
    RATING_MONTHS,
)
from tarahum_desktop.domain.eligibility import STUDY_MONTHS, months_before
from tarahum_desktop.domain.permissions import committee_of
from tarahum_desktop.domain.release_plan import PREPARATION_DAYS, READY_BEFORE
from tarahum_desktop.models import (
    Case,
    CaseMove,
    CustodyEpisode,
    FollowUp,
    Household,
    Membership,
    Person,
    Place,
    PlanItem,
    User,
    Visit,
)
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import to_milliseconds

MOST_CASES: Final = 400
MOST_OF_A_SOURCE: Final = 400
MOST_OF_MANY: Final = 15
SMALL_OFFICE: Final = 2_000
"""Cases. Up to here a month is read whole; beyond it each source gives its nearest, and the list says so."""
_PREPARE: Final = (READY_BEFORE, PREPARATION_DAYS)
_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__
_USER: Any = User.__table__
_CONTACT: Any = FollowUp.__table__
_STAY: Any = CustodyEpisode.__table__
_MEMBER: Any = Membership.__table__
_ITEM: Any = PlanItem.__table__
_VISIT: Any = Visit.__table__
_MOVE: Any = CaseMove.__table__
_RIYADH: Final = dt.timezone(dt.timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included."""

    first: dt.date
    last: dt.date

    def back(self, days: int) -> "Days":
        """The same stretch some days earlier."""
        return Days(self.first - dt.timedelta(days), self.last - dt.timedelta(days))

    def back_months(self, months: int) -> "Days":
        """The stretch some months earlier, wide enough for months of another length."""
        return Days(months_before(self.first, months), months_before(self.last, months) + dt.timedelta(3))


def own_cases(officer_id: uuid.UUID) -> Select[Any]:
    """The cases of one officer, closed ones of the last year included for their after-care."""
    return (
        select(_CASE.c.id)
        .where(_CASE.c.officer_id == officer_id, _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.state.in_([state.value for state in CLOSED]), _CASE.c.id.desc())
        .limit(MOST_CASES)
    )


def room_for(connection: Connection, scopes: tuple[str, ...]) -> int:
    """How many cases one source may give: all of a usual office, a few of many offices together."""
    some = select(_CASE.c.id).where(_CASE.c.scope.in_(scopes)).limit(SMALL_OFFICE + 1).subquery()
    count = connection.scalar(select(func.count()).select_from(some)) or 0
    return MOST_OF_A_SOURCE if count <= SMALL_OFFICE else MOST_OF_MANY


def dated_cases(
    connection: Connection, scopes: tuple[str, ...], days: Days, room: int, *, latest: bool = False
) -> tuple[set[uuid.UUID], bool]:
    """The cases of some scopes from which something is due in a stretch of days, and whether there are more.

    Each source gives its earliest days, or the ``latest`` ones for what is overdue.
    """
    found: set[uuid.UUID] = set()
    more = False
    year, half = days.back_months(STUDY_MONTHS), days.back_months(RATING_MONTHS)
    ahead = [Days(days.first + dt.timedelta(gap), days.last + dt.timedelta(gap)) for gap in _PREPARE]
    for query, column in (
        (_planned(scopes, days), _CONTACT.c.due_on),
        (_deliveries(scopes, days.back(DELIVER_WITHIN)), _ITEM.c.decided_on),
        (_studies(scopes, year), _VISIT.c.visited_on),
        (_studies(scopes, half), _VISIT.c.visited_on),
        (_returned(scopes, days.back(COMPLETE_WITHIN)), _MOVE.c.id),
        *((_leaving(scopes, stretch), _STAY.c.expected_release_day) for stretch in ahead),
        *((_left(scopes, days.back(step)), _STAY.c.release_day) for step in AFTER_CARE_DAYS),
        (_new_inside(scopes, days.back(INFORM_WITHIN), room), _STAY.c.id),
    ):
        ordered = query.order_by(column.desc() if latest else column).limit(room)
        rows = connection.scalars(ordered).all()
        found.update(rows)
        more = more or len(rows) == room
    return found, more


def _planned(scopes: tuple[str, ...], days: Days) -> Select[Any]:
    return select(_CONTACT.c.case_id).where(
        _CONTACT.c.due_on.between(days.first, days.last), _CONTACT.c.done_on.is_(None),
        _CONTACT.c.removed_at.is_(None), _among(_CONTACT.c.scope, scopes),
    )  # fmt: skip


def _deliveries(scopes: tuple[str, ...], decided: Days) -> Select[Any]:
    return select(_ITEM.c.case_id).where(
        _ITEM.c.committee_code.in_(sorted({committee_of(scope) for scope in scopes})),
        _ITEM.c.state == "approved", _ITEM.c.decided_on.between(decided.first, decided.last),
        _ITEM.c.case_id.is_not(None), _ITEM.c.removed_at.is_(None), _among(_ITEM.c.scope, scopes),
    )  # fmt: skip


def _studies(scopes: tuple[str, ...], visited: Days) -> Select[Any]:
    """Cases visited in a stretch of days and not since."""
    later = _VISIT.alias("later")
    since = (
        select(later.c.id)
        .where(
            later.c.household_id == _VISIT.c.household_id, later.c.visited_on > _VISIT.c.visited_on,
            later.c.outcome == "done",
        )
        .exists()
    )  # fmt: skip
    return select(_VISIT.c.case_id).where(
        _VISIT.c.visited_on.between(visited.first, visited.last), _VISIT.c.outcome == "done",
        _VISIT.c.case_id.is_not(None), _among(_VISIT.c.scope, scopes), ~since,
    )  # fmt: skip


def _returned(scopes: tuple[str, ...], moved: Days) -> Select[Any]:
    """Moves by their ids, which begin with their time."""
    return select(_MOVE.c.case_id).where(
        _MOVE.c.scope.in_(scopes), _MOVE.c.id.between(_first_id(moved.first), _first_id(moved.last, 1)),
        _MOVE.c.to_state == CaseState.RETURNED.value,
    )  # fmt: skip


def _leaving(scopes: tuple[str, ...], expected: Days) -> Select[Any]:
    return _case_of_stay().where(
        _STAY.c.expected_release_day.between(expected.first, expected.last), _STAY.c.release_day.is_(None),
        _among(_STAY.c.scope, scopes),
    )  # fmt: skip


def _left(scopes: tuple[str, ...], released: Days) -> Select[Any]:
    # Written as two comparisons: from them SQLite sees that the index of releases that happened is enough.
    return _case_of_stay().where(
        _STAY.c.release_day >= released.first, _STAY.c.release_day <= released.last,
        _among(_STAY.c.scope, scopes),
    )  # fmt: skip


def _new_inside(scopes: tuple[str, ...], told: Days, room: int) -> Select[Any]:
    """The newest stays of a stretch of days, by their ids; chosen by the index alone before anything is joined."""
    fresh = (
        select(_STAY.c.id)
        .where(_STAY.c.scope.in_(scopes), _STAY.c.id.between(_first_id(told.first), _first_id(told.last, 1)))
        .order_by(_STAY.c.id.desc())
        .limit(room)
    )
    return _case_of_stay().where(_STAY.c.id.in_(fresh), _STAY.c.release_day.is_(None))


def _case_of_stay() -> Select[Any]:
    return (
        select(_CASE.c.id)
        .join(_MEMBER, _MEMBER.c.household_id == _CASE.c.household_id)
        .join(_STAY, _STAY.c.person_id == _MEMBER.c.person_id)
        .where(_MEMBER.c.removed_at.is_(None), _CASE.c.removed_at.is_(None), _STAY.c.removed_at.is_(None))
    )


def _first_id(day: dt.date, days_later: int = 0) -> uuid.UUID:
    midnight = dt.datetime.combine(day + dt.timedelta(days_later), dt.time(), _RIYADH)
    return make_id(max(0, to_milliseconds(midnight)), 0)


def _among(scope: ColumnElement[str], scopes: tuple[str, ...]) -> ColumnElement[bool]:
    """The scope as a value and not as a column: else the planner reads whole scopes instead of the days asked for."""
    return scope.concat("").in_(scopes)


def case_rows(connection: Connection, wanted: Any, scopes: tuple[str, ...]) -> list[Any]:
    """The cases themselves with what a list shows of them; ``wanted`` is a query of ids or the ids."""
    officer = _USER.c
    query = (
        select(
            _CASE.c.id, _CASE.c.state, _CASE.c.household_id, _CASE.c.officer_id, _CASE.c.scope,
            _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.place_code, _HOUSEHOLD.c.latitude_e6, _HOUSEHOLD.c.longitude_e6,
            _HOUSEHOLD.c.head_person_id,
            _PERSON.c.first_name, _PERSON.c.father_name, _PERSON.c.grandfather_name, _PERSON.c.family_name,
            _PERSON.c.gender, _PLACE.c.name_ar.label("place_ar"), _PLACE.c.name_en.label("place_en"),
            _PLACE.c.latitude_e6.label("place_latitude_e6"), _PLACE.c.longitude_e6.label("place_longitude_e6"),
            officer.name_ar.label("officer_ar"), officer.name_en.label("officer_en"),
        )
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == _HOUSEHOLD.c.place_code)
        .outerjoin(_USER, officer.id == _CASE.c.officer_id)
        .where(_CASE.c.id.in_(wanted), _among(_CASE.c.scope, scopes), _CASE.c.removed_at.is_(None))
    )  # fmt: skip
    return list(connection.execute(query))
