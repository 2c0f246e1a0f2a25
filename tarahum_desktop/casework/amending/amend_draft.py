"""A correction being written: the visit's answers in a draft of their own, kept like any draft until it is proposed."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select, update

from tarahum_desktop.casework.amending.amendments import (
    answers_as_amended,
    propose_amendment,
    read_visit,
    require_amending,
)
from tarahum_desktop.casework.amending.changes import changes_between
from tarahum_desktop.casework.amending.errors import AmendmentRefused
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import drop_draft, put_answers, read_draft
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.models import Draft
from tarahum_desktop.models.ids import new_id

AMENDMENT_DRAFT: Final = "amendment"
REASON: Final = "amendment_reason"
"""Where the draft keeps the reason: beside the answers, and no question of the form."""
_DRAFT: Any = Draft.__table__


@dataclass(frozen=True, slots=True)
class AmendedVisit:
    """What a correction starts from: the visit's day and its answers as they count now."""

    visit_id: uuid.UUID
    visited_on: dt.date
    answers: Answers


def begin_amendment(desk: Desk, visit_id: uuid.UUID) -> uuid.UUID:
    """Begin a correction of a submitted visit, or return the one this person has begun.

    Raises:
        RecordMissing, NotAllowed.
    """
    with desk.replica.engine.begin() as connection:
        visit = read_visit(connection, visit_id)
        require_amending(desk, visit)
        begun: uuid.UUID | None = connection.scalar(
            select(_DRAFT.c.id).where(
                _DRAFT.c.subject_id == visit_id,
                _DRAFT.c.user_id == desk.user.id,
                _DRAFT.c.kind == AMENDMENT_DRAFT,
            )
        )
        if begun is not None:
            return begun
        now, draft_id = desk.now(), new_id()
        values = {
            "id": draft_id, "kind": AMENDMENT_DRAFT, "subject_id": visit_id, "user_id": desk.user.id,
            "form_code": visit.form_code, "form_version": visit.form_version, "begun_at": now, "changed_at": now,
        }  # fmt: skip
        connection.execute(insert(_DRAFT), values)
        put_answers(connection, draft_id, answers_as_amended(desk, connection, visit))
        connection.execute(update(_DRAFT).where(_DRAFT.c.id == draft_id).values(last_path=None))
        return draft_id


def amended_visit(desk: Desk, draft_id: uuid.UUID) -> AmendedVisit | None:
    """The visit a draft corrects; None for a draft of another kind."""
    with desk.reading() as connection:
        query = select(_DRAFT.c.subject_id).where(
            _DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id, _DRAFT.c.kind == AMENDMENT_DRAFT
        )
        visit_id = connection.scalar(query)
        if visit_id is None:
            return None
        visit = read_visit(connection, visit_id)
        return AmendedVisit(visit.id, visit.visited_on, answers_as_amended(desk, connection, visit))


def propose_draft(desk: Desk, draft_id: uuid.UUID) -> uuid.UUID:
    """Propose what a draft changed, with the reason kept in it, and end the draft.

    Raises:
        DraftMissing: proposed already, discarded or another person's.
        AmendmentRefused: nothing changed, or no reason.
    """
    amended = amended_visit(desk, draft_id)
    with desk.reading() as connection:
        draft = read_draft(connection, desk, draft_id)
        document = desk.forms.version(connection, draft.form_code, draft.form_version).document
    if amended is None:
        raise AmendmentRefused("amendment_empty")
    wanted: dict[str, Value] = {
        str(one.path): one.after for one in changes_between(document, amended.answers, draft.answers)
    }
    reason = draft.answers.get(REASON)
    made = propose_amendment(desk, amended.visit_id, wanted, reason if isinstance(reason, str) else "")
    with desk.replica.engine.begin() as connection:
        drop_draft(connection, draft_id)
    return made
