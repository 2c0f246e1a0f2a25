"""An unlocked machine: its vault, its replica, and the desk of whoever unlocked it.

What the window and the command line both stand on: joining a centre, unlocking, exchanging, locking.
"""

import socket
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.exchanges import close_forgotten
from tarahum_desktop.casework.person_index import search_indexes
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.enrol import (
    Enrolment,
    enrol,
    keep_enrolment,
    load_replica,
    read_invitation,
)
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.replica import Replica, WallClock
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.key_wrapping import STANDARD_KDF, KdfProfile
from tarahum_desktop.vault.vault import OpenVault, UserSlot, check_new_vault, create_vault, unlock

KEYS_SETTING: Final = "device_keys"


@dataclass
class Workplace:
    """One unlocked machine. ``desk`` is made anew after an exchange, which may have brought other grants."""

    vault: OpenVault
    replica: Replica
    enrolment: Enrolment
    keys: DeviceKeys
    desk: Desk

    def line(self) -> HttpCarrier:
        """A new line to the centre; raises LineFailed when there is none."""
        known = self.enrolment
        return HttpCarrier(known.address, known.device, self.keys, self.replica.wall, known.trust)

    def reseat(self) -> Desk:
        """Read the user's name and grants again."""
        self.desk = open_desk(self.replica, self.vault.user_id, self.vault.login)
        return self.desk

    def lock(self) -> None:
        """Close the database and forget the key; everything unsaved has its own draft already."""
        self.vault.lock()


@dataclass(frozen=True, slots=True)
class Joining:
    """What a new machine needs to join: where, with which code, for whom."""

    address: str
    code: str
    login: str
    device_name: str = ""


def open_workplace(folder: Path, login: str, passphrase: str, wall: WallClock) -> Workplace:
    """Unlock a machine that has joined; raises the vault's errors, or SyncError ``not_enrolled``."""
    vault = unlock(folder, login, passphrase)
    try:
        return _workplace(vault, wall)
    except BaseException:
        vault.lock()
        raise


def join_centre(
    folder: Path, joining: Joining, passphrase: str, wall: WallClock, profile: KdfProfile = STANDARD_KDF
) -> Workplace:
    """Join a centre with a one-time code and make this machine's vault.

    What can be known to fail here is tried before the code is used up.

    Raises:
        BadInvitation, SyncError, LineFailed: from the centre or the way to it.
        VaultExists, LoginInvalid, PassphraseTooShort, DiskFull: about this machine.
    """
    check_new_vault(folder, joining.login, passphrase)
    name = joining.device_name or socket.gethostname()
    keys = DeviceKeys.generate()
    _, trust = read_invitation(joining.code)
    with HttpCarrier(joining.address, 0, keys, wall, trust) as line:
        reply = enrol(line, joining.code, name, joining.login, keys, wall())
    user = UserSlot(joining.login, uuid.UUID(bytes=reply.user))
    vault = create_vault(folder, user, passphrase, profile=profile)
    try:
        upgrade(vault.engine)
        keep_joined(vault, reply, keys, joining.address, name)
        return _workplace(vault, wall)
    except BaseException:
        vault.lock()
        raise


def keep_joined(vault: OpenVault, reply: EnrolReply, keys: DeviceKeys, address: str, name: str) -> None:
    """Keep the centre's answer and the keys it was given for, together."""
    with vault.engine.begin() as connection:
        keep_enrolment(connection, reply, address, name)
        write_setting(connection, KEYS_SETTING, keys.to_bytes())


def _workplace(vault: OpenVault, wall: WallClock) -> Workplace:
    upgrade(vault.engine)
    with vault.engine.connect() as connection:
        stored = read_setting(connection, KEYS_SETTING)
    if stored is None:
        raise SyncError("not_enrolled")
    keys = DeviceKeys.from_bytes(stored)
    replica, enrolment = load_replica(vault.engine, keys, wall, search_indexes())
    replica.sealing_private = keys.sealing_private
    close_forgotten(replica)  # this is the only program with the vault open, so none can be running
    return Workplace(vault, replica, enrolment, keys, open_desk(replica, vault.user_id, vault.login))
