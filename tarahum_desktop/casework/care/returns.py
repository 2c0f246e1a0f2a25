"""A return to prison after a release: the closed case is opened again, and the chain of stays is kept.

Domain rules, section 3: recidivism re-opens the case and never overwrites what was.
"""

import uuid
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import write_step
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, CustodyEpisode, Membership

RETURNED_TO_PRISON: Final = "return_to_custody"
"""The reason on record, as a code: the step is the rule's own, and is read in the reader's language."""
_STAY: Any = CustodyEpisode.__table__
_MEMBER: Any = Membership.__table__
_CASE: Any = Case.__table__


def note_return_to_custody(session: Session, desk: Desk, person_id: uuid.UUID) -> uuid.UUID | None:
    """Re-open the latest closed case of somebody who was released and is in custody again; in the caller's transaction.

    Call it after the new stay was added. Returns the case that was opened, None when there is nothing to open: no
    release before, or a case that is open anyway. The step is the rule's and not the clerk's decision, so it asks for
    nobody's role beyond moving cases at all.
    """
    stays = session.execute(
        select(_STAY.c.status, _STAY.c.release_day).where(
            _STAY.c.person_id == person_id, _STAY.c.removed_at.is_(None)
        )
    ).all()
    released = [stay for stay in stays if stay.release_day is not None or stay.status == "released"]
    inside = [stay for stay in stays if stay.release_day is None and stay.status in IN_CUSTODY]
    if not released or not inside:
        return None
    case = _latest_case(session, person_id)
    return case.id if case is not None and reopen_after_return(session, desk, case) else None


def reopen_after_return(session: Session, desk: Desk, case: Case) -> bool:
    """Open a closed case for a return that is on record, or about to be in this transaction; False if it stays as it is."""
    if case.state not in CLOSED or not desk.may(Action.MOVE_CASE, case.scope):
        return False
    write_step(session, desk, case, CaseState.REOPENED, min(desk.roles(case.scope)), RETURNED_TO_PRISON)
    return True


def _latest_case(session: Session, person_id: uuid.UUID) -> Case | None:
    """The open case, else the one closed last, of the person or of a household they belong to."""
    homes = select(_MEMBER.c.household_id).where(
        _MEMBER.c.person_id == person_id, _MEMBER.c.removed_at.is_(None)
    )
    own = select(_CASE.c.id).where(_CASE.c.person_id == person_id, _CASE.c.removed_at.is_(None))
    family = select(_CASE.c.id).where(_CASE.c.household_id.in_(homes), _CASE.c.removed_at.is_(None))
    ids = session.scalars(own.union(family)).all()
    cases = session.scalars(select(Case).where(Case.id.in_(ids))).all()
    still_open = [case for case in cases if case.state not in CLOSED]
    return max(still_open or cases, key=lambda case: case.id, default=None)
