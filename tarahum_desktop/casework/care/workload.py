"""Who carries how much: open cases, what is overdue, and visits of the last thirty days, by officer."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, FollowUp, User, Visit

_SINCE: Final = 30
_OVERDUE: Final = 92
_OPEN: Final = tuple(state.value for state in CaseState if state not in CLOSED)
_CASE: Any = Case.__table__
_USER: Any = User.__table__
_VISIT: Any = Visit.__table__
_CONTACT: Any = FollowUp.__table__


@dataclass(frozen=True, slots=True)
class WorkloadLine:
    """One officer's work; ``officer_id`` None stands for cases nobody has."""

    officer_id: uuid.UUID | None
    name_ar: str
    name_en: str
    open_cases: int
    overdue: int
    visits: int


def leads_office(desk: Desk) -> bool:
    """Whether the person hands out cases somewhere here: they see everybody's work."""
    with desk.reading() as connection:
        return bool(desk.scopes_for(Action.ASSIGN_CASE, connection))


def workload(desk: Desk) -> tuple[WorkloadLine, ...]:
    """By officer, who has most overdue first; empty for who hands out no cases."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.ASSIGN_CASE, connection)
        if not scopes:
            return ()
        today = desk.today()
        cases = _counts(connection, _open_cases(scopes))
        overdue = _counts(connection, _overdue(scopes, today))
        visits = _counts(connection, _visits(scopes, today))
        officers = cases.keys() | overdue.keys() | visits.keys()
        names = {
            row.id: row
            for row in connection.execute(
                select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(officers - {None}))
            )
        }
    lines = [
        WorkloadLine(
            officer, names[officer].name_ar if officer in names else "",
            names[officer].name_en if officer in names else "", cases.get(officer, 0), overdue.get(officer, 0),
            visits.get(officer, 0),
        )
        for officer in officers
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-line.overdue, -line.open_cases, str(line.officer_id))))


def _counts(connection: Connection, query: Any) -> dict[uuid.UUID | None, int]:
    """By officer; a query that groups finer, in the order of its index, is added up here."""
    counts: Counter[uuid.UUID | None] = Counter()
    for row in connection.execute(query):
        counts[row.officer_id] += row.many
    return counts


def _open_cases(scopes: tuple[str, ...]) -> Any:
    """Counted as the index lies, by scope and state too: sorting all cases by officer would take four times as long."""
    return (
        select(_CASE.c.officer_id, func.count().label("many"))
        .where(_CASE.c.scope.in_(scopes), _CASE.c.state.in_(_OPEN), _CASE.c.removed_at.is_(None))
        .group_by(_CASE.c.scope, _CASE.c.state, _CASE.c.officer_id)
    )


def _overdue(scopes: tuple[str, ...], today: dt.date) -> Any:
    """Planned contacts whose day has passed; counted ones are not part of it, they would cost every stay to be read."""
    return (
        select(_CONTACT.c.officer_id, func.count().label("many"))
        .where(
            _CONTACT.c.due_on.between(today - dt.timedelta(_OVERDUE), today - dt.timedelta(1)),
            _CONTACT.c.done_on.is_(None), _CONTACT.c.removed_at.is_(None),
            _CONTACT.c.scope.concat("").in_(scopes),
        )
        .group_by(_CONTACT.c.officer_id)
    )  # fmt: skip


def _visits(scopes: tuple[str, ...], today: dt.date) -> Any:
    return (
        select(_VISIT.c.officer_id, func.count().label("many"))
        .where(
            _VISIT.c.visited_on.between(today - dt.timedelta(_SINCE), today), _VISIT.c.outcome == "done",
            _VISIT.c.removed_at.is_(None), _VISIT.c.scope.concat("").in_(scopes),
        )
        .group_by(_VISIT.c.officer_id)
    )  # fmt: skip
