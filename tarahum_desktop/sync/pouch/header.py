"""The clear beginning of a pouch file: enough to say whose it is and whether all of it is there, and nothing else.

``TRHPOUCH``, format (2 bytes), number (8), maker (4), how many receivers (1), their numbers (4 each), size of the
sealed content (8), SHA-256 of it (32). Whole numbers are big-endian.
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from tarahum_desktop.sync.pouch.errors import (
    PouchDamaged,
    PouchError,
    PouchHalfCopied,
    PouchNewer,
    PouchTooLarge,
)

SUFFIX: Final = ".tarahum-pouch"
FORMAT: Final = 1
MAGIC: Final = b"TRHPOUCH"
MOST_RECEIVERS: Final = 8
MOST_BYTES: Final = 8 * 1024**3
PIECE: Final = 1024 * 1024
_FIXED: Final = struct.Struct(">HQIB")
_END: Final = struct.Struct(">Q32s")
_GROUPS: Final = 4


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in clear; ``fingerprint`` is the SHA-256 of the sealed content."""

    number: int
    maker: int
    receivers: tuple[int, ...]
    size: int = 0
    fingerprint: bytes = bytes(32)

    @property
    def file_name(self) -> str:
        """What its file is called: it sorts by number, and says from whom to whom."""
        return f"{self.number:06d}-{self.maker}-{self.receivers[0] if self.receivers else 0}{SUFFIX}"

    def pack(self) -> bytes:
        """As bytes; their length does not depend on size and fingerprint."""
        return b"".join(
            (
                MAGIC,
                _FIXED.pack(FORMAT, self.number, self.maker, len(self.receivers)),
                struct.pack(f">{len(self.receivers)}I", *self.receivers),
                _END.pack(self.size, self.fingerprint),
            )
        )


def read_header(file: BinaryIO) -> Header:
    """The header at the beginning of a file, which is left where the sealed content begins.

    Raises:
        PouchError: not a pouch.
        PouchNewer, PouchHalfCopied, PouchTooLarge.
    """
    start = file.read(len(MAGIC) + _FIXED.size)
    if start[: len(MAGIC)] != MAGIC:
        raise PouchError
    if len(start) < len(MAGIC) + _FIXED.size:
        raise PouchHalfCopied(percent=0)
    form, number, maker, count = _FIXED.unpack(start[len(MAGIC) :])
    if form > FORMAT:
        raise PouchNewer(format=form)
    if form < 1 or not 0 < count <= MOST_RECEIVERS:
        raise PouchError
    rest = file.read(4 * count + _END.size)
    if len(rest) < 4 * count + _END.size:
        raise PouchHalfCopied(percent=0)
    size, fingerprint = _END.unpack(rest[4 * count :])
    if size > MOST_BYTES:
        raise PouchTooLarge
    return Header(number, maker, struct.unpack(f">{count}I", rest[: 4 * count]), size, fingerprint)


def check_whole(file: BinaryIO, header: Header) -> None:
    """Read all of the sealed content and leave the file where it began; raises PouchHalfCopied or PouchDamaged."""
    begin, seen, digest = file.tell(), 0, hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
        seen += len(piece)
        if seen > header.size:
            raise PouchDamaged
    if seen < header.size:
        raise PouchHalfCopied(percent=seen * 100 // header.size)
    if digest.digest() != header.fingerprint:
        raise PouchDamaged
    file.seek(begin)


def fingerprint_digits(fingerprint: bytes) -> str:
    """Sixteen digits in groups of four, for eyes to compare a paper with a screen (53 bits of the fingerprint)."""
    digits = f"{int.from_bytes(fingerprint) % 10 ** (4 * _GROUPS):0{4 * _GROUPS}d}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
