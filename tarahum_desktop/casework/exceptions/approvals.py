"""Decisions on plans by somebody who had no role for it on that day: a role that ended while they worked without a line."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.findings import Found
from tarahum_desktop.domain.permissions import Action, Grant, Role, may
from tarahum_desktop.models import PlanItem, RoleGrant, User

KINDS: Final = ("approval_without_role",)
_APPROVE: Final = (Action.APPROVE_L1, Action.APPROVE_L2, Action.APPROVE_L3, Action.APPROVE_L4)
_LOOKS_BACK: Final = dt.timedelta(days=366)
_MOST: Final = 500
_ITEM: Any = PlanItem.__table__
_GRANT: Any = RoleGrant.__table__
_USER: Any = User.__table__


def approvals_without_role(connection: Connection, scopes: Sequence[str], day: dt.date) -> Iterator[Found]:
    """Plan items decided in the last year by a known person who might not decide anything there on that day."""
    decided = select(_ITEM.c.decided_by, _ITEM.c.decided_on, _ITEM.c.scope, _ITEM.c.committee_code).where(
        _ITEM.c.decided_by.is_not(None), _ITEM.c.decided_on.between(day - _LOOKS_BACK, day),
        _ITEM.c.removed_at.is_(None), _ITEM.c.scope.in_(scopes),
    )  # fmt: skip
    deciders = connection.execute(decided.distinct()).all()
    grants = _grants(connection)
    found = 0
    for who, on, scope, committee in deciders:
        if who not in grants or _might(grants[who], (scope, committee), on):
            continue
        items = connection.execute(
            select(_ITEM.c.id, _ITEM.c.service_code).where(
                _ITEM.c.decided_by == who, _ITEM.c.decided_on == on, _ITEM.c.scope == scope, _ITEM.c.committee_code == committee, _ITEM.c.removed_at.is_(None)
            )
        ).all()  # fmt: skip
        for item in items:
            facts = {"entity": "plan_item", "service": item.service_code, "by": who.hex, "on": on.isoformat()}
            yield Found(KINDS[0], f"{item.id.hex}:{who.hex}:{on}", scope, item.id, None, 0, facts)
            found += 1
        if found >= _MOST:
            return


def _might(grants: Sequence[Grant], places: Sequence[str], day: dt.date) -> bool:
    """Whether somebody might decide anything that day where the item lies, or in the committee that pays for it."""
    return any(may(grants, action, place, day) for action in _APPROVE for place in places)


def _grants(connection: Connection) -> dict[uuid.UUID, list[Grant]]:
    """Every grant there ever was, of people known here; one taken back counts until it was."""
    known: dict[uuid.UUID, list[Grant]] = {row: [] for row in connection.scalars(select(_USER.c.id))}
    roles = {role.value for role in Role}
    for row in connection.execute(select(_GRANT)):
        if row.role in roles and row.user_id in known:
            last = row.last_day
            if row.removed_at is not None:
                last = min(last or dt.date.max, row.removed_at.date())
            known[row.user_id].append(
                Grant(Role(row.role), row.scope_code, row.first_day or dt.date.min, last)
            )
    return known
