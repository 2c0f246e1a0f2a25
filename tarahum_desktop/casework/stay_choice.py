"""The stays in custody a visit may mean, for the people of one household; only where there is something to choose."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import CustodyEpisode, Draft, Facility, Household, Membership

_DRAFT: Any = Draft.__table__
_FACILITY: Any = Facility.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_STAY: Any = CustodyEpisode.__table__


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay of one person; ``entry`` and ``release`` are partial-date codes as given, empty when not known."""

    id: uuid.UUID
    person_id: uuid.UUID
    status: str
    facility_ar: str
    facility_en: str
    entry: str
    release: str
    release_day: dt.date | None


def stays_to_choose(desk: Desk, draft_id: uuid.UUID) -> list[StayLine]:
    """The stays of each member with more than a single open one, open stays first.

    Empty for who may not see custody in the household's scope: the question is then not asked at all.
    """
    with desk.reading() as connection:
        home = connection.execute(
            select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.scope, _HOUSEHOLD.c.head_person_id)
            .join(_DRAFT, _DRAFT.c.subject_id == _HOUSEHOLD.c.id)
            .where(_DRAFT.c.id == draft_id)
        ).one_or_none()
        if home is None or not desk.may(Action.VIEW_CRIMINAL, home.scope, own=True):
            return []
        belongs = select(_MEMBER.c.person_id).where(
            _MEMBER.c.household_id == home.id, _MEMBER.c.removed_at.is_(None)
        )
        query = (
            select(_STAY, _FACILITY.c.name_ar, _FACILITY.c.name_en)
            .outerjoin(_FACILITY, _FACILITY.c.code == _STAY.c.facility_code)
            .where(
                _STAY.c.person_id.in_(belongs) | (_STAY.c.person_id == home.head_person_id),
                _STAY.c.removed_at.is_(None),
            )
            .order_by(_STAY.c.release_day.is_not(None), _STAY.c.entry_day.desc(), _STAY.c.id.desc())
        )
        lines = [_line(row) for row in connection.execute(query)]
    return [line for line in lines if _is_a_choice(line, lines)]


def _is_a_choice(line: StayLine, lines: Sequence[StayLine]) -> bool:
    own = [one for one in lines if one.person_id == line.person_id]
    return len(own) > 1 or line.release_day is not None


def _line(row: Any) -> StayLine:
    return StayLine(
        row.id, row.person_id, row.status, row.name_ar or "", row.name_en or row.name_ar or "", row.entry or "",
        row.release or "", row.release_day,
    )  # fmt: skip
