"""A machine that never meets a network joins: its request goes out on a stick, its welcome and first records come back."""

import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from sqlalchemy import Engine

from tarahum_desktop.casework.enrol_vault import AlreadyEnrolled
from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.casework.person_index import search_indexes
from tarahum_desktop.casework.workplace import KEYS_SETTING, Joining, keep_joined
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.exchange.enrol import read_enrolment, read_stick_invitation
from tarahum_desktop.sync.pouch.disk import plain_disk_errors, write_whole
from tarahum_desktop.sync.pouch.errors import PouchForeign, PouchTampered
from tarahum_desktop.sync.pouch.header import SUFFIX
from tarahum_desktop.sync.pouch.layout import CENTRE
from tarahum_desktop.sync.pouch.manifest import Head
from tarahum_desktop.sync.pouch.newcomer import (
    REQUEST_SUFFIX,
    Welcome,
    make_request,
    read_welcome,
    request_name,
)
from tarahum_desktop.sync.pouch.opened import look_through
from tarahum_desktop.sync.pouch.read import Reader
from tarahum_desktop.sync.pouch.stick import read_stick
from tarahum_desktop.sync.pouch.take import Taken, Trusted
from tarahum_desktop.sync.replica import Replica, WallClock
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.key_wrapping import STANDARD_KDF, KdfProfile
from tarahum_desktop.vault.slots import SLOTS_FILE
from tarahum_desktop.vault.vault import OpenVault, UserSlot, create_vault, unlock

_PENDING: Final = "join_request"


class NoWelcome(CaseworkError):
    """The stick carries no welcome for this machine's request; the office has not exchanged with the centre yet."""

    code = "welcome_missing"


class NothingAsked(CaseworkError):
    """This machine has made no request to join."""

    code = "join_not_requested"


class Pending(msgspec.Struct, array_like=True, frozen=True):
    """What a newcomer remembers until its welcome comes."""

    request: bytes
    pin: bytes
    name: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What came with the welcome."""

    device: int
    committee: str
    rows: int
    changes: int
    files: int


def request_to_join(
    folder: Path,
    stick: Path,
    joining: Joining,
    passphrase: str,
    wall: WallClock,
    profile: KdfProfile = STANDARD_KDF,
) -> Path:
    """Make this machine's vault and keys, and put its request on a registered stick; returns the request's file.

    Asking again, with another stick or code, makes the request anew with the same keys.

    Raises:
        BadInvitation: the code is not one for a stick.
        AlreadyEnrolled; StickUnregistered and the other errors of sticks; the vault's errors.
    """
    code, pin = read_stick_invitation(joining.code)
    read_stick(stick)
    with _vault(folder, joining.login, passphrase, profile) as vault:
        upgrade(vault.engine)
        keys = _keys(vault.engine)
        name = joining.device_name or socket.gethostname()
        request = make_request(code, name, joining.login, keys, wall())
        with vault.engine.begin() as connection:
            write_setting(connection, _PENDING, msgspec.msgpack.encode(Pending(request, pin, name, wall())))
        path = stick / f"{request_name(request).hex()[:12]}{REQUEST_SUFFIX}"
        write_whole(path, request)
    return path


def _vault(folder: Path, login: str, passphrase: str, profile: KdfProfile) -> OpenVault:
    if (folder / SLOTS_FILE).exists():
        return unlock(folder, login, passphrase)
    return create_vault(folder, UserSlot(login, new_id()), passphrase, profile=profile)


def _keys(engine: Engine) -> DeviceKeys:
    """The keys of this machine, made once."""
    with engine.begin() as connection:
        if read_enrolment(connection) is not None:
            raise AlreadyEnrolled
        stored = read_setting(connection, KEYS_SETTING)
        if stored is not None:
            return DeviceKeys.from_bytes(stored)
        keys = DeviceKeys.generate()
        write_setting(connection, KEYS_SETTING, keys.to_bytes())
        return keys


def finish_joining(
    folder: Path,
    stick: Path,
    login: str,
    passphrase: str,
    wall: WallClock,
    progress: Callable[[int], None],
    profile: KdfProfile = STANDARD_KDF,
) -> Joined:
    """Find the welcome on the stick, check that it is the centre's, and take the first records in.

    A reading that is broken off is repeated from its beginning. ``progress`` is told how many rows are in.

    Raises:
        NothingAsked, NoWelcome, AlreadyEnrolled; PouchTampered and the other errors of pouches; the vault's errors.
    """
    with unlock(folder, login, passphrase) as vault:
        upgrade(vault.engine)
        with vault.engine.connect() as connection:
            if read_enrolment(connection) is not None:
                raise AlreadyEnrolled
            packed, stored = read_setting(connection, _PENDING), read_setting(connection, KEYS_SETTING)
        if packed is None or stored is None:
            raise NothingAsked
        pending = msgspec.msgpack.decode(packed, type=Pending)
        keys = DeviceKeys.from_bytes(stored)
        with plain_disk_errors(), _find_welcome(stick, pending, keys).open("rb") as file:
            welcome, head = _welcome_in(file, pending, keys)
            file.seek(0)
            taken = _take_in(vault, file, welcome, keys, wall, pending, progress)
        vault.take_identity(uuid.UUID(bytes=welcome.reply.user), passphrase, profile=profile)
        keep_joined(vault, welcome.reply, keys, head.address, pending.name)
        return Joined(welcome.reply.device, welcome.reply.committee, taken.rows, taken.changes, taken.files)


def _find_welcome(stick: Path, pending: Pending, keys: DeviceKeys) -> Path:
    """The newest pouch that opens with this machine's key; raises NoWelcome."""
    with plain_disk_errors():
        files = sorted(stick.glob(f"*{SUFFIX}"), reverse=True)
    for path in files:
        try:
            with plain_disk_errors(), path.open("rb") as file:
                _welcome_in(file, pending, keys)
        except PouchForeign:
            continue
        return path
    raise NoWelcome


def _welcome_in(file: BinaryIO, pending: Pending, keys: DeviceKeys) -> tuple[Welcome, Head]:
    """The welcome and head of a pouch that was checked whole."""
    found: list[Welcome] = []

    def key_of(head: Head) -> bytes:
        welcome = read_welcome(head.welcome, pending.pin, pending.request)
        if welcome.office != head.maker:
            raise PouchTampered
        found.append(welcome)
        return welcome.reply.centre_key if welcome.office_kind == CENTRE else welcome.office_key

    opened = look_through(file, keys.sealing_private, key_of)
    return found[0], opened.head


def _take_in(
    vault: OpenVault,
    file: BinaryIO,
    welcome: Welcome,
    keys: DeviceKeys,
    wall: WallClock,
    pending: Pending,
    progress: Callable[[int], None],
) -> Taken:
    """All records first: until the enrolment is kept the machine has not joined, and may try again."""
    reply = welcome.reply
    replica = Replica(
        vault.engine, reply.device, keys, wall, indexes=tuple(search_indexes()), keeps_history=True
    ).load()
    introduced = {welcome.office: welcome.introduced()}
    trusted = Trusted(reply.centre_device, reply.centre_key, frozenset(reply.scopes), introduced)

    def report(taken: Taken) -> None:
        progress(taken.rows)

    reader = Reader(replica, keys.sealing_private, trusted, pending.made_at)
    return reader.read(file, report).taken
