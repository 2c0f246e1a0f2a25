"""The slot document: who may open the vault, and the database key wrapped once for each of them.

The file carries two checks. A plain SHA-256 tells damage apart from wrong words before anybody is asked to type.
A keyed seal, checked once the key is known, tells that nobody without the key has added, dropped or renamed a slot.
Logins stand in it in the clear, because the lock screen lists them; nothing else about a person does.
"""

import hashlib
import hmac
import unicodedata
import uuid
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tarahum_desktop.vault.errors import (
    LoginInvalid,
    LoginTaken,
    SlotFileDamaged,
    SlotFileMissing,
    SlotFileNewer,
    SlotsFull,
)
from tarahum_desktop.vault.key_wrapping import KEY_BYTES, WrappedKey
from tarahum_desktop.vault.safe_files import replace_file

SLOTS_FILE = "slots.json"
FORMAT_VERSION = 1
MAXIMUM_SLOTS = 200
MAXIMUM_FILE_BYTES = 256 * 1024
LOGIN_MAXIMUM = 64

_Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
_Login = Annotated[str, msgspec.Meta(min_length=1, max_length=LOGIN_MAXIMUM)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's, or one recovery sheet's, way to the database key."""

    slot_id: uuid.UUID
    login: _Login
    kind: Literal["user", "recovery"]
    wrapped: WrappedKey


class SlotDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots of one vault. ``cipher_salt`` is a copy of the 16 bytes the database file begins with."""

    version: int
    vault_id: uuid.UUID
    cipher_salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(max_length=MAXIMUM_SLOTS)]

    def users(self) -> list[str]:
        """Return the logins of people, in the order they were added."""
        return [slot.login for slot in self.slots if slot.kind == "user"]

    def find(self, login: str) -> Slot | None:
        """Return the slot of a login, however its letters are composed or cased."""
        wanted = _folded(login)
        return next((slot for slot in self.slots if _folded(slot.login) == wanted), None)

    def binding(self, slot_id: uuid.UUID) -> bytes:
        """Return what a wrapped key is bound to."""
        return b"tarahum slot 1" + self.vault_id.bytes + slot_id.bytes

    def with_slot(self, slot: Slot) -> "SlotDocument":
        """Return the document with one slot more."""
        if len(self.slots) >= MAXIMUM_SLOTS:
            raise SlotsFull(maximum=MAXIMUM_SLOTS)
        if self.find(slot.login) is not None or any(other.slot_id == slot.slot_id for other in self.slots):
            raise LoginTaken
        return msgspec.structs.replace(self, slots=(*self.slots, slot))

    def without_slot(self, slot_id: uuid.UUID) -> "SlotDocument":
        """Return the document less one slot."""
        return msgspec.structs.replace(self, slots=tuple(s for s in self.slots if s.slot_id != slot_id))

    def with_replaced(self, slot: Slot) -> "SlotDocument":
        """Return the document with the slot of the same id exchanged."""
        slots = tuple(slot if old.slot_id == slot.slot_id else old for old in self.slots)
        return msgspec.structs.replace(self, slots=slots)


class SlotFile(msgspec.Struct, frozen=True):
    """A document as read, with the seal that waits for the key."""

    document: SlotDocument
    seal: bytes

    def sealed_by(self, key: bytes | bytearray) -> bool:
        """Tell whether the holder of ``key`` wrote this very document; this is also the key-check value."""
        return hmac.compare_digest(self.seal, _seal(_encode(self.document), key))


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: msgspec.Raw
    seal: _Digest
    checksum: _Digest


class _VersionOnly(msgspec.Struct, frozen=True):
    version: int


def checked_login(login: str) -> str:
    """Return the login in composed form.

    Raises:
        LoginInvalid: empty, over 64 characters, or holding control, direction or unassigned characters.
    """
    composed = unicodedata.normalize("NFC", login).strip()
    if not 0 < len(composed) <= LOGIN_MAXIMUM or any(unicodedata.category(c)[0] == "C" for c in composed):
        raise LoginInvalid
    return composed


def list_users(folder: Path) -> list[str]:
    """Return the logins the lock screen offers; importing this file loads neither tables nor drivers.

    Raises:
        SlotFileMissing, SlotFileDamaged, SlotFileNewer.
    """
    return read_slots(folder / SLOTS_FILE).document.users()


def read_slots(path: Path) -> SlotFile:
    """Read and check a slot file.

    Raises:
        SlotFileMissing, SlotFileDamaged, SlotFileNewer: before any passphrase is stretched.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SlotFileMissing from error
    return parse_slots(content)


def parse_slots(content: bytes) -> SlotFile:
    """Check the bytes of a slot file.

    Raises:
        SlotFileDamaged, SlotFileNewer.
    """
    if len(content) > MAXIMUM_FILE_BYTES:
        raise SlotFileDamaged
    try:
        return _decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SlotFileDamaged from error


def write_slots(path: Path, document: SlotDocument, key: bytes | bytearray) -> None:
    """Replace the slot file in one step; the old one stays whole if anything fails."""
    body = _encode(document)
    seal = _seal(body, key)
    envelope = _Envelope(msgspec.Raw(body), seal, _checksum(body, seal))
    replace_file(path, _encode(envelope))


def _decode(content: bytes) -> SlotFile:
    envelope = msgspec.json.decode(content, type=_Envelope)
    body = bytes(envelope.document)
    if not hmac.compare_digest(envelope.checksum, _checksum(body, envelope.seal)):
        raise SlotFileDamaged
    version = msgspec.json.decode(body, type=_VersionOnly).version
    if version > FORMAT_VERSION:
        raise SlotFileNewer(version=version)
    document = msgspec.json.decode(body, type=SlotDocument)
    # There is one way to write a document, so a byte that says the same in another way is damage too.
    if _encode(envelope) != content or _encode(document) != body:
        raise SlotFileDamaged
    return SlotFile(document, envelope.seal)


def _encode(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _checksum(body: bytes, seal: bytes) -> bytes:
    return hashlib.sha256(b"tarahum slots" + seal + body).digest()


def _seal(body: bytes, key: bytes | bytearray) -> bytes:
    sealing_key = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"tarahum slot file seal").derive(key)
    return hmac.digest(sealing_key, body, "sha256")


def _folded(login: str) -> str:
    return unicodedata.normalize("NFKC", login).strip().casefold()
