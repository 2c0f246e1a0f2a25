"""Whom a draft is about, and what the visit before it said."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.same_person import as_uuid, find_person
from tarahum_desktop.casework.visit_start import last_done
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Draft, Household, Membership, Person, Visit

_DRAFT: Any = Draft.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_VISIT: Any = Visit.__table__
_MEMBERS: Final = "members"


@dataclass(frozen=True, slots=True)
class VisitBefore:
    """The head's name or the file number, and the household's last completed visit where there was one."""

    title: str
    visited_on: dt.date | None = None
    answers: Answers | None = None


def visit_before(desk: Desk, draft_id: uuid.UUID) -> VisitBefore:
    """Read it for a draft of this person; nothing is known of a draft that is not here."""
    home_id = func.coalesce(_VISIT.c.household_id, _DRAFT.c.subject_id)
    query = (
        select(
            _HOUSEHOLD.c.id,
            _HOUSEHOLD.c.scope,
            _HOUSEHOLD.c.file_number,
            _HOUSEHOLD.c.head_person_id,
            *NAME_COLUMNS,
        )
        .select_from(_DRAFT)
        .outerjoin(_VISIT, _VISIT.c.id == _DRAFT.c.subject_id)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == home_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
    )
    with desk.reading() as connection:
        home = connection.execute(query).one_or_none()
        if home is None:
            return VisitBefore("")
        title = full_name(home) or home.file_number
        last = last_done(connection, home.id)
        if last is None or not desk.may(Action.VIEW_CASE, last.scope):
            return VisitBefore(title)
        return VisitBefore(title, last.visited_on, _by_person(connection, home, last.answers))


def _by_person(connection: Connection, home: Any, before: Answers) -> Answers:
    """The answers with each member's row under the person's own id, as the rows of a new visit are."""
    query = (
        select(_PERSON)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.household_id == home.id, _MEMBER.c.removed_at.is_(None))
    )
    people = list(connection.execute(query))
    rows: dict[str, Row] = {}
    for row in before.rows(_MEMBERS):
        known = find_person(
            row, people, home.head_person_id, [uuid.UUID(one) for one in rows if as_uuid(one)]
        )
        row_id = row.id if known is None else str(known.id)
        rows.setdefault(row_id, Row(row_id, row.values))
    return Answers(before.form, {**before.values, _MEMBERS: tuple(rows.values())}) if rows else before
