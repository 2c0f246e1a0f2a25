"""The visits of a household with their matrix ratings, newest first."""

import uuid
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.family_lines import VisitLine
from tarahum_desktop.models import MatrixRating, User, Visit

_VISIT: Any = Visit.__table__
_DONE = "done"
_RISKS = "risk_flags"
_RATING: Any = MatrixRating.__table__
_USER: Any = User.__table__


def read_visits(connection: Connection, household_id: uuid.UUID) -> tuple[VisitLine, ...]:
    """All visits of a household; answers are not read, only what lists show."""
    columns = (column for column in _VISIT.c if column.name not in {"answers", "answers_hash"})
    query = (
        select(*columns, _USER.c.name_ar, _USER.c.name_en)
        .outerjoin(_USER, _USER.c.id == _VISIT.c.officer_id)
        .where(_VISIT.c.household_id == household_id, _VISIT.c.removed_at.is_(None))
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
    )
    visits = list(connection.execute(query))
    scores: dict[uuid.UUID, dict[str, int | None]] = {}
    ratings = select(_RATING.c.visit_id, _RATING.c.domain, _RATING.c.score).where(
        _RATING.c.visit_id.in_([row.id for row in visits])
    )
    for rating in connection.execute(ratings):
        scores.setdefault(rating.visit_id, {})[rating.domain] = rating.score
    return tuple(
        VisitLine(
            row.id, row.visited_on, row.kind, row.outcome, row.place, row.name_ar or "", row.name_en or "",
            row.receipt_number or "", row.recommendation or "", row.income_halalas, row.expense_halalas,
            row.observations or "", scores.get(row.id, {}),
        )
        for row in visits
    )  # fmt: skip


def latest_answers(connection: Connection, household_id: uuid.UUID) -> Any | None:
    """Answers and next visit of the latest visit at which somebody was met; None before the first one."""
    query = (
        select(_VISIT.c.answers, _VISIT.c.next_visit_on)
        .where(
            _VISIT.c.household_id == household_id, _VISIT.c.removed_at.is_(None), _VISIT.c.outcome == _DONE
        )
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def risks_in(visit: Any) -> tuple[str, ...]:
    """The risk flags of a visit's answers, as codes; none from a document that is not one of answers."""
    document = visit.answers if isinstance(visit.answers, dict) else {}
    values = document.get("answers")
    flags = values.get(_RISKS) if isinstance(values, dict) else None
    return tuple(flag for flag in flags if isinstance(flag, str)) if isinstance(flags, list) else ()
