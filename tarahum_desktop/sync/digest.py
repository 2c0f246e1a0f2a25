"""One number for all rows of a scope, the same whatever order they came in.

Each row's merge state (its stamps, not its values: a stamp names one edit for ever, and every batch is
signed) is hashed to 64 bits; the digest is their sum modulo 2**64, so a change subtracts the old hash and adds
the new one without reading the other rows. It proves completeness between honest replicas; it is not a defence
against forgery, which the signatures are.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

MODULUS = 2**64


def row_hash(
    entity: str,
    row_id: bytes,
    stamp: bytes,
    field_stamps: Mapping[str, bytes],
    open_heads: Iterable[tuple[str, bytes]],
) -> int:
    """The hash of one row: creation stamp, stamps of edited fields, stamps of open conflicts."""
    parts = [entity.encode(), b"\x00", row_id, stamp]
    for field, edited in sorted(field_stamps.items()):
        parts += (field.encode(), b"\x00", edited)
    for field, losing in sorted(open_heads):
        parts += (b"!", field.encode(), b"\x00", losing)
    return int.from_bytes(blake2b(b"".join(parts), digest_size=8).digest(), "big")


def new_rows_hash(entity: str, row_ids: Iterable[bytes], stamps: Iterable[bytes]) -> int:
    """The sum of the hashes of rows nobody has edited yet."""
    start = entity.encode() + b"\x00"
    total = 0
    for row_id, stamp in zip(row_ids, stamps, strict=True):
        total += int.from_bytes(blake2b(start + row_id + stamp, digest_size=8).digest(), "big")
    return total % MODULUS


def add(digest: bytes, amount: int) -> bytes:
    """The 8-byte digest after adding (or subtracting) hashes."""
    return ((int.from_bytes(digest, "big") + amount) % MODULUS).to_bytes(8, "big")
