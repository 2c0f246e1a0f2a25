"""A day's work by family: one line each, the visits in the order of driving."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.care.tasks import TaskLine
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.route import Point, Stop, route
from tarahum_desktop.models import Committee, Place

VISITED: Final = frozenset({TaskKind.VISIT, TaskKind.STUDY, TaskKind.RATING})
"""What is done at the family's door; everything else may be a call or a look at a list."""
VISITS_AHEAD: Final = dt.timedelta(days=7)
_SOON: Final = 3
_COMMITTEE: Any = Committee.__table__
_PLACE: Any = Place.__table__


@dataclass(frozen=True, slots=True)
class DueLine:
    """One family with something due: every kind of it, the earliest day, ``days`` late (negative for days to go).

    ``stop`` numbers the visits in the order of driving, from 1; 0 for who is not visited.
    """

    case_id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head_name: str
    place_ar: str
    place_en: str
    kinds: tuple[TaskKind, ...]
    due_on: dt.date
    days: int
    stop: int = 0


def family_lines(
    tasks: Sequence[TaskLine], today: dt.date, start: Point | None = None
) -> tuple[tuple[DueLine, ...], tuple[DueLine, ...]]:
    """One line a family: those to visit in the order of driving, today's before the week's, and all others by day."""
    homes: dict[uuid.UUID, list[TaskLine]] = {}
    for task in tasks:
        if task.due_on <= today + VISITS_AHEAD and (task.kind in VISITED or task.days > -_SOON):
            homes.setdefault(task.household_id, []).append(task)
    visited = {home: found for home, found in homes.items() if any(task.kind in VISITED for task in found)}
    now = [found for found in visited.values() if _visit_on(found) <= today]
    week = [found for found in visited.values() if _visit_on(found) > today]
    ordered = [*_driven(now, start), *_driven(week, start)]
    visits = tuple(_due_line(found, today, at) for at, found in enumerate(ordered, start=1))
    others = [_due_line(found, today) for home, found in homes.items() if home not in visited]
    return visits, tuple(sorted(others, key=lambda line: (line.due_on, line.file_number)))


def _driven(families: list[list[TaskLine]], start: Point | None) -> list[list[TaskLine]]:
    by_key = {str(found[0].household_id): found for found in families}
    stops = [Stop(key, found[0].place_ar, found[0].point) for key, found in by_key.items()]
    return [by_key[stop.key] for stop in route(stops, start)]


def _visit_on(found: list[TaskLine]) -> dt.date:
    return min(task.due_on for task in found if task.kind in VISITED)


def _due_line(found: list[TaskLine], today: dt.date, stop: int = 0) -> DueLine:
    """What is done at the door comes first, and gives the line its day; the rest is done on the way."""
    ordered = sorted(found, key=lambda task: (task.kind not in VISITED, task.due_on))
    first, kinds = ordered[0], tuple(dict.fromkeys(task.kind for task in ordered))
    return DueLine(
        first.case_id, first.household_id, first.file_number, first.head_name, first.place_ar, first.place_en,
        kinds, first.due_on, (today - first.due_on).days, stop,
    )  # fmt: skip


def office_point(connection: Connection, desk: Desk) -> Point | None:
    """Where the day's drive begins: the town of the person's committee."""
    query = (
        select(_PLACE.c.latitude_e6, _PLACE.c.longitude_e6)
        .join(_COMMITTEE, _COMMITTEE.c.seat_city_ar == _PLACE.c.name_ar)
        .where(
            _COMMITTEE.c.code == desk.user.committee_code, _PLACE.c.committee_code == _COMMITTEE.c.code,
            _PLACE.c.latitude_e6.is_not(None), _PLACE.c.longitude_e6.is_not(None),
        )
        .order_by(_PLACE.c.code)
        .limit(1)
    )  # fmt: skip
    row = connection.execute(query).one_or_none()
    return Point(row.latitude_e6, row.longitude_e6) if row else None
