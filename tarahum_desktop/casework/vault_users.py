"""A second person on a shared machine: their own way into the same vault, under the id their centre knows."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import User
from tarahum_desktop.vault.key_wrapping import STANDARD_KDF, KdfProfile
from tarahum_desktop.vault.vault import OpenVault, UserSlot

_USER: Any = User.__table__


class LoginUnknownAtCentre(CaseworkError):
    """No active account of this name has arrived on this machine."""

    code = "login_unknown_at_centre"


def add_vault_user(
    vault: OpenVault, desk: Desk, login: str, passphrase: str, profile: KdfProfile = STANDARD_KDF
) -> None:
    """Let another member of staff open this machine.

    Who adds must hold every role of the new user themselves, or lead the place it counts in: nobody makes a way in
    that reaches further than their own.

    Raises:
        LoginUnknownAtCentre, NotAllowed.
        LoginTaken, LoginInvalid, SlotsFull, PassphraseTooShort, PassphraseTooLong, DiskFull: from the vault.
    """
    with desk.reading() as connection:
        query = select(_USER).where(_USER.c.login == login, _USER.c.active, _USER.c.removed_at.is_(None))
        account = connection.execute(query).one_or_none()
    if account is None:
        raise LoginUnknownAtCentre
    today: dt.date = desk.today()
    own = {(grant.role, grant.scope_code) for grant in desk.grants if grant.holds_on(today)}
    for grant in open_desk(desk.replica, account.id).grants:
        if not grant.holds_on(today) or (grant.role, grant.scope_code) in own:
            continue
        if not desk.may(Action.ASSIGN_CASE, grant.scope_code):
            raise NotAllowed(action=Action.MANAGE_USERS.value)
    vault.add_user(UserSlot(account.login, account.id), passphrase, profile=profile)
