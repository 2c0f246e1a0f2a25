"""Alerts about vulnerable people: raised in the field, seen by the supervisor the same day, acknowledged by name."""

import contextlib
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.restriction import order_restriction
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action, Role, role_reach
from tarahum_desktop.domain.relocation import is_restricted, restricted_scope
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import Alert, Case, Household, Person, RoleGrant, User
from tarahum_desktop.models.ids import new_id

LONGEST_NOTE: Final = 1_000
PROTECTION: Final = "alert_raised"
"""The reason on record of a restriction that follows from an alert, as a code."""
_RAISE: Final = (Action.SUBMIT_VISIT, Action.RECORD_CUSTODY, Action.RESTRICT_CASE)
_MOST: Final = 100
_ALERT: Any = Alert.__table__
_GRANT: Any = RoleGrant.__table__
_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert nobody acknowledged yet; ``mine`` says that this person may."""

    id: uuid.UUID
    kind: str
    case_id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    name: str
    by_ar: str
    by_en: str
    raised_at: dt.datetime
    note: str
    mine: bool


def raise_alert(
    desk: Desk, case_id: uuid.UUID, kind: AlertKind, person_id: uuid.UUID | None = None, note: str = ""
) -> uuid.UUID:
    """Raise an alert by hand and mark the case as restricted; an open one of the kind is returned as it is.

    Raises:
        RecordMissing, or NotAllowed for who neither visits, records custody nor restricts cases there.
    """
    with UnitOfWork(desk) as work:
        case = work.session.get(Case, case_id)
        if case is None:
            raise RecordMissing(entity="case_file")
        if not any(desk.may(action, case.scope) for action in _RAISE):
            raise NotAllowed(action=Action.RESTRICT_CASE.value)
        return add_alert(work.session, desk, case, kind, person_id, note)


def add_alert(
    session: Session,
    desk: Desk,
    case: Case,
    kind: AlertKind,
    person_id: uuid.UUID | None = None,
    note: str = "",
) -> uuid.UUID:
    """Write an alert in the caller's transaction, once while it is open, and restrict the case."""
    case.restricted = True
    before = session.scalar(
        select(_ALERT.c.id)
        .where(
            _ALERT.c.case_id == case.id, _ALERT.c.kind == kind.value, _ALERT.c.acknowledged_at.is_(None),
            _ALERT.c.person_id.is_(None) if person_id is None else _ALERT.c.person_id == person_id,
            _ALERT.c.removed_at.is_(None),
        )
        .limit(1)
    )  # fmt: skip
    if before is not None:
        return uuid.UUID(str(before))
    alert = Alert(
        id=new_id(), scope=case.scope, case_id=case.id, person_id=person_id, kind=kind.value,
        raised_by=desk.user.id, raised_at=desk.now(), note=clean_lines(note)[:LONGEST_NOTE] or None,
    )  # fmt: skip
    session.add(alert)
    session.flush()
    _restrict(session, desk, case)
    return alert.id


def _restrict(session: Session, desk: Desk, case: Case) -> None:
    """Have the case moved out of everybody's sight, if there is somebody who reads restricted cases.

    Otherwise the alert would move out of sight with it. A family that cannot be moved as it is must not keep an
    alert from being raised: the case keeps its flag, and the supervisor decides.
    """
    target = restricted_scope(case.scope)
    readers = select(_GRANT.c.role).where(
        _GRANT.c.scope_code == target, _GRANT.c.removed_at.is_(None),
        _GRANT.c.last_day.is_(None) | (_GRANT.c.last_day >= desk.today()),
    )  # fmt: skip
    known = {role.value for role in Role}
    roles = {Role(role) for role in session.scalars(readers) if role in known}
    if is_restricted(case.scope) or not any(role_reach(role, Action.RESTRICT_CASE) for role in roles):
        return
    with contextlib.suppress(MoveRefused):
        order_restriction(session, desk, case, PROTECTION)


def acknowledge_alert(desk: Desk, alert_id: uuid.UUID, note: str = "") -> ChangeSummary:
    """Say that one has seen an alert and takes care; a second time changes nothing.

    Raises:
        RecordMissing, or NotAllowed for who may not restrict cases there.
    """
    with UnitOfWork(desk) as work:
        alert = work.session.get(Alert, alert_id)
        if alert is None:
            raise RecordMissing(entity="alert")
        desk.require(Action.RESTRICT_CASE, alert.scope)
        if alert.acknowledged_at is None:
            alert.acknowledged_by, alert.acknowledged_at = desk.user.id, desk.now()
            words = clean_lines(note)[:LONGEST_NOTE]
            if words:
                alert.note = f"{alert.note}\n{words}" if alert.note else words
    return work.summary


def open_alerts(desk: Desk, case_id: uuid.UUID | None = None) -> tuple[AlertLine, ...]:
    """Alerts that wait for somebody, the newest first, at most 100.

    Who may restrict cases sees those of their scopes, everybody else those of their own cases.
    """
    with desk.reading() as connection:
        leads = desk.scopes_for(Action.RESTRICT_CASE, connection)
        reads = desk.scopes_for(Action.VIEW_CASE, connection)
        if not reads:
            return ()
        query = (
            select(
                _ALERT.c.id, _ALERT.c.kind, _ALERT.c.case_id, _ALERT.c.raised_at, _ALERT.c.note, _ALERT.c.scope,
                _CASE.c.household_id, _HOUSEHOLD.c.file_number, *NAME_COLUMNS,
                _USER.c.name_ar.label("by_ar"), _USER.c.name_en.label("by_en"),
            )
            .join(_CASE, _CASE.c.id == _ALERT.c.case_id)
            .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .outerjoin(_USER, _USER.c.id == _ALERT.c.raised_by)
            .where(
                _ALERT.c.scope.in_(reads), _ALERT.c.acknowledged_at.is_(None), _ALERT.c.removed_at.is_(None),
            )
            .order_by(_ALERT.c.id.desc())
            .limit(_MOST)
        )  # fmt: skip
        if case_id is not None:
            query = query.where(_ALERT.c.case_id == case_id)
        else:
            query = query.where(_ALERT.c.scope.in_(leads) | (_CASE.c.officer_id == desk.user.id))
        return tuple(
            AlertLine(
                row.id, row.kind, row.case_id, row.household_id, row.file_number or "", full_name(row),
                row.by_ar or "", row.by_en or "", row.raised_at, row.note or "", row.scope in leads,
            )
            for row in connection.execute(query)
        )  # fmt: skip
