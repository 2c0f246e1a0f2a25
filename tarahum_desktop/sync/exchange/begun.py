"""Reads what arrived of an answer to a pull before the line was cut: entries that are whole, and the beginning of the next.

The answer is a MessagePack array (see ``messages.PullReply``) whose beginning can be read without its end. Nothing is
believed for that: an entry is verified once it is whole, wherever its parts came from.
"""

from typing import Final

from tarahum_desktop.sync.exchange.messages import LogEntry, Piece

_FIX_ARRAY, _ARRAYS = range(0x90, 0xA0), {0xDC: 2, 0xDD: 4}
_FIX_NUMBER, _NUMBERS = range(0x80), {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
_BINARIES: Final = {0xC4: 1, 0xC5: 2, 0xC6: 4}
_ENTRY_FIELDS, _PIECE_FIELDS = 2, 4


class _Ended(Exception):
    """What comes next has not arrived, or is nothing that could be kept."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def array(self) -> int:
        return self._head(_FIX_ARRAY, _ARRAYS)

    def number(self) -> int:
        return self._head(_FIX_NUMBER, _NUMBERS)

    def content(self) -> tuple[int, bytes]:
        """How long it is, and what arrived of it."""
        size = self._head(range(0), _BINARIES)
        found = self._data[self._at : self._at + size]
        self._at += len(found)
        return size, found

    def _head(self, fixed: range, longer: dict[int, int]) -> int:
        first = self._take(1)[0]
        if first in fixed:
            return first - fixed.start
        if first not in longer:
            raise _Ended
        return int.from_bytes(self._take(longer[first]), "big")

    def _take(self, size: int) -> bytes:
        found = self._data[self._at : self._at + size]
        if len(found) < size:
            raise _Ended
        self._at += size
        return found


def read_begun(answer: bytes) -> tuple[list[LogEntry], Piece | None]:
    """The whole entries at the beginning of an answer, and what there is of the one after them."""
    entries: list[LogEntry] = []
    try:
        return entries, _read(_Reader(answer), entries)
    except _Ended:
        return entries, None


def _read(reader: _Reader, entries: list[LogEntry]) -> Piece | None:
    reader.array()
    for _ in range(reader.array()):
        if reader.array() != _ENTRY_FIELDS:
            raise _Ended
        position = reader.number()
        size, content = reader.content()
        if len(content) < size:
            return Piece(position, size, 0, content) if content else None
        entries.append(LogEntry(position, content))
    reader.number(), reader.number()
    if reader.array() != _PIECE_FIELDS:
        raise _Ended
    position, size, offset = reader.number(), reader.number(), reader.number()
    _, content = reader.content()
    return Piece(position, size, offset, content) if content else None
