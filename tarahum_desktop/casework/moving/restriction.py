"""Restricted cases: read by those alone who hold a grant of their own for them."""

import uuid
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing
from tarahum_desktop.casework.moving.orders import (
    find_case,
    find_household,
    refuse_shared,
    scope_known,
    under_way,
    words_of,
    write_order,
)
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.relocation import RelocationKind, is_restricted, restricted_scope
from tarahum_desktop.models import Alert, Case

_ALERT: Any = Alert.__table__
_RAISING: Final = (Action.SUBMIT_VISIT, Action.RECORD_CUSTODY)


def restrict_case(desk: Desk, case_id: uuid.UUID, reason: str) -> ChangeSummary:
    """Put a case out of the sight of all who hold no grant of their own for restricted cases.

    Who raised an alert about the case may ask for it, too.

    Raises:
        RecordMissing, NotAllowed, ReasonMissing, MoveRefused ``household_shares_people``.
    """
    if not words_of(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        case = find_case(work.session, case_id)
        if not _may_restrict(work.session, desk, case):
            raise NotAllowed(action=Action.RESTRICT_CASE.value)
        order_restriction(work.session, desk, case, reason)
    return work.summary


def order_restriction(session: Session, desk: Desk, case: Case, reason: str) -> bool:
    """The same in the caller's transaction, after an alert was written there; False when nothing was left to do.

    The flag is set at once; the rows move when the centre has heard of it.
    """
    case.restricted = True
    target = restricted_scope(case.scope)
    if case.household_id is None or is_restricted(case.scope) or not scope_known(session, target):
        return False
    if under_way(session, [case.household_id]):
        return False
    home = find_household(session, case.household_id)
    refuse_shared(session, home, target)
    write_order(session, desk, home, RelocationKind.RESTRICT, target, reason)
    return True


def release_case(desk: Desk, case_id: uuid.UUID, reason: str) -> ChangeSummary:
    """Bring a restricted case back to the committee.

    Raises:
        RecordMissing, NotAllowed, ReasonMissing, MoveRefused ``household_shares_people``.
        CaseworkError: ``alerts_open``, while somebody has yet to see an alert about it.
    """
    if not words_of(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        case = find_case(work.session, case_id)
        desk.require(Action.RESTRICT_CASE, case.scope)
        if work.session.execute(_alerts(case).where(_ALERT.c.acknowledged_at.is_(None))).first() is not None:
            raise CaseworkError("alerts_open")
        case.restricted = False
        if case.household_id is not None and is_restricted(case.scope):
            home = find_household(work.session, case.household_id)
            target = committee_of(case.scope)
            if not under_way(work.session, [home.id]):
                refuse_shared(work.session, home, target)
                write_order(work.session, desk, home, RelocationKind.UNRESTRICT, target, reason)
    return work.summary


def _may_restrict(session: Session, desk: Desk, case: Case) -> bool:
    if desk.may(Action.RESTRICT_CASE, case.scope):
        return True
    visits = any(desk.may(action, case.scope) for action in _RAISING)
    return visits and session.execute(_alerts(case).limit(1)).first() is not None


def _alerts(case: Case) -> Any:
    return select(_ALERT.c.id).where(_ALERT.c.case_id == case.id, _ALERT.c.removed_at.is_(None))
