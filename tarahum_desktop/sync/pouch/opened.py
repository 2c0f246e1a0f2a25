"""A pouch file looked through from its first to its last byte before anything is believed: nothing changes here.

The content is read twice: once to check all of it, once to take it in. What is taken in must be byte for byte what was
checked, so that a stick which answers differently the second time changes nothing either.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from tarahum_desktop.sync.blobs.words import BlobReceipt
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.pouch.errors import PouchForeign, PouchTampered, PouchTooLarge
from tarahum_desktop.sync.pouch.frames import FrameSink, Kind, Part
from tarahum_desktop.sync.pouch.header import Header, check_whole, read_header
from tarahum_desktop.sync.pouch.manifest import MOST_WANTED, Head, Tail, check_head, read_head, read_tail
from tarahum_desktop.sync.pouch.seal import open_stream

KeyOfMaker = Callable[[Head], bytes]


@dataclass(slots=True)
class Opened:
    """A pouch that was checked whole; ``begin`` is where its sealed content begins in the file."""

    header: Header
    head: Head
    tail: Tail
    begin: int
    hashes: list[bytes] = field(default_factory=list)
    last_page: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, VectorReceipt] = field(default_factory=dict)
    words: list[BlobReceipt] = field(default_factory=list)


class _Checker:
    """Takes the parts of the first reading."""

    def __init__(self, header: Header, key_of: KeyOfMaker) -> None:
        self._header, self._key_of = header, key_of
        self._key = b""
        self.head: Head | None = None
        self.tail: Tail | None = None
        self.hashes: list[bytes] = []
        self.last_page: dict[str, int] = {}
        self.receipts: dict[str, VectorReceipt] = {}
        self.words: list[BlobReceipt] = []

    def take(self, part: Part, before: bytes) -> None:
        if self.tail is not None or (self.head is None) != (part.kind == Kind.HEAD):
            raise PouchTampered
        if part.kind == Kind.HEAD:
            self._take_head(part.content)
        elif part.kind == Kind.TAIL:
            self.tail = read_tail(part.content, self._key)
            if self.tail.content != before or self.tail.parts != len(self.hashes) - 1:
                raise PouchTampered
        elif part.kind == Kind.PAGE:
            self.last_page[part.scope] = len(self.hashes)
        elif part.kind == Kind.RECEIPT:
            self._take_receipt(part)
        elif part.kind == Kind.FILE_WORDS:
            self._take_words(part)
        self.hashes.append(hash_of(part))

    def _take_head(self, signed: bytes) -> None:
        head, header = read_head(signed), self._header
        if (head.number, head.maker, tuple(head.receivers)) != (
            header.number, header.maker, header.receivers,
        ):  # fmt: skip
            raise PouchTampered
        self._key = self._key_of(head)
        check_head(signed, self._key)
        self.head = head

    def _take_receipt(self, part: Part) -> None:
        try:
            receipt = msgspec.msgpack.decode(part.content, type=VectorReceipt)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise PouchTampered from error
        self.receipts[receipt.scope] = receipt

    def _take_words(self, part: Part) -> None:
        try:
            self.words += msgspec.msgpack.decode(part.content, type=list[BlobReceipt])
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise PouchTampered from error
        if len(self.words) > MOST_WANTED:
            raise PouchTooLarge


def hash_of(part: Part) -> bytes:
    """What must be the same in both readings."""
    return hashlib.sha256(part.frame()).digest()


def look_through(file: BinaryIO, private: bytes, key_of: KeyOfMaker) -> Opened:
    """Check a pouch whole; the file may be read again from ``begin`` on.

    Raises:
        PouchError and its kinds; PouchForeign names the receiver it is sealed to.
    """
    header = read_header(file)
    begin = file.tell()
    check_whole(file, header)
    checker = _Checker(header, key_of)
    sink = FrameSink(checker.take)
    try:
        open_stream(file, sink, private)
    except PouchForeign as error:
        raise foreign(header) from error
    sink.end()
    if checker.head is None or checker.tail is None:
        raise PouchTampered
    return Opened(
        header, checker.head, checker.tail, begin, checker.hashes, checker.last_page, checker.receipts,
        checker.words,
    )  # fmt: skip


def foreign(header: Header) -> PouchForeign:
    """The refusal of a pouch that is for somebody else."""
    return PouchForeign(number=header.number, maker=header.maker, receiver=header.receivers[0])


def read_again(file: BinaryIO, opened: Opened, private: bytes, take: Callable[[int, Part], None]) -> None:
    """Hand on each part with its place, as it was when it was checked; raises PouchTampered when it is not."""
    place = 0

    def compare(part: Part, _before: bytes) -> None:
        nonlocal place
        if place >= len(opened.hashes) or hash_of(part) != opened.hashes[place]:
            raise PouchTampered
        take(place, part)
        place += 1

    file.seek(opened.begin)
    sink = FrameSink(compare)
    open_stream(file, sink, private)
    sink.end()
    if place != len(opened.hashes):
        raise PouchTampered
