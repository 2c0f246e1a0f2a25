"""The parts inside a pouch, one after the other: ``length (4 bytes), [kind, size, scope, name, at, whole], content``.

Written from an iterator and read from pieces of any length, so that neither side holds more than one part.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import msgspec

from tarahum_desktop.sync.codec.envelope import MAX_PAYLOAD_BYTES
from tarahum_desktop.sync.codec.page import MAX_PAGE_BYTES
from tarahum_desktop.sync.pouch.errors import PouchTampered, PouchTooLarge

MOST_PARTS: Final = 500_000
_MOST_HEADER: Final = 512
_LENGTH: Final = 4


class Kind(IntEnum):
    """What a part is; a reader passes over kinds it does not know."""

    HEAD = 1
    TAIL = 2
    BATCH = 3
    PAGE = 4
    FILE = 5
    RECEIPT = 6
    FILE_WORDS = 7


_MOST: Final[Mapping[int, int]] = MappingProxyType(
    {
        Kind.HEAD: 4 * 1024 * 1024,
        Kind.TAIL: 1024 * 1024,
        Kind.BATCH: MAX_PAYLOAD_BYTES,
        Kind.PAGE: MAX_PAGE_BYTES,
        Kind.FILE: 1024 * 1024,
        Kind.RECEIPT: 4 * 1024 * 1024,
        Kind.FILE_WORDS: 1024 * 1024,
    }
)
_MOST_STRANGE: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    ``scope`` of batches and pages; ``name`` (SHA-256), ``at`` and ``whole`` (bytes) of a piece of a file. ``rows``
    is for counting and does not travel.
    """

    kind: int
    content: bytes
    scope: str = ""
    name: bytes = b""
    at: int = 0
    whole: int = 0
    rows: int = 0

    def frame(self) -> bytes:
        """As it stands in the pouch."""
        header = msgspec.msgpack.encode(
            (int(self.kind), len(self.content), self.scope, self.name, self.at, self.whole)
        )
        return len(header).to_bytes(_LENGTH) + header + self.content


class FrameSource:
    """Gives frames as one stream of bytes, each made when it is reached."""

    def __init__(self, frames: Iterator[bytes]) -> None:
        self._frames = frames
        self._left = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes of the frame at hand; nothing at the end."""
        while not self._left:
            frame = next(self._frames, None)
            if frame is None:
                return b""
            self._left = memoryview(frame)
        length = len(self._left) if size < 0 else min(size, len(self._left))
        piece, self._left = bytes(self._left[:length]), self._left[length:]
        return piece


class FrameSink:
    """Takes pieces of the stream and hands on each part when it is whole, with the hash of all before it."""

    def __init__(self, take: Callable[[Part, bytes], None]) -> None:
        self._take = take
        self._held = bytearray()
        self._header: tuple[int, int, str, bytes, int, int] | None = None
        self._header_end = 0
        self._digest = hashlib.sha256()
        self._seen = 0

    def write(self, piece: bytes) -> int:
        """Take a piece; raises PouchTampered or PouchTooLarge for what cannot be parts."""
        self._held += piece
        while self._step():
            pass
        return len(piece)

    def end(self) -> None:
        """Nothing more comes; raises PouchTampered in the middle of a part."""
        if self._held or self._header is not None:
            raise PouchTampered

    def _step(self) -> bool:
        if self._header is None:
            return self._read_header()
        size = self._header[1]
        if len(self._held) < self._header_end + size:
            return False
        kind, _, scope, name, at, whole = self._header
        content = bytes(self._held[self._header_end : self._header_end + size])
        before = self._digest.digest()
        self._digest.update(memoryview(self._held)[: self._header_end + size])
        del self._held[: self._header_end + size]
        self._header = None
        self._seen += 1
        if self._seen > MOST_PARTS:
            raise PouchTooLarge
        self._take(Part(kind, content, scope, name, at, whole), before)
        return True

    def _read_header(self) -> bool:
        if len(self._held) < _LENGTH:
            return False
        length = int.from_bytes(self._held[:_LENGTH])
        if not 0 < length <= _MOST_HEADER:
            raise PouchTampered
        if len(self._held) < _LENGTH + length:
            return False
        try:
            header = msgspec.msgpack.decode(
                bytes(self._held[_LENGTH : _LENGTH + length]), type=tuple[int, int, str, bytes, int, int]
            )
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise PouchTampered from error
        if not 0 <= header[1] <= _limit(header[0]):
            raise PouchTooLarge
        self._header, self._header_end = header, _LENGTH + length
        return True


def _limit(kind: int) -> int:
    return _MOST.get(kind, _MOST_STRANGE)
