"""Fetches one content that is on record here but has not arrived, because somebody wants to look at it now."""

from typing import Final

from tarahum_desktop.casework.attachments.errors import ContentNotFetched, ContentNotThere
from tarahum_desktop.casework.exchanges import KnownCentre
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.store import is_whole
from tarahum_desktop.sync.exchange.blob_phase import move_files
from tarahum_desktop.sync.exchange.carrier import Carrier, LineFailed
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.replica import Replica

_LINE_FAILED: Final = LineFailed.code


def fetch_blob(
    replica: Replica, line: Carrier, centre: KnownCentre, sha256: bytes, hub: OtherSide | None = None
) -> None:
    """Bring one content here over an open line to the centre, or to an office's ``hub``; nothing else moves with it.

    Raises:
        LineFailed: it broke off; the next time goes on from there.
        ContentNotThere: the other side does not have it yet.
        ContentNotFetched: it refused, or this machine's disk is full. Fact ``reason``.
    """
    side = hub or OtherSide(centre.centre_device, centre.centre_key, is_centre=True)
    policy = BlobPolicy(wanted=frozenset({sha256}), alone=True)
    found = move_files(replica, line, side, policy, lambda _files: None)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        if is_whole(connection, sha256):
            return
    if found.code == _LINE_FAILED:
        raise LineFailed
    raise ContentNotFetched(reason=found.code) if found.code else ContentNotThere
