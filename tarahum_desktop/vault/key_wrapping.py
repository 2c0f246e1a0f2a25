"""From a passphrase to the database key: Argon2id stretches the words, AES-256-GCM wraps the key.

The database key is random and never changes with a passphrase. Sources: RFC 9106 (Argon2), NIST SP 800-38D
(AES-GCM; every wrap has a fresh salt, so every wrapping key is used once).
"""

import os
import unicodedata
from typing import Annotated

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tarahum_desktop.vault.errors import PassphraseTooLong, PassphraseTooShort, WrongPassphrase

KEY_BYTES = 32
PASSPHRASE_MINIMUM = 12
PASSPHRASE_MAXIMUM = 256
_SALT_BYTES = 16
_TAG_BYTES = 16
# The wrapping key comes from a fresh salt and encrypts one message in its life, so its nonce may be constant.
_NONCE = bytes(12)


class KdfProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id cost. The upper bounds stop a hostile slot file from taking the machine's memory or an hour."""

    memory_kib: Annotated[int, msgspec.Meta(ge=64, le=1024 * 1024)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=8)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=8)]


STANDARD_KDF = KdfProfile(memory_kib=64 * 1024, passes=3, lanes=4)
"""The second recommendation of RFC 9106 section 4: about 0.2 s on an office machine."""


class WrappedKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A database key that only the right words open."""

    kdf: KdfProfile
    salt: Annotated[bytes, msgspec.Meta(min_length=_SALT_BYTES, max_length=_SALT_BYTES)]
    sealed: Annotated[
        bytes, msgspec.Meta(min_length=KEY_BYTES + _TAG_BYTES, max_length=KEY_BYTES + _TAG_BYTES)
    ]


def normalise_passphrase(passphrase: str) -> bytes:
    """Return the bytes that are stretched: NFKC, so that every keyboard's way to type the same words agrees.

    Raises:
        PassphraseTooShort, PassphraseTooLong: outside 12 to 256 characters after normalising.
    """
    if len(passphrase) > 4 * PASSPHRASE_MAXIMUM:
        raise PassphraseTooLong(maximum=PASSPHRASE_MAXIMUM)
    normal = unicodedata.normalize("NFKC", passphrase)
    if len(normal) < PASSPHRASE_MINIMUM:
        raise PassphraseTooShort(minimum=PASSPHRASE_MINIMUM)
    if len(normal) > PASSPHRASE_MAXIMUM:
        raise PassphraseTooLong(maximum=PASSPHRASE_MAXIMUM)
    return normal.encode("utf-8", "surrogatepass")


def wrap_key(key: bytes | bytearray, passphrase: str, profile: KdfProfile, bound_to: bytes) -> WrappedKey:
    """Wrap a 32-byte key; ``bound_to`` names the vault and slot, so a wrap cannot be moved to another."""
    words = normalise_passphrase(passphrase)
    profile = msgspec.convert(
        msgspec.to_builtins(profile), KdfProfile
    )  # constructing a Struct checks no bounds
    salt = os.urandom(_SALT_BYTES)
    sealed = AESGCM(_stretch(words, salt, profile)).encrypt(_NONCE, bytes(key), bound_to)
    return WrappedKey(profile, salt, sealed)


def unwrap_key(wrapped: WrappedKey, passphrase: str, bound_to: bytes) -> bytearray:
    """Return the key in a buffer its owner can overwrite.

    Raises:
        WrongPassphrase: also for words that could never have been accepted as a passphrase.
    """
    try:
        words = normalise_passphrase(passphrase)
        cipher = AESGCM(_stretch(words, wrapped.salt, wrapped.kdf))
        return bytearray(cipher.decrypt(_NONCE, wrapped.sealed, bound_to))
    except (InvalidTag, PassphraseTooShort, PassphraseTooLong) as error:
        raise WrongPassphrase from error


def _stretch(words: bytes, salt: bytes, profile: KdfProfile) -> bytes:
    return hash_secret_raw(
        words,
        salt,
        time_cost=profile.passes,
        memory_cost=profile.memory_kib,
        parallelism=profile.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
