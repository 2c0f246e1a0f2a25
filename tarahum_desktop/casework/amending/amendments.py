"""Proposing, listing and deciding corrections, and reading a visit as amended."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.amending.amend_facts import carry_into_facts
from tarahum_desktop.casework.amending.changes import (
    AnswerChange,
    apply_changes,
    from_document,
    outdated,
    to_document,
    wanted_changes,
)
from tarahum_desktop.casework.amending.errors import AmendmentRefused
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.forms.answers import Answers, read_answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Amendment, Household, Person, User, Visit
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import canonical_json

PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
REJECTED: Final = "rejected"
_LONGEST_REASON: Final = 1000
_AMENDMENT: Any = Amendment.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_VISIT: Any = Visit.__table__


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """One correction with everything a decision needs; ``may_decide`` is False for its author."""

    id: uuid.UUID
    visit_id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head_name: str
    visited_on: dt.date
    form_code: str
    form_version: int
    changes: tuple[AnswerChange, ...]
    reason: str
    state: str
    proposed_by_ar: str
    proposed_by_en: str
    proposed_at: dt.datetime
    decided_by_ar: str
    decided_by_en: str
    decided_at: dt.datetime | None
    decision_reason: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A correction that was decided; ``facts`` counts the columns of the record that followed."""

    id: uuid.UUID
    state: str
    facts: int
    summary: ChangeSummary


def propose_amendment(
    desk: Desk, visit_id: uuid.UUID, changes: Mapping[str, Value], reason: str
) -> uuid.UUID:
    """Propose corrections of a submitted visit: paths of the form and the answers as they should be.

    Raises:
        RecordMissing: no such visit here.
        NotAllowed: neither the officer of the visit nor somebody who leads.
        AmendmentRefused: nothing changes, no reason, or an answer the form does not have.
    """
    reason = clean_lines(reason)[:_LONGEST_REASON]
    if not reason:
        raise AmendmentRefused("amendment_reason_missing")
    with UnitOfWork(desk) as work:
        connection = work.session.connection()
        visit = read_visit(connection, visit_id)
        require_amending(desk, visit)
        document = desk.forms.version(connection, visit.form_code, visit.form_version).document
        found = wanted_changes(document, answers_as_amended(desk, connection, visit), changes)
        if not found:
            raise AmendmentRefused("amendment_empty")
        row = Amendment(
            id=new_id(), scope=visit.scope, visit_id=visit.id, household_id=visit.household_id,
            changes=to_document(found), reason=reason, state=PROPOSED, proposed_by=desk.user.id, proposed_at=desk.now(),
        )  # fmt: skip
        work.session.add(row)
        made: uuid.UUID = row.id
    return made


def list_amendments(
    desk: Desk, *, state: str = "", visit_id: uuid.UUID | None = None, household_id: uuid.UUID | None = None
) -> list[AmendmentLine]:
    """Corrections this person may see, those still to be decided first, then the latest."""
    conditions = [_AMENDMENT.c.removed_at.is_(None)]
    conditions += [_AMENDMENT.c.state == state] if state else []
    conditions += [_AMENDMENT.c.visit_id == visit_id] if visit_id else []
    conditions += [_AMENDMENT.c.household_id == household_id] if household_id else []
    decider = _USER.alias("decider")
    query = (
        select(
            _AMENDMENT, _VISIT.c.visited_on, _VISIT.c.form_code, _VISIT.c.form_version, _HOUSEHOLD.c.file_number,
            *NAME_COLUMNS, _USER.c.name_ar.label("by_ar"), _USER.c.name_en.label("by_en"),
            decider.c.name_ar.label("decider_ar"), decider.c.name_en.label("decider_en"),
        )
        .join(_VISIT, _VISIT.c.id == _AMENDMENT.c.visit_id)
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _AMENDMENT.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_USER, _USER.c.id == _AMENDMENT.c.proposed_by)
        .outerjoin(decider, decider.c.id == _AMENDMENT.c.decided_by)
        .where(*conditions)
        .order_by(_AMENDMENT.c.state != PROPOSED, _AMENDMENT.c.proposed_at.desc(), _AMENDMENT.c.id)
    )  # fmt: skip
    with desk.reading() as connection:
        return [
            _line(desk, row) for row in connection.execute(query) if desk.may(Action.VIEW_CASE, row.scope)
        ]


def decide_amendment(desk: Desk, amendment_id: uuid.UUID, *, approve: bool, reason: str = "") -> Decided:
    """Approve a correction, or reject it with a reason.

    The visit stays as it was signed. Facts of the record that still say what the visit had said follow the correction;
    facts that a later visit or another desk changed since are left alone.

    Raises:
        RecordMissing, NotAllowed.
        AmendmentRefused: own, decided already, outdated, or rejected without a reason.
    """
    reason = clean_lines(reason)[:_LONGEST_REASON]
    with UnitOfWork(desk) as work:
        row = work.session.get(Amendment, amendment_id)
        if row is None or row.removed_at is not None:
            raise RecordMissing(entity="amendment")
        desk.require(Action.DECIDE_AMENDMENT, row.scope)
        if row.proposed_by == desk.user.id:
            raise AmendmentRefused("amendment_own")
        if row.state != PROPOSED:
            raise AmendmentRefused("amendment_decided")
        if not approve and not reason:
            raise AmendmentRefused("amendment_reason_missing")
        facts = _carry(desk, work, row) if approve else 0
        row.state = APPROVED if approve else REJECTED
        row.decided_by, row.decided_at, row.decision_reason = desk.user.id, desk.now(), reason or None
        state = row.state
    return Decided(amendment_id, state, facts, work.summary)


def answers_as_amended(desk: Desk, connection: Connection, visit: Any) -> Answers:
    """The answers of a visit (its row) with all approved corrections, in the order they were approved.

    Totals are worked out anew; a visit without corrections is returned exactly as it was signed.
    """
    signed = read_answers(canonical_json(visit.answers).encode())
    query = (
        select(_AMENDMENT.c.changes)
        .where(
            _AMENDMENT.c.visit_id == visit.id,
            _AMENDMENT.c.state == APPROVED,
            _AMENDMENT.c.removed_at.is_(None),
        )
        .order_by(_AMENDMENT.c.decided_at, _AMENDMENT.c.id)
    )
    approved = [from_document(changes) for changes in connection.scalars(query)]
    if not approved:
        return signed
    answers = signed
    for changes in approved:
        answers = apply_changes(answers, changes)
    engine = desk.forms.version(connection, visit.form_code, visit.form_version)
    return engine.state(answers, visit.visited_on).kept


def last_approval(connection: Connection, visit_id: uuid.UUID) -> dt.datetime | None:
    """When the latest correction of a visit was approved; None for a visit that stands as it was signed."""
    query = select(_AMENDMENT.c.decided_at).where(
        _AMENDMENT.c.visit_id == visit_id, _AMENDMENT.c.state == APPROVED, _AMENDMENT.c.removed_at.is_(None)
    )
    return max((at for at in connection.scalars(query) if at is not None), default=None)


def read_visit(connection: Connection, visit_id: uuid.UUID) -> Any:
    """A submitted visit's row; raises RecordMissing."""
    query = select(_VISIT).where(_VISIT.c.id == visit_id, _VISIT.c.removed_at.is_(None))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise RecordMissing(entity="visit")
    return row


def require_amending(desk: Desk, visit: Any) -> None:
    """The officer of the visit may propose corrections of it, and whoever leads there of any."""
    desk.require(Action.AMEND_VISIT, visit.scope, own=visit.officer_id == desk.user.id)


def _carry(desk: Desk, work: UnitOfWork, row: Amendment) -> int:
    connection = work.session.connection()
    visit = read_visit(connection, row.visit_id)
    changes = from_document(row.changes)
    now = answers_as_amended(desk, connection, visit)
    if outdated(now, changes):
        raise AmendmentRefused("amendment_outdated")
    after = apply_changes(now, changes)
    return carry_into_facts(work.session, visit, (now, after), changes, desk.now())


def _line(desk: Desk, row: Any) -> AmendmentLine:
    may_decide = (
        row.state == PROPOSED
        and row.proposed_by != desk.user.id
        and desk.may(Action.DECIDE_AMENDMENT, row.scope)
    )
    return AmendmentLine(
        row.id, row.visit_id, row.household_id, row.file_number or "", full_name(row), row.visited_on, row.form_code,
        row.form_version, from_document(row.changes), row.reason, row.state, row.by_ar or "",
        row.by_en or row.by_ar or "", row.proposed_at, row.decider_ar or "", row.decider_en or row.decider_ar or "",
        row.decided_at, row.decision_reason or "", may_decide,
    )  # fmt: skip
