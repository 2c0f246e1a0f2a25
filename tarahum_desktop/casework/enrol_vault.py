"""Joining a centre with a vault that is there already, such as one a script made before the code was given out."""

import socket
import uuid
from pathlib import Path

from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.casework.workplace import Joining, keep_joined
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.enrol import enrol, read_enrolment, read_invitation
from tarahum_desktop.sync.replica import WallClock
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.key_wrapping import STANDARD_KDF, KdfProfile
from tarahum_desktop.vault.vault import unlock


class AlreadyEnrolled(CaseworkError):
    """The vault belongs to a centre; it cannot join a second one."""

    code = "already_enrolled"


def enrol_vault(
    folder: Path, joining: Joining, passphrase: str, wall: WallClock, profile: KdfProfile = STANDARD_KDF
) -> None:
    """Unlock, join, and keep the answer in the vault; its user takes the id the centre knows them by.

    Raises:
        AlreadyEnrolled: before the code is used up.
        WrongPassphrase and the vault's other errors: likewise.
        BadInvitation, SyncError, LineFailed: from the centre or the way to it.
    """
    with unlock(folder, joining.login, passphrase) as vault:
        upgrade(vault.engine)
        with vault.engine.connect() as connection:
            if read_enrolment(connection) is not None:
                raise AlreadyEnrolled
        name = joining.device_name or socket.gethostname()
        keys = DeviceKeys.generate()
        _, trust = read_invitation(joining.code)
        with HttpCarrier(joining.address, 0, keys, wall, trust) as line:
            reply = enrol(line, joining.code, name, joining.login, keys, wall())
        keep_joined(vault, reply, keys, joining.address, name)
        vault.take_identity(uuid.UUID(bytes=reply.user), passphrase, profile=profile)
