"""A vault that is open: its engine, the people who may open it, and the way to lock it again."""

import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Engine

from tarahum_desktop.models.engine import check_database
from tarahum_desktop.vault.attempts import AttemptLog
from tarahum_desktop.vault.errors import LastUser, UnknownLogin, VaultLocked
from tarahum_desktop.vault.folder_lock import FolderLock
from tarahum_desktop.vault.key_wrapping import (
    KEY_BYTES,
    STANDARD_KDF,
    KdfProfile,
    normalise_passphrase,
    unwrap_key,
    wrap_key,
)
from tarahum_desktop.vault.slots import SLOTS_FILE, Slot, SlotDocument, checked_login, write_slots

DATABASE_FILE = "records.db"
ATTEMPTS_FILE = "attempts.json"
LOCK_FILE = "vault.lock"


class UserSlot(NamedTuple):
    """Who a slot is for: the name typed at the lock screen and the id of the user's row."""

    login: str
    user_id: uuid.UUID


class OpenVault:
    """An unlocked vault. Lock it when done; it is its own context manager."""

    def __init__(
        self,
        *,
        folder: Path,
        engine: Engine,
        slot: Slot,
        document: SlotDocument,
        key: bytearray,
        lock: FolderLock,
    ) -> None:
        self.folder = folder
        self.login = slot.login
        self.user_id = slot.slot_id
        self._engine: Engine | None = engine
        self._document = document
        self._key = key
        self._lock = lock

    @property
    def engine(self) -> Engine:
        """The database; raises ``VaultLocked`` after ``lock``."""
        if self._engine is None:
            raise VaultLocked
        return self._engine

    @property
    def vault_id(self) -> uuid.UUID:
        """The id given when the vault was created."""
        return self._document.vault_id

    @property
    def locked(self) -> bool:
        """Whether ``lock`` has been called."""
        return self._engine is None

    def users(self) -> list[str]:
        """Return the logins that can open this vault."""
        return self._document.users()

    def add_user(self, user: UserSlot, passphrase: str, *, profile: KdfProfile = STANDARD_KDF) -> None:
        """Give another user a way in.

        Raises:
            LoginTaken, LoginInvalid, SlotsFull, PassphraseTooShort, PassphraseTooLong, DiskFull.
        """
        self._require_open()
        self._save(document_with_user(self._document, user, passphrase, self._key, profile))

    def remove_user(self, user_id: uuid.UUID) -> None:
        """Take a user's way in away; the key itself stays, so an old copy of the whole folder still opens.

        Raises:
            UnknownLogin, LastUser.
        """
        self._require_open()
        remaining = self._document.without_slot(user_id)
        if len(remaining.slots) == len(self._document.slots):
            raise UnknownLogin
        if not remaining.users():
            raise LastUser
        self._save(remaining)

    def take_identity(
        self, user_id: uuid.UUID, passphrase: str, *, profile: KdfProfile = STANDARD_KDF
    ) -> None:
        """Give the user who opened the vault the id their centre knows them by; the login stays.

        ``passphrase`` is the one that opened the vault: the wrap is bound to the id and so is made anew.
        """
        self._require_open()
        document = self._document.without_slot(self.user_id)
        user = UserSlot(self.login, user_id)
        self._save(document_with_user(document, user, passphrase, self._key, profile))
        self.user_id = user_id

    def change_passphrase(
        self, old: str, new: str, *, profile: KdfProfile = STANDARD_KDF, now: float | None = None
    ) -> None:
        """Wrap the key anew for the user who opened the vault.

        Raises:
            WrongPassphrase, TooManyAttempts: about the old words, counted as at unlocking.
            PassphraseTooShort, PassphraseTooLong: about the new ones.
        """
        self._require_open()
        normalise_passphrase(new)
        slot = self._document.find(self.login)
        if slot is None:
            raise UnknownLogin
        try_slot(self.folder, self._document, slot, old, now)[:] = bytes(KEY_BYTES)
        wrapped = wrap_key(self._key, new, profile, self._document.binding(slot.slot_id))
        self._save(self._document.with_replaced(Slot(slot.slot_id, slot.login, slot.kind, wrapped)))

    def check(self) -> None:
        """Read every page of the database; raises ``DatabaseDamaged`` with which ``page``."""
        self._require_open()
        check_database(self.folder / DATABASE_FILE, self._key)

    def lock(self) -> None:
        """Close the database, overwrite the key, free the folder. Doing it again does nothing.

        Sessions and connections still checked out must have been closed by their owners.
        """
        if self._engine is None:
            return
        engine, self._engine = self._engine, None
        try:
            engine.dispose()
        finally:
            self._key[:] = bytes(len(self._key))
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lock()

    def _require_open(self) -> None:
        if self._engine is None:
            raise VaultLocked

    def _save(self, document: SlotDocument) -> None:
        write_slots(self.folder / SLOTS_FILE, document, self._key)
        self._document = document


def document_with_user(
    document: SlotDocument, user: UserSlot, passphrase: str, key: bytearray, profile: KdfProfile
) -> SlotDocument:
    """Return the document with a slot for ``user``."""
    login = checked_login(user.login)
    wrapped = wrap_key(key, passphrase, profile, document.binding(user.user_id))
    return document.with_slot(Slot(user.user_id, login, "user", wrapped))


def try_slot(
    folder: Path, document: SlotDocument, slot: Slot, passphrase: str, now: float | None
) -> bytearray:
    """Return the database key if the words open the slot, counting the try."""
    attempts = AttemptLog(folder / ATTEMPTS_FILE)
    attempts.begin(str(slot.slot_id), time.time() if now is None else now)
    key = unwrap_key(slot.wrapped, passphrase, document.binding(slot.slot_id))
    attempts.succeeded(str(slot.slot_id))
    return key
