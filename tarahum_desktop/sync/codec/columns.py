"""Packs one column of values so that it compresses well, and unpacks it under limits.

A value is nothing, a flag, a whole number, a text or a byte string. Each tag has one typed shape, read from the bytes
as they came, so that nothing is built in memory that the number of rows does not allow.

A packed column is a small tagged list. The tags are part of the wire format and never change meaning:

==  ==================================  =====================================================
 0  ``[0, value]``                      every row has this value
 1  ``[1, mask, column]``               bit set = present; the column holds the present values
 2  ``[2, values, indexes]``            few different values, one byte an index
 3  ``[3, base, width, bytes]``         integers minus base, little-endian, 1, 2, 4 or 8 bytes
 4  ``[4, first, column]``              integers as differences, folded so that small ones stay small
 5  ``[5, prefix, digits, column]``     texts that are a prefix and a fixed number of digits
 6  ``[6, values]``                     texts or byte strings as they are
 7  ``[7, size, bytes]``                byte strings of one size, joined
==  ==================================  =====================================================
"""

import sys
from array import array
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import Any, Final

import msgspec

from tarahum_desktop.sync.codec.room import Room, listed, scalar
from tarahum_desktop.sync.errors import BadBatch

Packed = list[Any]

_CONSTANT: Final = 0
_SPARSE: Final = 1
_FEW: Final = 2
_WHOLES: Final = 3
_STEPS: Final = 4
_DIGITS: Final = 5
_PLAIN: Final = 6
_JOINED: Final = 7

_WIDTHS: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_MAX_DIGITS: Final = 18
_MAX_PREFIX: Final = 64
_FEW_LIMIT: Final = 255
_MAX_DEPTH: Final = 4
_WHOLE_RANGE: Final = 2**64


def pack(values: list[Any], *, steps: bool = False) -> Packed:
    """Pack a column of one kind of value, None allowed; ``steps`` prefers differences for integers."""
    distinct = set(values)
    if len(distinct) <= 1:
        return [_CONSTANT, values[0] if values else None]
    if None in distinct:
        present = [value for value in values if value is not None]
        return [_SPARSE, _pack_mask(values), pack(present, steps=steps)]
    sample = values[0]
    if isinstance(sample, bool):
        return [_FEW, [False, True], bytes(values)]
    if isinstance(sample, int):
        return pack_steps(values) if steps else pack_wholes(values)
    if len(distinct) <= _FEW_LIMIT and len(distinct) * 2 <= len(values):
        return _pack_few(values)
    if isinstance(sample, bytes):
        return _pack_bytes(values)
    return _pack_texts(values)


def pack_wholes(values: list[int]) -> Packed:
    """Pack integers as offsets from their least, in the narrowest width."""
    base = min(values)
    span = max(values) - base
    width = 1 if span < 1 << 8 else 2 if span < 1 << 16 else 4 if span < 1 << 32 else 8
    numbers = array(_WIDTHS[width], [value - base for value in values] if base else values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return [_WHOLES, base, width, numbers.tobytes()]


def pack_steps(values: list[int]) -> Packed:
    """Pack integers as differences; negative ones are folded in between (0, -1, 1, -2, ...)."""
    folded = [2 * step if (step := b - a) >= 0 else -2 * step - 1 for a, b in pairwise(values)]
    if not folded or max(folded) >= _WHOLE_RANGE:
        return pack_wholes(values)
    return [_STEPS, values[0], pack(folded)]


def _pack_mask(values: list[Any]) -> bytes:
    bits = int("".join(["0" if value is None else "1" for value in reversed(values)]), 2)
    return bits.to_bytes((len(values) + 7) // 8, "little")


def _pack_few(values: list[Any]) -> Packed:
    numbers: dict[Any, int] = {}
    indexes = bytes([numbers.setdefault(value, len(numbers)) for value in values])
    return [_FEW, list(numbers), indexes]


def _pack_bytes(values: list[bytes]) -> Packed:
    size = len(values[0])
    if size and set(map(len, values)) == {size}:
        return [_JOINED, size, b"".join(values)]
    return [_PLAIN, values]


def _pack_texts(values: list[str]) -> Packed:
    length = len(values[0])
    if length > _MAX_PREFIX or set(map(len, values)) != {length}:
        return [_PLAIN, values]
    prefix = _common_prefix(min(values), max(values))
    while prefix and prefix[-1] in "0123456789":
        prefix = prefix[:-1]
    digits = length - len(prefix)
    tails = "".join([value[len(prefix) :] for value in values]) if prefix else "".join(values)
    if not 1 <= digits <= _MAX_DIGITS or not (tails.isascii() and tails.isdigit()):
        return [_PLAIN, values]
    numbers = [int(tails[at : at + digits]) for at in range(0, len(tails), digits)]
    return [_DIGITS, prefix, digits, pack_wholes(numbers)]


def _common_prefix(a: str, b: str) -> str:
    for index, letter in enumerate(a):
        if letter != b[index]:
            return a[:index]
    return a


def unpack(packed: msgspec.Raw | bytes, count: int, room: Room, depth: int = 0) -> list[Any]:
    """Unpack a column of ``count`` values from its bytes.

    Raises:
        BadBatch: the column is not of this format or does not have that many values; ``batch_too_large`` when there
            is no room for them.
    """
    head = bytes(memoryview(packed)[:2])
    read = _UNPACK.get(head)
    if read is None or depth > _MAX_DEPTH or count < 0:
        raise BadBatch(code="batch_malformed")
    room.take(count)
    try:
        values = read(packed, count, room, depth + 1)
    except BadBatch:
        raise
    except (msgspec.DecodeError, RecursionError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise BadBatch(code="batch_malformed") from error
    if len(values) != count:
        raise BadBatch(code="batch_malformed")
    return values


_Packed = msgspec.Raw | bytes
_ONE: Final = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw]).decode
_MASKED: Final = msgspec.msgpack.Decoder(tuple[int, bytes, msgspec.Raw]).decode
_INDEXED: Final = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw, bytes]).decode
_OFFSETS: Final = msgspec.msgpack.Decoder(tuple[int, int, int, bytes]).decode
_FOLDED: Final = msgspec.msgpack.Decoder(tuple[int, int, msgspec.Raw]).decode
_NUMBERED: Final = msgspec.msgpack.Decoder(tuple[int, str, int, msgspec.Raw]).decode
_SLICED: Final = msgspec.msgpack.Decoder(tuple[int, int, bytes]).decode


def _unpack_constant(packed: _Packed, count: int, room: Room, _depth: int) -> list[Any]:
    value = scalar(_ONE(packed)[1])
    if isinstance(value, (str, bytes)):
        room.take(0, len(value) * count)
    return [value] * count


def _unpack_sparse(packed: _Packed, count: int, room: Room, depth: int) -> list[Any]:
    _, mask, column = _MASKED(packed)
    bits = int.from_bytes(mask, "little")
    if bits >> count:
        raise BadBatch(code="batch_malformed")
    present = iter(unpack(column, bits.bit_count(), room, depth))
    flags = f"{bits:0{count}b}"[::-1] if count else ""
    return [next(present) if flag == "1" else None for flag in flags]


def _unpack_few(packed: _Packed, count: int, room: Room, _depth: int) -> list[Any]:
    _, few, indexes = _INDEXED(packed)
    if len(indexes) != count:
        raise BadBatch(code="batch_malformed")
    known = listed(few, _FEW_LIMIT, room)
    values = [known[index] for index in indexes]
    if values and not isinstance(values[0], bool):
        room.take(0, sum(map(len, values)))
    return values


def _unpack_wholes(packed: _Packed, count: int, _room: Room, _depth: int) -> list[Any]:
    _, base, width, raw = _OFFSETS(packed)
    if width not in _WIDTHS or len(raw) != count * width:
        raise BadBatch(code="batch_malformed")
    numbers = array(_WIDTHS[width])
    numbers.frombytes(raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return [number + base for number in numbers] if base else numbers.tolist()


def _unpack_steps(packed: _Packed, count: int, room: Room, depth: int) -> list[Any]:
    _, first, column = _FOLDED(packed)
    folded = unpack(column, count - 1, room, depth)
    steps = [step >> 1 if not step & 1 else -((step + 1) >> 1) for step in folded]
    return list(accumulate(steps, initial=first))


def _unpack_digits(packed: _Packed, count: int, room: Room, depth: int) -> list[Any]:
    _, prefix, digits, column = _NUMBERED(packed)
    if not 1 <= digits <= _MAX_DIGITS or len(prefix) > _MAX_PREFIX:
        raise BadBatch(code="batch_malformed")
    room.take(0, count * (len(prefix) + digits))
    numbers = unpack(column, count, room, depth)
    if numbers and (min(numbers) < 0 or max(numbers) >= 10**digits):
        raise BadBatch(code="batch_malformed")
    return [f"{prefix}{number:0{digits}d}" for number in numbers]


def _unpack_plain(packed: _Packed, count: int, room: Room, _depth: int) -> list[Any]:
    return listed(_ONE(packed)[1], count, room, flags=False)


def _unpack_joined(packed: _Packed, count: int, _room: Room, _depth: int) -> list[Any]:
    _, size, raw = _SLICED(packed)
    if size < 1 or len(raw) != size * count:
        raise BadBatch(code="batch_malformed")
    return [raw[at : at + size] for at in range(0, len(raw), size)]


_Read = Callable[[_Packed, int, Room, int], list[Any]]


def _heads(*shapes: tuple[int, int, _Read]) -> dict[bytes, _Read]:
    """Readers by the first two bytes of what they read: a short array of so many parts, and the tag."""
    return {bytes((0x90 + parts, tag)): read for tag, parts, read in shapes}


_UNPACK: Final = _heads(
    (_CONSTANT, 2, _unpack_constant),
    (_SPARSE, 3, _unpack_sparse),
    (_FEW, 3, _unpack_few),
    (_WHOLES, 4, _unpack_wholes),
    (_STEPS, 3, _unpack_steps),
    (_DIGITS, 4, _unpack_digits),
    (_PLAIN, 2, _unpack_plain),
    (_JOINED, 3, _unpack_joined),
)
