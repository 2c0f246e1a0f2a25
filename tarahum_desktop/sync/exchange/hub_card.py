"""The card by which an office's hub is known before anything is said to it: its certificate under its device's key.

The certificate is made anew at each start and belongs to no authority. What binds it to the office is the signature
of the device's own key, which every replica holds in its national scope. Whoever repeats the card without the
certificate's private key gets no further than the handshake.
"""

import hashlib
from typing import Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.sync.carriers.trust import FINGERPRINT_BYTES, CentreUntrusted
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.signatures import verify

OFFICE: Final = "office"
CARD_PATH: Final = "/v1/hub-card"
MAX_CARD_BYTES: Final = 1024
_SIGNING_CONTEXT: Final = b"tarahum hub 1\x00"
SALT_BYTES: Final = 8
_MARK_BYTES: Final = 8


class HubCard(msgspec.Struct, array_like=True, frozen=True):
    """``fingerprint`` is the SHA-256 of the certificate in DER, ``time`` in UTC milliseconds by the hub's clock."""

    device: int
    fingerprint: bytes
    time: int
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return _SIGNING_CONTEXT + msgspec.msgpack.encode((self.device, self.fingerprint, self.time))


def sign_card(device: int, fingerprint: bytes, time: int, signer: Signer) -> bytes:
    """The card as it is shown."""
    card = HubCard(device, fingerprint, time)
    return msgspec.msgpack.encode(msgspec.structs.replace(card, signature=signer.sign(card.signed_bytes())))


def read_card(shown: bytes) -> HubCard:
    """A card, nothing verified yet but its shape; raises CentreUntrusted."""
    if len(shown) > MAX_CARD_BYTES:
        raise CentreUntrusted
    try:
        card = msgspec.msgpack.decode(shown, type=HubCard)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CentreUntrusted from error
    if len(card.fingerprint) != FINGERPRINT_BYTES:
        raise CentreUntrusted
    return card


def known_hub(connection: Connection, card: HubCard, committee: str) -> KnownDevice:
    """The office whose card this is, by what the national scope here says of it.

    Raises:
        CentreUntrusted: no such device, revoked, no office, another committee's, or not its signature.
    """
    try:
        device = find_device(connection, card.device)
    except SyncError as error:
        raise CentreUntrusted from error
    is_ours = device.kind == OFFICE and device.committee == committee and not device.revoked
    if not is_ours or not verify(device.signing_key, card.signature, card.signed_bytes()):
        raise CentreUntrusted
    return device


def mark(salt: bytes, committee: str, centre_key: bytes) -> bytes:
    """What a hub announces of its committee: it tells those who know the committee and its centre, and nobody else."""
    return hashlib.sha256(b"tarahum mark 1\x00" + salt + centre_key + committee.encode()).digest()[
        :_MARK_BYTES
    ]
