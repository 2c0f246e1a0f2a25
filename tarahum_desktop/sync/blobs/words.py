"""The centre's signed word that it has all of a content: kept with the content, believed from whoever brings it.

A laptop that meets only its office's hub, and a prison that only sends pouches, learn by it that a picture is safe.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, update

from tarahum_desktop.models import Blob
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.store import DOUBTED
from tarahum_desktop.sync.blobs.wanted import to_send
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting
from tarahum_desktop.sync.signatures import verify

_BLOB: Any = Blob.__table__
_A_QUERY: Final = 400
# As long as this machine believes what it was told directly: the centre may have been set back since.
BELIEVED_MS: Final = 30 * 24 * 60 * 60 * 1000


class BlobReceipt(msgspec.Struct, array_like=True, frozen=True):
    """The answering side's signed word that it holds all of a content."""

    sha256: bytes
    size: int
    device: int
    time: int
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return b"tarahum file 1\x00" + msgspec.msgpack.encode(
            (self.sha256, self.size, self.device, self.time)
        )


def sign_word(replica: Replica, sha256: bytes, size: int) -> BlobReceipt:
    """This replica's own word on a content that is whole here."""
    unsigned = BlobReceipt(sha256, size, replica.device, replica.wall())
    return msgspec.structs.replace(unsigned, signature=replica.signer.sign(unsigned.signed_bytes()))


def take_word(
    connection: Connection, replica: Replica, word: BlobReceipt, centre_device: int, centre_key: bytes
) -> bool:
    """Believe the centre's word on a content that is whole here, and keep it for handing on; whether it was news.

    A word that the centre did not sign, of another content, from too long ago or from before the centre was set back
    confirms nothing.
    """
    doubted: int = read_setting(connection, DOUBTED) or 0
    if word.device != centre_device or word.time <= max(doubted, replica.now() - BELIEVED_MS):
        return False
    if not verify(centre_key, word.signature, word.signed_bytes()):
        return False
    told_at = from_milliseconds(min(word.time, replica.now()))
    unknown = (
        _BLOB.c.sha256 == word.sha256,
        _BLOB.c.size == word.size,
        _BLOB.c.whole,
        _BLOB.c.confirmed_at.is_(None),
    )
    taken = connection.execute(
        update(_BLOB).where(*unknown).values(confirmed_at=told_at, receipt=msgspec.msgpack.encode(word))
    )
    return bool(taken.rowcount)


def words_on(
    connection: Connection, replica: Replica, names: Iterable[bytes], *, own: bool
) -> list[BlobReceipt]:
    """The centre's words on some contents: its ``own``, signed now, or those kept here as long as they are believed."""
    wanted = sorted(set(names))
    found: list[BlobReceipt] = []
    for at in range(0, len(wanted), _A_QUERY):
        here = _BLOB.c.sha256.in_(wanted[at : at + _A_QUERY])
        if own:
            query = select(_BLOB.c.sha256, _BLOB.c.size).where(here, _BLOB.c.whole)
            found += [sign_word(replica, *row) for row in connection.execute(query).all()]
        else:
            kept = select(_BLOB.c.receipt).where(
                here, _BLOB.c.confirmed_at.is_not(None), _BLOB.c.receipt.is_not(None)
            )
            found += [msgspec.msgpack.decode(one, type=BlobReceipt) for one in connection.scalars(kept)]
    return found


def unconfirmed(connection: Connection, limit: int | None = None) -> list[bytes]:
    """Contents here of which nobody said yet that the centre has them."""
    return [one.sha256 for one in to_send(connection, limit)]
