"""Row ids: UUIDv7 (RFC 9562 §5.7), so that rows made together lie together in every index."""

import secrets
import time
import uuid

_SEED_ROWS = uuid.UUID("6d1f5c1e-6a6b-5b0e-9f0a-7a6172616875")


def new_id(milliseconds: int | None = None) -> uuid.UUID:
    """A fresh UUIDv7 of the given wall time (default: now), with 74 random bits."""
    now = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    return make_id(now, secrets.randbits(74))


def make_id(milliseconds: int, random_bits: int) -> uuid.UUID:
    """The UUIDv7 of a time and 74 given random bits."""
    high = (random_bits >> 62) & 0xFFF
    low = random_bits & 0x3FFF_FFFF_FFFF_FFFF
    return uuid.UUID(int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def seed_id(entity: str, code: str) -> uuid.UUID:
    """The fixed id (UUIDv5) of a catalogue or organisation row, equal on every installation."""
    return uuid.uuid5(_SEED_ROWS, f"{entity}:{code}")
