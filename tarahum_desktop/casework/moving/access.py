"""Where an officer's cases lie: with the committee, or in a caseload or team of their own."""

import datetime as dt
import uuid
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.domain.permissions import Grant, Role, committee_of
from tarahum_desktop.domain.relocation import is_restricted
from tarahum_desktop.models import RoleGrant, Scope, User

CASELOAD: Final = "caseload"
_CARRYING: Final = (Role.FIELD_OFFICER.value, Role.SUPERVISOR.value)
_GRANT: Any = RoleGrant.__table__
_SCOPE: Any = Scope.__table__
_USER: Any = User.__table__


def officers_of(connection: Connection, committee: str, day: dt.date) -> dict[uuid.UUID, tuple[str, ...]]:
    """Who may carry cases of a committee on a day, with the scopes they hold there."""
    query = (
        select(_GRANT.c.user_id, _GRANT.c.role, _GRANT.c.scope_code, _GRANT.c.first_day, _GRANT.c.last_day)
        .join(_USER, _USER.c.id == _GRANT.c.user_id)
        .where(
            _GRANT.c.role.in_(_CARRYING),
            _GRANT.c.removed_at.is_(None),
            _USER.c.active.is_(True),
            _USER.c.removed_at.is_(None),
        )
        .order_by(_GRANT.c.id)
    )
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in connection.execute(query):
        grant = Grant(Role(row.role), row.scope_code, row.first_day or dt.date.min, row.last_day)
        if committee_of(grant.scope_code) == committee and grant.holds_on(day):
            found[row.user_id] = (*found.get(row.user_id, ()), grant.scope_code)
    return found


def caseload_scopes(connection: Connection, committee: str) -> frozenset[str]:
    """The caseloads of a committee."""
    query = select(_SCOPE.c.code).where(
        _SCOPE.c.kind == CASELOAD, _SCOPE.c.committee_code == committee, _SCOPE.c.removed_at.is_(None)
    )
    return frozenset(connection.execute(query).scalars())


def place_of_cases(held: tuple[str, ...], present: str, caseloads: frozenset[str]) -> str | None:
    """The scope in which an officer's case must lie so that their laptop holds it; None when they cannot read it.

    A caseload of their own comes first. Who holds the whole committee reads what lies anywhere in it, so that only
    what lies in somebody's caseload has to come out of there.
    """
    committee = committee_of(present)
    if is_restricted(present):
        return present if present in held else None
    own = [scope for scope in held if scope in caseloads]
    if own:
        return present if present in own else own[0]
    if present in held:
        return present
    if committee in held:
        return committee if present in caseloads else present
    return next((scope for scope in held if not is_restricted(scope)), None)
