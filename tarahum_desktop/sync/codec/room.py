"""Reads what strangers packed without building more in memory than an honest document needs.

A few bytes can stand for very much: a thousand empty lists, one long text in each of a hundred thousand rows. So a
document is read part by part, each part's size is known before it is built, and all of them share one room.
"""

import re
from typing import Any, Final

import msgspec

from tarahum_desktop.sync.errors import BadBatch

MAX_CELLS: Final = 3_000_000
MAX_LETTERS: Final = 128 * 1024 * 1024

_TEXTS: Final = frozenset((*range(0xA0, 0xC0), 0xD9, 0xDA, 0xDB))
_BYTES: Final = frozenset((0xC4, 0xC5, 0xC6))
_FLAGS: Final = frozenset((0xC2, 0xC3))
_WHOLES: Final = frozenset((*range(0x80), *range(0xE0, 0x100), *range(0xCC, 0xD4)))
_SCALARS: Final = _TEXTS | _BYTES | _FLAGS | _WHOLES | {0xC0}
_FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}(:[a-z])?", re.ASCII)
_SHORT_ARRAYS: Final = range(0x90, 0xA0)
_ARRAY_SIZES: Final = {0xDC: 2, 0xDD: 4}
_read_texts: Final = msgspec.msgpack.Decoder(list[str]).decode
_read_byte_strings: Final = msgspec.msgpack.Decoder(list[bytes]).decode
_read_flags: Final = msgspec.msgpack.Decoder(list[bool]).decode


class Room:
    """What a document may still unpack to: ``cells`` (values, names, stamps) and ``letters`` of repeated texts."""

    __slots__ = ("cells", "letters")

    def __init__(self, cells: int = MAX_CELLS, letters: int = MAX_LETTERS) -> None:
        self.cells, self.letters = cells, letters

    def take(self, cells: int, letters: int = 0) -> None:
        """Use some of it up; raises BadBatch ``batch_too_large`` when there is not as much left."""
        self.cells -= cells
        self.letters -= letters
        if self.cells < 0 or self.letters < 0:
            raise BadBatch(code="batch_too_large")


def scalar(packed: msgspec.Raw | bytes) -> Any:
    """One value that holds no others; raises BadBatch."""
    try:
        if memoryview(packed)[0] in _SCALARS:
            return msgspec.msgpack.decode(packed)
    except (msgspec.DecodeError, ValueError, IndexError) as error:
        raise BadBatch(code="batch_malformed") from error
    raise BadBatch(code="batch_malformed")


def listed(packed: msgspec.Raw | bytes, most: int, room: Room, *, flags: bool = True) -> list[Any]:
    """A list of texts, of byte strings or of flags, counted before it is built.

    Raises:
        BadBatch: longer than ``most``, or of anything else, or of several kinds.
    """
    view = memoryview(packed)
    count, at = _array_head(view)
    if count > most:
        raise BadBatch(code="batch_malformed")
    room.take(count)
    first = view[at] if count else 0xA0
    try:
        if first in _TEXTS:
            return _read_texts(packed)
        if first in _BYTES:
            return _read_byte_strings(packed)
        if flags and first in _FLAGS:
            return _read_flags(packed)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch(code="batch_malformed") from error
    raise BadBatch(code="batch_malformed")


def names_in(packed: msgspec.Raw | bytes, most: int, room: Room) -> list[str]:
    """The names of a group's fields, each once; raises BadBatch."""
    names = listed(packed, most, room, flags=False)
    if len(set(names)) != len(names) or not all(map(is_field_name, names)):
        raise BadBatch(code="batch_malformed")
    return names


def is_field_name(name: object) -> bool:
    """Whether this can be the name of a field, with the letter of its policy or without: names lie in databases, too."""
    return isinstance(name, str) and _FIELD_NAME.fullmatch(name) is not None


def _array_head(view: memoryview) -> tuple[int, int]:
    """How many parts an array says to have, and where the first one begins."""
    marker = view[0]
    if marker in _SHORT_ARRAYS:
        return marker - 0x90, 1
    size = _ARRAY_SIZES.get(marker)
    if size is None:
        raise BadBatch(code="batch_malformed")
    return int.from_bytes(view[1 : 1 + size], "big"), 1 + size
