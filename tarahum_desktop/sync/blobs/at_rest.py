"""How chunks lie in a database that is not encrypted itself: sealed under a key that is kept outside of it.

AES-256-GCM (NIST SP 800-38D), bound to the content and the offset a chunk belongs to. A desktop's whole database is
encrypted, so there chunks lie as they are.
"""

import os
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tarahum_desktop.sync.errors import SyncError

KEY_BYTES: Final = 32
# What a chunk begins with that was sealed here: others are from before and are read as they lie.
_SEALED: Final = b"\x00tarahum sealed 1"
_NONCE_BYTES: Final = 12
_OVERHEAD: Final = len(_SEALED) + _NONCE_BYTES + 16


def new_key() -> bytes:
    """A fresh key."""
    return AESGCM.generate_key(KEY_BYTES * 8)


class AtRest(Protocol):
    """How chunks are written and read."""

    def close(self, sha256: bytes, at: int, plain: bytes) -> bytes:
        """A chunk as it is kept."""

    def open(self, sha256: bytes, at: int, kept: bytes) -> bytes:
        """A chunk as it was; raises SyncError ``blob_sealed``."""

    def length(self, kept: bytes) -> int:
        """How many bytes a kept chunk stands for."""

    def settled(self, kept: bytes) -> bool:
        """Whether it lies the way this one would keep it."""


class InTheClear:
    """As they are: the database around them is encrypted."""

    def close(self, sha256: bytes, at: int, plain: bytes) -> bytes:
        """The same."""
        del sha256, at
        return plain

    def open(self, sha256: bytes, at: int, kept: bytes) -> bytes:
        """The same."""
        del sha256, at
        return kept

    def length(self, kept: bytes) -> int:
        """Its own."""
        return len(kept)

    def settled(self, kept: bytes) -> bool:
        """Always."""
        del kept
        return True


class Sealed:
    """Under a key of 32 bytes; chunks from before there was one are still read."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, sha256: bytes, at: int, plain: bytes) -> bytes:
        """Mark, nonce, sealed bytes with their tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return _SEALED + nonce + self._cipher.encrypt(nonce, plain, _bound_to(sha256, at))

    def open(self, sha256: bytes, at: int, kept: bytes) -> bytes:
        """Raises SyncError ``blob_sealed`` for another key, another place, or a changed byte."""
        if not self.settled(kept):
            return kept
        nonce = kept[len(_SEALED) : len(_SEALED) + _NONCE_BYTES]
        try:
            return self._cipher.decrypt(nonce, kept[len(_SEALED) + _NONCE_BYTES :], _bound_to(sha256, at))
        except InvalidTag as error:
            raise SyncError("blob_sealed", at=at) from error

    def length(self, kept: bytes) -> int:
        """Without what sealing adds."""
        return len(kept) - _OVERHEAD if self.settled(kept) else len(kept)

    def settled(self, kept: bytes) -> bool:
        """Whether it begins with the mark."""
        return kept.startswith(_SEALED) and len(kept) >= _OVERHEAD


def _bound_to(sha256: bytes, at: int) -> bytes:
    return sha256 + at.to_bytes(8)


CLEAR: Final[AtRest] = InTheClear()
