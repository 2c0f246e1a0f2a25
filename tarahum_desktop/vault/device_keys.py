"""A device's own keys: one pair to sign what it sends, one pair to open what is sealed for it.

Made on the device, kept as bytes inside the encrypted database, never leaving it. Ed25519 is RFC 8032, X25519
RFC 7748.
"""

from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PRIVATE_BYTES = 32
_FORMAT = b"\x01"


class DeviceKeys:
    """Both pairs. ``sign`` makes it the signer that sync asks for."""

    def __init__(self, signing: Ed25519PrivateKey, sealing: X25519PrivateKey) -> None:
        self._signing = signing
        self._sealing = sealing

    @classmethod
    def generate(cls) -> Self:
        """Make new keys."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what ``to_bytes`` gave; raises ValueError for anything else."""
        if len(stored) != 1 + 2 * PRIVATE_BYTES or stored[:1] != _FORMAT:
            raise ValueError("not a device key record")
        signing, sealing = stored[1 : 1 + PRIVATE_BYTES], stored[1 + PRIVATE_BYTES :]
        return cls(
            Ed25519PrivateKey.from_private_bytes(signing), X25519PrivateKey.from_private_bytes(sealing)
        )

    def to_bytes(self) -> bytes:
        """Return both private keys in 65 bytes, for the encrypted database only."""
        return _FORMAT + self.signing_private + self.sealing_private

    @property
    def signing_private(self) -> bytes:
        """The 32-byte Ed25519 seed."""
        return self._signing.private_bytes_raw()

    @property
    def sealing_private(self) -> bytes:
        """The 32-byte X25519 private key."""
        return self._sealing.private_bytes_raw()

    @property
    def signing_public(self) -> bytes:
        """The 32-byte Ed25519 public key: the device's name in signatures."""
        return self._signing.public_key().public_bytes_raw()

    @property
    def sealing_public(self) -> bytes:
        """The 32-byte X25519 public key others seal to."""
        return self._sealing.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature of ``data``."""
        return self._signing.sign(data)

    def __repr__(self) -> str:
        return f"DeviceKeys(signing_public={self.signing_public.hex()})"
