"""Visits after they were submitted: one correction that waits, one that was approved, one that was turned down.

Also a visit that is being recorded, with answers that are no longer what they were, so that the form has something to
show beside them.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.amending.amendments import (
    answers_as_amended,
    decide_amendment,
    propose_amendment,
    read_visit,
)
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import begin_visit, load_draft, save_fields
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.models import Visit

_VISIT: Any = Visit.__table__
_WANTED = 4


def play(desk_of: Callable[[str], Desk]) -> None:
    """Propose, decide, and leave a visit half recorded."""
    officer, supervisor = desk_of("officer1"), desk_of("supervisor")
    visits = _visits(officer)
    if len(visits) < _WANTED:
        return
    rent = propose_amendment(
        officer, visits[0], _other_rooms(officer, visits[0]), "عُدّت غرفة المجلس مرتين في الزيارة"
    )
    decide_amendment(supervisor, rent, approve=True)
    wrong = propose_amendment(
        officer, visits[1], {"observations": "البيت ملك للعائلة وليس مستأجرًا كما ظننت."}, "تصحيح المشاهدات"
    )
    decide_amendment(
        supervisor, wrong, approve=False, reason="المشاهدات رأي وقت الزيارة؛ اكتب ما استجد في زيارة جديدة."
    )
    propose_amendment(officer, visits[2], _money_and_ratings(officer, visits[2]), "قرأت كشف الحساب خطأ")
    _half_recorded(officer, visits[3])


def _visits(desk: Desk) -> list[uuid.UUID]:
    """The officer's own completed visits, the latest first."""
    query = (
        select(_VISIT.c.id)
        .where(_VISIT.c.officer_id == desk.user.id, _VISIT.c.outcome == "done", _VISIT.c.removed_at.is_(None))
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id)
        .limit(_WANTED)
    )
    with desk.reading() as connection:
        return list(connection.scalars(query))


def _answers(desk: Desk, visit: uuid.UUID) -> Answers:
    with desk.reading() as connection:
        return answers_as_amended(desk, connection, read_visit(connection, visit))


def _other_rooms(desk: Desk, visit: uuid.UUID) -> dict[str, Value]:
    rooms = _answers(desk, visit).get("rooms")
    return {"rooms": rooms + 1 if isinstance(rooms, int) else 3}


def _money_and_ratings(desk: Desk, visit: uuid.UUID) -> dict[str, Value]:
    answers = _answers(desk, visit)
    salary, scores = answers.get("inc_salary"), answers.get("ssm")
    found: dict[str, Value] = {"inc_salary": (salary if isinstance(salary, int) else 0) + 45_000}
    if isinstance(scores, Mapping):
        found["ssm"] = {**scores, "income": 3 if scores.get("income") != 3 else 2}
    return found


def _half_recorded(desk: Desk, visit: uuid.UUID) -> None:
    with desk.reading() as connection:
        household = read_visit(connection, visit).household_id
    draft = begin_visit(desk, household)
    rooms = load_draft(desk, draft).answers.get("rooms")
    save_fields(
        desk,
        draft,
        {
            "visit_type": "update", "visit_date": desk.today().isoformat(), "outcome": "done", "visit_place": "home",
            "house_condition": "needs_repair", "rooms": rooms + 1 if isinstance(rooms, int) else 4,
        },
    )  # fmt: skip
