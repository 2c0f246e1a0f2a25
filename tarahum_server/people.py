"""Users and their roles by the administrator's hand, written as changes of the centre itself."""

import datetime as dt
import uuid

from sqlalchemy import select

from tarahum_desktop.domain.permissions import DERIVED_ROLES, Role
from tarahum_desktop.models import RoleGrant, Scope, User
from tarahum_desktop.models.ids import seed_id
from tarahum_desktop.sync.capture import CapturedSession, captured_session
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.resuming import refuse_resuming
from tarahum_server.centre import NATIONAL, Centre
from tarahum_server.devices import BadRequest


def add_user(centre: Centre, login: str, name_ar: str, name_en: str, committee: str = "") -> uuid.UUID:
    """Add a user; returns the id, the same on every centre for the same login. Raises BadRequest for a taken one."""
    refuse_resuming(centre.replica)
    with captured_session(centre.replica, None) as session:
        if _user(session, login) is not None:
            raise BadRequest(what="login")
        user = User(
            id=seed_id("user_account", login),
            scope=NATIONAL,
            login=login,
            name_ar=name_ar,
            name_en=name_en,
            committee_code=committee or None,
            active=True,
        )
        session.add(user)
        _finish(session, centre)
        return user.id


def grant(
    centre: Centre,
    login: str,
    role: str,
    scope: str,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> None:
    """Give a user a role in a scope. Raises BadRequest for what is not known."""
    if role not in set(Role) - DERIVED_ROLES:
        raise BadRequest(what="role")
    refuse_resuming(centre.replica)
    with captured_session(centre.replica, None) as session:
        user = _user(session, login)
        if user is None:
            raise BadRequest(what="login")
        if session.scalars(select(Scope.code).where(Scope.code == scope)).first() is None:
            raise BadRequest(what="scope")
        session.add(
            RoleGrant(
                scope=NATIONAL, user_id=user.id, role=role, scope_code=scope, first_day=first, last_day=last
            )
        )
        _finish(session, centre)


def _user(session: CapturedSession, login: str) -> User | None:
    return session.scalars(select(User).where(User.login == login)).one_or_none()


def _finish(session: CapturedSession, centre: Centre) -> None:
    session.flush()
    publish(session.connection(), centre.replica)
    session.commit()
