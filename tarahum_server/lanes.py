"""Which lanes a request keeps to, told from its head before any work is done for it."""

from collections.abc import Hashable
from typing import Final

import zstandard

from tarahum_desktop.sync.codec.envelope import read_header
from tarahum_desktop.sync.errors import SyncError
from tarahum_server.turns import Lane

_OF_A_CALLER: Final = 2
# Batches of one scope are applied one after the other anyway: one is at work, one is made ready behind it.
_OF_A_SCOPE: Final = 2
# An honest desktop sends 512 KiB at most; what is far larger once unpacked is taken one at a time.
_LARGE_BYTES: Final = 8 * 1024 * 1024


def lanes_of(name: str, caller: Hashable, body: bytes) -> list[Lane]:
    """The lanes of a call; a body that cannot be read keeps to its caller's and is refused in its turn."""
    lanes = [Lane(("caller", caller), _OF_A_CALLER)]
    if name == "push":
        try:
            envelope, header = read_header(body)
            size = zstandard.frame_content_size(envelope.frame)
        except (SyncError, zstandard.ZstdError):
            return lanes
        lanes.append(Lane(("scope", header.scope), _OF_A_SCOPE))
        if max(size, len(body)) > _LARGE_BYTES:
            lanes.append(Lane("large", 1))
    return lanes
