"""A visit to a family that left this office while the visit was still a draft: it is not lost, it goes where they went.

The record of the family is not on this machine any more. The visit is written in the scope it was begun in, under the
family's own ids; the centre moves it on to whoever has the family (see ``sync.relocate_late``). What was learned stays
in its answers, for the new owner to read: nothing here could tell what their record says today.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.attachments.pictures import attachment_rows, picture_answers
from tarahum_desktop.casework.care.visit_alerts import kinds_in_answers
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import DraftVisit
from tarahum_desktop.casework.numbers import next_receipt_number
from tarahum_desktop.casework.visit_rows import Sitting, add_ratings, visit_row
from tarahum_desktop.domain.forms.answers import Answers, canonical_answers
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Alert, Case, Committee, Departure, Household
from tarahum_desktop.models.ids import new_id

_COMMITTEE: Any = Committee.__table__
_DEPARTURE: Any = Departure.__table__
_DONE = "done"


@dataclass(frozen=True, slots=True)
class GoneHome:
    """A family that left ``scope``; names are those of the committee that has it now, empty for the same committee.

    ``case_id`` is its latest case, None when it had none.
    """

    household_id: uuid.UUID
    scope: str
    to_scope: str
    case_id: uuid.UUID | None
    now_with_ar: str = ""
    now_with_en: str = ""


def gone_home(connection: Connection, household_id: uuid.UUID) -> GoneHome | None:
    """Where a family that is not here any more went; None for one that never left."""
    left = select(_DEPARTURE).where(_DEPARTURE.c.removed_at.is_(None))
    row = connection.execute(
        left.where(_DEPARTURE.c.row_id == household_id, _DEPARTURE.c.entity == "household")
        .order_by(_DEPARTURE.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    cases = connection.scalars(
        select(_DEPARTURE.c.row_id).where(
            _DEPARTURE.c.relocation_id == row.relocation_id, _DEPARTURE.c.entity == "case_file",
            _DEPARTURE.c.scope == row.scope, _DEPARTURE.c.removed_at.is_(None),
        )
    ).all()  # fmt: skip
    here, there = committee_of(row.scope), committee_of(row.to_scope)
    names = connection.execute(
        select(_COMMITTEE.c.name_ar, _COMMITTEE.c.name_en).where(_COMMITTEE.c.code == there).limit(1)
    ).one_or_none()
    known = (names.name_ar, names.name_en) if names else (there, there)
    return GoneHome(
        household_id,
        row.scope,
        row.to_scope,
        max(cases, default=None),
        *(known if here != there else ("", "")),
    )


def where_gone(desk: Desk, household_id: uuid.UUID) -> GoneHome | None:
    """As ``gone_home``, for the screen of a draft."""
    with desk.reading() as connection:
        return gone_home(connection, household_id)


def send_on(session: Session, desk: Desk, draft: DraftVisit, gone: GoneHome, answers: Answers) -> str:
    """Write the visit, its ratings, pictures and alerts for the new owner; returns the receipt number.

    Raises:
        NotAllowed: this person submits no visits in the scope the family left.
    """
    desk.require(Action.SUBMIT_VISIT, gone.scope)
    connection, done = session.connection(), answers.get("outcome") == _DONE
    committee, year = committee_of(gone.scope), desk.today().year
    receipt = next_receipt_number(connection, desk.replica, committee, year) if done else ""
    home = Household(id=gone.household_id, scope=gone.scope, committee_code=committee)
    case = Case(id=gone.case_id, scope=gone.scope)
    # Home and case stand for rows of another office: they are spoken of, and never written.
    sitting = Sitting(desk, session, draft, home, case, answers, receipt)
    canonical = canonical_answers(answers)
    session.add(visit_row(sitting, json.loads(canonical), hashlib.sha256(canonical).digest()))
    document = desk.forms.version(connection, draft.form_code, draft.form_version).document
    session.add_all(
        attachment_rows(gone.scope, gone.household_id, draft.id, picture_answers(document, answers))
    )
    if done:
        add_ratings(sitting)
        _alert(sitting, gone)
    return receipt


def _alert(sitting: Sitting, gone: GoneHome) -> None:
    """Danger is told to the new owner as an alert; restricting the case is theirs to decide."""
    if gone.case_id is None:
        return
    for kind in kinds_in_answers(sitting.answers):
        sitting.session.add(
            Alert(
                id=new_id(), scope=gone.scope, case_id=gone.case_id, kind=kind.value,
                raised_by=sitting.desk.user.id, raised_at=sitting.desk.now(),
            )
        )  # fmt: skip
