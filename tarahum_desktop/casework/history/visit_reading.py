"""A submitted visit to be read: its answers as they count now, beside those of the visit before, and its pictures.

Sensitive answers are left out for who may not see them, so that no screen has to remember to hide them.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.amending.amendments import answers_as_amended, last_approval, read_visit
from tarahum_desktop.casework.attachments.pictures import PictureLine, visit_pictures
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.compare import Changed, differences
from tarahum_desktop.domain.forms.model import DataClass, FormDocument
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Amendment, User, Visit

_VISIT: Any = Visit.__table__
_AMENDMENT: Any = Amendment.__table__
_USER: Any = User.__table__
_DONE: Final = "done"
_RIGHTS: Final = MappingProxyType(
    {
        DataClass.HEALTH: Action.VIEW_HEALTH,
        DataClass.CRIMINAL: Action.VIEW_CRIMINAL,
        DataClass.CREDIT: Action.VIEW_CREDIT,
    }
)


@dataclass(frozen=True, slots=True)
class VisitReading:
    """A visit to read.

    Attributes:
        document: the form version it was made with.
        answers: as amended, without what this person may not see.
        hidden: question codes that were answered and are not for this person.
        before_on: the day of the earlier visit it is compared with, None for the first.
        changes: what differs from the earlier visit, by the questions both forms have.
        amended_at: when the last correction was approved; None where it stands as signed.
        waiting: corrections that wait for a decision.
        pictures: what was photographed, for who may see the case.
    """

    id: uuid.UUID
    household_id: uuid.UUID
    visited_on: dt.date
    kind: str
    outcome: str
    officer_ar: str
    officer_en: str
    receipt_number: str
    document: FormDocument
    answers: Answers
    hidden: frozenset[str]
    before_on: dt.date | None
    changes: tuple[Changed, ...]
    amended_at: dt.datetime | None
    waiting: int
    pictures: tuple[PictureLine, ...]
    may_amend: bool
    may_print: bool


def read_submitted(desk: Desk, visit_id: uuid.UUID) -> VisitReading:
    """Read one visit.

    Raises:
        RecordMissing, NotAllowed.
    """
    with desk.reading() as connection:
        visit = read_visit(connection, visit_id)
        desk.require(Action.VIEW_CASE, visit.scope)
        own = visit.officer_id == desk.user.id
        document = desk.forms.version(connection, visit.form_code, visit.form_version).document
        hidden = _not_for(desk, document, visit.scope, own=own)
        answers = answers_as_amended(desk, connection, visit)
        before = _before(connection, visit)
        earlier = None if before is None else answers_as_amended(desk, connection, before)
        officer = connection.execute(
            select(_USER.c.name_ar, _USER.c.name_en).where(_USER.c.id == visit.officer_id)
        ).one_or_none()
        amended_at, waiting = last_approval(connection, visit.id), _waiting(connection, visit.id)
    pictures = tuple(visit_pictures(desk, visit_id))
    known = {field.code for field in document.every_field()} - hidden
    changes = () if earlier is None else differences(earlier, answers)
    return VisitReading(
        visit.id, visit.household_id, visit.visited_on, visit.kind, visit.outcome, officer.name_ar if officer else "",
        (officer.name_en or officer.name_ar) if officer else "", visit.receipt_number or "", document,
        _without(answers, hidden), _answered(answers, hidden),
        before.visited_on if before else None, tuple(one for one in changes if {one.path.code, one.path.column or one.path.code} <= known),
        amended_at, waiting, pictures, desk.may(Action.AMEND_VISIT, visit.scope, own=own),
        desk.may(Action.PRINT, visit.scope),
    )  # fmt: skip


def _not_for(desk: Desk, document: FormDocument, scope: str, *, own: bool) -> frozenset[str]:
    closed = {kind for kind, action in _RIGHTS.items() if not desk.may(action, scope, own=own)}
    return frozenset(
        field.code
        for section in document.sections
        for field in (*section.fields, *(column for group in section.fields for column in group.columns))
        if field.data_class in closed or section.data_class in closed
    )


def _without(answers: Answers, hidden: frozenset[str]) -> Answers:
    """The answers without the questions, and without the columns of rows, that are not for this person."""
    kept: dict[str, Any] = {}
    for code, value in answers.values.items():
        rows = answers.rows(code)
        if code not in hidden:
            kept[code] = tuple(_row(row, hidden) for row in rows) if rows else value
    return Answers(answers.form, kept)


def _answered(answers: Answers, hidden: frozenset[str]) -> frozenset[str]:
    columns = {column for code in answers.values for row in answers.rows(code) for column in row.values}
    return hidden & (answers.values.keys() | columns)


def _row(row: Row, hidden: frozenset[str]) -> Row:
    return Row(row.id, {column: value for column, value in row.values.items() if column not in hidden})


def _before(connection: Connection, visit: Any) -> Any | None:
    """The household's last completed visit before this one."""
    earlier = (_VISIT.c.visited_on < visit.visited_on) | (
        (_VISIT.c.visited_on == visit.visited_on) & (_VISIT.c.id < visit.id)
    )
    query = (
        select(_VISIT)
        .where(
            _VISIT.c.household_id == visit.household_id, _VISIT.c.outcome == _DONE, _VISIT.c.removed_at.is_(None),
            _VISIT.c.form_code == visit.form_code, earlier,
        )
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        .limit(1)
    )  # fmt: skip
    return connection.execute(query).one_or_none()


def _waiting(connection: Connection, visit_id: uuid.UUID) -> int:
    query = select(_AMENDMENT.c.id).where(
        _AMENDMENT.c.visit_id == visit_id, _AMENDMENT.c.state == "proposed", _AMENDMENT.c.removed_at.is_(None)
    )
    return len(connection.scalars(query).all())
