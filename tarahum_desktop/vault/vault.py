"""Creates and unlocks vaults: one folder with an encrypted database and the slots that open it.

The folder holds ``records.db`` (SQLCipher), ``slots.json``, ``attempts.json`` and ``vault.lock``. Nothing in it
is readable without a passphrase but the logins.
"""

import os
import uuid
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine

from tarahum_desktop.models.engine import (
    DatabaseDamaged,
    open_sqlcipher,
    probe_database,
    read_cipher_salt,
)
from tarahum_desktop.vault.errors import SlotFileDamaged, UnknownLogin, VaultExists
from tarahum_desktop.vault.folder_lock import FolderLock
from tarahum_desktop.vault.key_wrapping import KEY_BYTES, STANDARD_KDF, KdfProfile, normalise_passphrase
from tarahum_desktop.vault.open_vault import (
    DATABASE_FILE,
    LOCK_FILE,
    OpenVault,
    UserSlot,
    document_with_user,
    try_slot,
)
from tarahum_desktop.vault.safe_files import sync_folder
from tarahum_desktop.vault.slots import (
    FORMAT_VERSION,
    SLOTS_FILE,
    SlotDocument,
    checked_login,
    list_users,
    read_slots,
    write_slots,
)

__all__ = ["KdfProfile", "OpenVault", "UserSlot", "create_vault", "list_users", "unlock"]

_ONE_PAGE = 4096


def create_vault(
    folder: Path, first_user: UserSlot, passphrase: str, *, profile: KdfProfile = STANDARD_KDF
) -> OpenVault:
    """Make a new vault in ``folder`` (made if absent, for its owner only) and return it open.

    The slot file is written last: a creation cut off before it leaves nothing that stands in the way of the next.

    Raises:
        VaultExists, VaultInUse, PassphraseTooShort, PassphraseTooLong, LoginInvalid, DiskFull.
    """
    normalise_passphrase(passphrase)
    checked_login(first_user.login)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = folder / DATABASE_FILE
    with ExitStack() as undo:
        lock = FolderLock(folder / LOCK_FILE)
        undo.callback(lock.release)
        _refuse_existing(folder)
        key = bytearray(os.urandom(KEY_BYTES))
        undo.callback(_overwrite, key)
        engine = open_sqlcipher(database, key)
        undo.callback(engine.dispose)
        sync_folder(folder)
        empty = SlotDocument(FORMAT_VERSION, uuid.uuid4(), read_cipher_salt(database), ())
        document = document_with_user(empty, first_user, passphrase, key, profile)
        write_slots(folder / SLOTS_FILE, document, key)
        undo.pop_all()
    slot = document.slots[0]
    return OpenVault(folder=folder, engine=engine, slot=slot, document=document, key=key, lock=lock)


def check_new_vault(folder: Path, login: str, passphrase: str) -> None:
    """Whether ``create_vault`` would be refused for its arguments, before anything else depends on it.

    Raises:
        VaultExists, PassphraseTooShort, PassphraseTooLong, LoginInvalid.
    """
    normalise_passphrase(passphrase)
    checked_login(login)
    if (folder / SLOTS_FILE).exists():
        raise VaultExists


def unlock(folder: Path, login: str, passphrase: str, *, now: float | None = None) -> OpenVault:
    """Open the vault for one user. ``now`` is wall time in Unix seconds, the system's when left out.

    Raises:
        SlotFileMissing, SlotFileDamaged, SlotFileNewer, UnknownLogin: before the words are tried.
        VaultInUse: another program, or this one, has it open.
        TooManyAttempts: the words were not tried.
        WrongPassphrase: the slot is whole and the words do not open it.
        DatabaseMissing, DatabaseDamaged, NotAVault: the words were right, the database is not.
    """
    read_slots(folder / SLOTS_FILE)  # a folder that is no vault is left without a lock file
    with ExitStack() as undo:
        lock = FolderLock(folder / LOCK_FILE)
        undo.callback(lock.release)
        file = read_slots(folder / SLOTS_FILE)
        slot = file.document.find(login)
        if slot is None:
            raise UnknownLogin
        key = try_slot(folder, file.document, slot, passphrase, now)
        undo.callback(_overwrite, key)
        if not file.sealed_by(key):
            raise SlotFileDamaged
        engine = _open_database(folder / DATABASE_FILE, key, file.document.cipher_salt)
        undo.pop_all()
    return OpenVault(folder=folder, engine=engine, slot=slot, document=file.document, key=key, lock=lock)


def _overwrite(key: bytearray) -> None:
    key[:] = bytes(len(key))


def _open_database(path: Path, key: bytearray, known_salt: bytes) -> Engine:
    try:
        probe_database(path, key)
    except DatabaseDamaged as damage:
        # Support needs to know whether the copied salt could still help.
        damage.facts["salt_intact"] = int(read_cipher_salt(path) == known_salt)
        raise
    return open_sqlcipher(path, key)


def _refuse_existing(folder: Path) -> None:
    """Refuse a folder with a vault, but clear what a creation left that was cut off before it had slots.

    Such a database has its first page only and so no rows; anything more is somebody's, and is never removed.
    """
    database = folder / DATABASE_FILE
    wal = folder / (DATABASE_FILE + "-wal")
    if (folder / SLOTS_FILE).exists():
        raise VaultExists
    if not database.exists():
        return
    if database.stat().st_size > _ONE_PAGE or (wal.exists() and wal.stat().st_size > 0):
        raise VaultExists
    for leftover in (database, wal, folder / (DATABASE_FILE + "-shm")):
        leftover.unlink(missing_ok=True)
