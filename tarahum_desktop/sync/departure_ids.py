"""The id of a departure, which everybody can work out from the scope and the row that left it."""

import uuid
from hashlib import blake2b
from typing import Final

_TIME_BYTES: Final = 6


def departure_id(scope: str, row_id: bytes) -> uuid.UUID:
    """The id of the departure of a row from a scope; it keeps the row's time, so that it packs as well as the row's own."""
    name = blake2b(scope.encode() + b"\x00" + row_id, digest_size=16 - _TIME_BYTES).digest()
    return uuid.UUID(bytes=row_id[:_TIME_BYTES] + name)
