"""Which cases may have something due: an officer's own, or those with a date in the days asked for.

A whole committee is never read to find one week: each source is asked by its own index for the days from which a task
of the week follows, at most ``MOST_CASES`` of it.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, or_, select

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


def dated_cases(connection: Connection, scopes: tuple[str, ...], days: Days) -> set[uuid.UUID]:
    """The cases of some scopes from which something is due in a stretch of days."""
    found: set[uuid.UUID] = set()
    for query in (
        _planned(scopes, days), _deliveries(scopes, days), _studies(scopes, days), _returned(scopes, days),
        *_stays(scopes, days),
    ):  # fmt: skip
        found.update(connection.scalars(query.limit(MOST_CASES)))
    return found


def _planned(scopes: tuple[str, ...], days: Days) -> Select[Any]:
    return (
        select(_CONTACT.c.case_id)
        .where(
            _CONTACT.c.due_on.between(days.first, days.last), _CONTACT.c.done_on.is_(None),
            _CONTACT.c.removed_at.is_(None), _among(_CONTACT.c.scope, scopes),
        )
        .order_by(_CONTACT.c.due_on.desc())
    )  # fmt: skip


def _deliveries(scopes: tuple[str, ...], days: Days) -> Select[Any]:
    decided = days.back(DELIVER_WITHIN)
    return (
        select(_ITEM.c.case_id)
        .where(
            _ITEM.c.committee_code.in_(sorted({committee_of(scope) for scope in scopes})),
            _ITEM.c.state == "approved", _ITEM.c.decided_on.between(decided.first, decided.last),
            _ITEM.c.case_id.is_not(None), _ITEM.c.removed_at.is_(None), _among(_ITEM.c.scope, scopes),
        )
        .order_by(_ITEM.c.decided_on.desc())
    )  # fmt: skip


def _studies(scopes: tuple[str, ...], days: Days) -> Select[Any]:
    """Cases visited one year, or half a year, before the days, and not since."""
    year, half = days.back_months(STUDY_MONTHS), days.back_months(RATING_MONTHS)
    later = _VISIT.alias("later")
    since = (
        select(later.c.id)
        .where(
            later.c.household_id == _VISIT.c.household_id, later.c.visited_on > _VISIT.c.visited_on,
            later.c.outcome == "done",
        )
        .exists()
    )  # fmt: skip
    candidates = (
        select(_VISIT.c.id)
        .where(
            or_(
                _VISIT.c.visited_on.between(year.first, year.last),
                _VISIT.c.visited_on.between(half.first, half.last),
            ),
            _VISIT.c.outcome == "done", _among(_VISIT.c.scope, scopes),
        )
        .order_by(_VISIT.c.visited_on.desc())
        .limit(MOST_CASES)
    )  # fmt: skip
    return select(_VISIT.c.case_id).where(_VISIT.c.id.in_(candidates), _VISIT.c.case_id.is_not(None), ~since)


def _returned(scopes: tuple[str, ...], days: Days) -> Select[Any]:
    """Moves by their ids, which begin with their time."""
    back = days.back(COMPLETE_WITHIN)
    return select(_MOVE.c.case_id).where(
        _MOVE.c.scope.in_(scopes), _MOVE.c.id.between(_first_id(back.first), _first_id(back.last, 1)),
        _MOVE.c.to_state == CaseState.RETURNED.value,
    )  # fmt: skip


def _stays(scopes: tuple[str, ...], days: Days) -> tuple[Select[Any], ...]:
    """Stays that end soon, that ended some contacts ago, and that came on record a month before."""
    soon = or_(*(
        _STAY.c.expected_release_day.between(days.first + dt.timedelta(ahead), days.last + dt.timedelta(ahead))
        for ahead in (READY_BEFORE, PREPARATION_DAYS)
    ))  # fmt: skip
    ended = or_(*(
        _STAY.c.release_day.between(days.back(step).first, days.back(step).last) for step in AFTER_CARE_DAYS
    ))  # fmt: skip
    told = days.back(INFORM_WITHIN)
    fresh = _STAY.c.scope.in_(scopes) & _STAY.c.id.between(_first_id(told.first), _first_id(told.last, 1))
    return (
        _case_of_stay(soon & _STAY.c.release_day.is_(None) & _among(_STAY.c.scope, scopes)),
        _case_of_stay(ended & _among(_STAY.c.scope, scopes)),
        _case_of_stay(fresh & _STAY.c.release_day.is_(None)),
    )


def _case_of_stay(wanted: ColumnElement[bool]) -> Select[Any]:
    persons = select(_STAY.c.person_id).where(wanted, _STAY.c.removed_at.is_(None)).limit(MOST_CASES)
    return (
        select(_CASE.c.id)
        .join(_MEMBER, _MEMBER.c.household_id == _CASE.c.household_id)
        .where(_MEMBER.c.person_id.in_(persons), _MEMBER.c.removed_at.is_(None), _CASE.c.removed_at.is_(None))
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
