"""Who works where: one person, on one replica, with the roles they hold there.

Every use case takes a desk first. It asks the desk whether it may, and what day it is; nothing else in this room
reads a clock.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.form_shelf import FormShelf
from tarahum_desktop.domain.permissions import Action, Grant, Role, may, roles_in
from tarahum_desktop.models import RoleGrant, ScopeState, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.replica import Replica

# The Kingdom keeps one time all year round, so no time zone table is needed for the day of an entry.
SAUDI_TIME: Final = dt.timezone(dt.timedelta(hours=3))
_GRANT: Any = RoleGrant.__table__
_USER: Any = User.__table__
_STATE: Any = ScopeState.__table__


@dataclass(frozen=True, slots=True)
class DeskUser:
    """The person who unlocked; names are empty until the person's own row has arrived."""

    id: uuid.UUID
    login: str
    name_ar: str = ""
    name_en: str = ""
    committee_code: str | None = None


@dataclass(frozen=True)
class Desk:
    """A place to work. Cheap to make anew, and to be made anew after an exchange brought other grants."""

    replica: Replica
    user: DeskUser
    grants: tuple[Grant, ...]
    forms: FormShelf = field(default_factory=FormShelf)

    def now(self) -> dt.datetime:
        """The best known true time, UTC."""
        return from_milliseconds(self.replica.now())

    def today(self) -> dt.date:
        """The day of entry in the Kingdom."""
        return self.now().astimezone(SAUDI_TIME).date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that can only read, on one consistent state of the database."""
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            yield connection

    def may(self, action: Action, scope: str, *, own: bool = False) -> bool:
        """Tell whether this person may do this in a scope; ``own`` for a case assigned to them."""
        return may(self.grants, action, scope, self.today(), own=own)

    def require(self, action: Action, scope: str, *, own: bool = False) -> None:
        """Raise ``NotAllowed`` unless this person may."""
        if not self.may(action, scope, own=own):
            raise NotAllowed(action=action.value)

    def roles(self, scope: str) -> frozenset[Role]:
        """The person's roles in a scope today."""
        return roles_in(self.grants, scope, self.today())

    def scopes_for(self, action: Action, connection: Connection) -> tuple[str, ...]:
        """The scopes on this machine where the person may do something, in order."""
        here = connection.scalars(select(_STATE.c.scope).order_by(_STATE.c.scope))
        return tuple(scope for scope in here if self.may(action, scope))


def open_desk(replica: Replica, user_id: uuid.UUID, login: str = "") -> Desk:
    """Seat a person at a replica; without grants on it they may do nothing, but the desk opens."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        row = connection.execute(select(_USER).where(_USER.c.id == user_id)).one_or_none()
        grants = _read_grants(connection, user_id)
    if row is None:
        return Desk(replica, DeskUser(user_id, login), grants)
    user = DeskUser(user_id, row.login, row.name_ar, row.name_en, row.committee_code)
    return Desk(replica, user, grants if row.active and row.removed_at is None else ())


def _read_grants(connection: Connection, user_id: uuid.UUID) -> tuple[Grant, ...]:
    query = select(_GRANT).where(_GRANT.c.user_id == user_id, _GRANT.c.removed_at.is_(None))
    known = {role.value for role in Role}  # a newer program may know roles this one does not
    return tuple(
        Grant(Role(row.role), row.scope_code, row.first_day or dt.date.min, row.last_day)
        for row in connection.execute(query.order_by(_GRANT.c.id))
        if row.role in known
    )
