"""Cases that stand still until a certain person decides."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.case_states import CaseState, possible_moves
from tarahum_desktop.domain.permissions import Action, Role, role_reach
from tarahum_desktop.models import Case, Household, Person

_MOST: Final = 50
_DECIDED: Final = (
    CaseState.REGISTERED,
    CaseState.ASSESSED,
    CaseState.PLAN_PENDING,
    CaseState.APPROVED,
    CaseState.REOPENED,
)
"""Where a case stands still until somebody decides."""
_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A case in which the next step is this person's."""

    case_id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head_name: str
    state: str


def waiting_cases(connection: Connection, desk: Desk, scopes: tuple[str, ...]) -> tuple[WaitingLine, ...]:
    """Cases that stand still until this person decides, the longest waiting first; at most 50."""
    wanted = {
        scope: sorted(state for state in _DECIDED if possible_moves(state, _roles(desk, scope)))
        for scope in scopes
        if desk.may(Action.MOVE_CASE, scope)
    }
    asked = [
        (_CASE.c.scope == scope) & _CASE.c.state.in_([state.value for state in states])
        for scope, states in wanted.items()
        if states
    ]
    if not asked:
        return ()
    query = (
        select(_CASE.c.id, _CASE.c.household_id, _CASE.c.state, _HOUSEHOLD.c.file_number, *NAME_COLUMNS)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .where(or_(*asked), _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.id)
        .limit(_MOST)
    )
    return tuple(
        WaitingLine(row.id, row.household_id, row.file_number, full_name(row), row.state)
        for row in connection.execute(query)
    )


def _roles(desk: Desk, scope: str) -> frozenset[Role]:
    """Who may approve some level acts as the panel in a plan that waits; its exact level is asked for when it is opened."""
    roles = desk.roles(scope)
    approves = any(role_reach(role, Action.APPROVE_L1) for role in roles)
    return roles | ({Role.PANEL} if approves else set())
