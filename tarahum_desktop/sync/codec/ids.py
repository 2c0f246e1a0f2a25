"""The id table of a document: each id once, its six bytes of time packed as a column, its ten random ones as they are."""

from typing import Any, Final

import msgspec

from tarahum_desktop.sync.codec.columns import pack, unpack
from tarahum_desktop.sync.codec.room import Room
from tarahum_desktop.sync.errors import BadBatch

ID_BYTES: Final = 16
RANDOM_BYTES: Final = 10


class IdTable:
    """The id table of a batch while it is written."""

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}

    def column(self, ids: list[Any]) -> list[Any]:
        """A packed column of references, None allowed."""
        numbers = self.numbers
        dense = [None if i is None else numbers.setdefault(i, len(numbers)) for i in ids]
        return pack(dense, steps=True)

    def dense(self, ids: list[bytes]) -> list[Any]:
        """A packed column of ids, none missing."""
        numbers = self.numbers
        return pack([numbers.setdefault(i, len(numbers)) for i in ids], steps=True)

    def pack(self) -> tuple[list[Any], bytes]:
        """The times as a column, and the random parts joined."""
        table = list(self.numbers)
        times = [int.from_bytes(i[:6], "big") for i in table]
        return pack(times, steps=True) if times else [0, None], b"".join([i[6:] for i in table])


def unpack_ids(times: msgspec.Raw | bytes, random_parts: bytes, room: Room) -> list[bytes]:
    """The id table."""
    count, rest = divmod(len(random_parts), RANDOM_BYTES)
    if rest:
        raise BadBatch(code="batch_malformed")
    if not count:
        return []
    room.take(count)
    try:
        return [
            time.to_bytes(6, "big") + random_parts[at : at + RANDOM_BYTES]
            for at, time in zip(
                range(0, len(random_parts), RANDOM_BYTES), unpack(times, count, room), strict=True
            )
        ]
    except (AttributeError, OverflowError, TypeError) as error:
        raise BadBatch(code="batch_malformed") from error


def pick(table: list[bytes], numbers: list[Any]) -> list[Any]:
    """Ids by their numbers in the table; a negative number would read from the end and is refused."""
    try:
        if any(number is not None and number < 0 for number in numbers):
            raise BadBatch(code="batch_malformed")
        return [None if number is None else table[number] for number in numbers]
    except (IndexError, TypeError) as error:
        raise BadBatch(code="batch_malformed") from error
