"""Handing cases from one officer to another: some of them, or a whole caseload."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.moving.access import caseload_scopes, officers_of, place_of_cases
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.orders import (
    find_case,
    find_household,
    refuse_shared,
    under_way,
    words_of,
    write_order,
)
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.relocation import RelocationKind
from tarahum_desktop.models import Assignment, Case, FollowUp, Team
from tarahum_desktop.models.ids import new_id

MOST_CASES: Final = 500


@dataclass(frozen=True, slots=True)
class HandOver:
    """What became of it: how many cases were given, how many of them also move to another laptop, which could not be.

    ``refused`` names cases with the code of the reason.
    """

    given: int
    moving: int
    refused: tuple[tuple[uuid.UUID, str], ...]
    summary: ChangeSummary


def assign_cases(
    desk: Desk, case_ids: Sequence[uuid.UUID], officer_id: uuid.UUID, reason: str = ""
) -> HandOver:
    """Give cases to an officer, with the contacts that are still planned; a case already theirs is left as it is.

    A case that shares people with another household stays where it is and is named in the result, unless the
    other one is given with it.

    Raises:
        RecordMissing, NotAllowed.
        MoveRefused: ``too_many_cases``, or ``officer_without_access`` for who may not carry any of these cases.
    """
    if len(case_ids) > MOST_CASES:
        raise MoveRefused("too_many_cases", count=MOST_CASES)
    refused: list[tuple[uuid.UUID, str]] = []
    given = moving = 0
    with UnitOfWork(desk) as work:
        cases = [find_case(work.session, case_id) for case_id in dict.fromkeys(case_ids)]
        for case in cases:
            desk.require(Action.ASSIGN_CASE, case.scope)
        together = [case.household_id for case in cases if case.household_id is not None]
        for case in cases:
            if case.officer_id == officer_id:
                continue
            try:
                moving += _give(work.session, desk, case, officer_id, reason, together)
            except MoveRefused as error:
                refused.append((case.id, error.code))
            else:
                given += 1
        if not given and refused:
            raise MoveRefused(refused[0][1], count=len(refused))
    return HandOver(given, moving, tuple(refused), work.summary if given else NOTHING_CHANGED)


def _give(
    session: Session,
    desk: Desk,
    case: Case,
    officer_id: uuid.UUID,
    reason: str,
    together: Sequence[uuid.UUID],
) -> int:
    connection, committee = session.connection(), committee_of(case.scope)
    held = officers_of(connection, committee, desk.today()).get(officer_id, ())
    target = place_of_cases(held, case.scope, caseload_scopes(connection, committee))
    if target is None:
        raise MoveRefused("officer_without_access")
    moves = target != case.scope and case.household_id is not None
    if moves and case.household_id is not None:
        home = find_household(session, case.household_id)
        if under_way(session, [home.id]):
            raise MoveRefused("offer_pending")
        refuse_shared(session, home, target, together)
        write_order(session, desk, home, RelocationKind.ASSIGN, target, reason)
    _write(session, desk, case, officer_id, _team(session, target), words_of(reason))
    return int(moves)


def _team(session: Session, scope: str) -> str | None:
    return session.scalars(select(Team.code).where(Team.code == scope)).first()


def _write(
    session: Session, desk: Desk, case: Case, officer_id: uuid.UUID, team: str | None, reason: str
) -> None:
    """Name the officer, keep the hand-over on record, and let the planned contacts follow."""
    before, case.officer_id = case.officer_id, officer_id
    case.team_code = team or case.team_code
    session.add(
        Assignment(
            id=new_id(), scope=case.scope, case_id=case.id, officer_id=officer_id, team_code=case.team_code,
            first_day=desk.today(), reason=reason or None, given_by=desk.user.id,
        )
    )  # fmt: skip
    planned = select(FollowUp).where(
        FollowUp.case_id == case.id, FollowUp.done_on.is_(None), FollowUp.removed_at.is_(None)
    )
    for contact in session.scalars(planned):
        if contact.officer_id == before:
            contact.officer_id = officer_id
