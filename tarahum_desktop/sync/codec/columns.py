"""Packs one column of values so that it compresses well, and unpacks it under limits.

A packed column is a small tagged list. The tags are part of the wire format and never change meaning:

==  ==================================  =====================================================
 0  ``[0, value]``                      every row has this value
 1  ``[1, mask, column]``               bit set = present; the column holds the present values
 2  ``[2, values, indexes]``            few different values, one byte an index
 3  ``[3, base, width, bytes]``         integers minus base, little-endian, 1, 2, 4 or 8 bytes
 4  ``[4, first, column]``              integers as differences, folded so that small ones stay small
 5  ``[5, prefix, digits, column]``     texts that are a prefix and a fixed number of digits
 6  ``[6, values]``                     as they are
 7  ``[7, size, bytes]``                byte strings of one size, joined
==  ==================================  =====================================================
"""

import sys
from array import array
from itertools import accumulate, pairwise
from typing import Any, Final

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
    if length > 64 or set(map(len, values)) != {length}:
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


def unpack(packed: Any, count: int, depth: int = 0) -> list[Any]:
    """Unpack a column of ``count`` values.

    Raises:
        BadBatch: the column is not of this format or does not have that many values.
    """
    if depth > _MAX_DEPTH or not isinstance(packed, list) or not packed:
        raise BadBatch(code="batch_malformed")
    try:
        values = _UNPACK[packed[0]](packed, count, depth)
    except BadBatch:
        raise
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise BadBatch(code="batch_malformed") from error
    if len(values) != count:
        raise BadBatch(code="batch_malformed")
    return values


def _unpack_constant(packed: Packed, count: int, _depth: int) -> list[Any]:
    return [packed[1]] * count


def _unpack_sparse(packed: Packed, count: int, depth: int) -> list[Any]:
    bits = int.from_bytes(packed[1], "little")
    if bits >> count:
        raise BadBatch(code="batch_malformed")
    present = iter(unpack(packed[2], bits.bit_count(), depth + 1))
    flags = f"{bits:0{count}b}"[::-1] if count else ""
    return [next(present) if flag == "1" else None for flag in flags]


def _unpack_few(packed: Packed, _count: int, _depth: int) -> list[Any]:
    values = packed[1]
    return [values[index] for index in packed[2]]


def _unpack_wholes(packed: Packed, count: int, _depth: int) -> list[Any]:
    base, width, raw = packed[1], packed[2], packed[3]
    if len(raw) != count * width:
        raise BadBatch(code="batch_malformed")
    numbers = array(_WIDTHS[width])
    numbers.frombytes(raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return [number + base for number in numbers] if base else numbers.tolist()


def _unpack_steps(packed: Packed, count: int, depth: int) -> list[Any]:
    folded = unpack(packed[2], count - 1, depth + 1)
    steps = [step >> 1 if not step & 1 else -((step + 1) >> 1) for step in folded]
    return list(accumulate(steps, initial=packed[1]))


def _unpack_digits(packed: Packed, count: int, depth: int) -> list[Any]:
    prefix, digits = packed[1], packed[2]
    if not 1 <= digits <= _MAX_DIGITS:
        raise BadBatch(code="batch_malformed")
    return [f"{prefix}{number:0{digits}d}" for number in unpack(packed[3], count, depth + 1)]


def _unpack_plain(packed: Packed, _count: int, _depth: int) -> list[Any]:
    values = packed[1]
    if not isinstance(values, list):
        raise BadBatch(code="batch_malformed")
    return values


def _unpack_joined(packed: Packed, count: int, _depth: int) -> list[Any]:
    size, raw = packed[1], packed[2]
    if size < 1 or len(raw) != size * count:
        raise BadBatch(code="batch_malformed")
    return [raw[at : at + size] for at in range(0, len(raw), size)]


_UNPACK: Final = {
    _CONSTANT: _unpack_constant,
    _SPARSE: _unpack_sparse,
    _FEW: _unpack_few,
    _WHOLES: _unpack_wholes,
    _STEPS: _unpack_steps,
    _DIGITS: _unpack_digits,
    _PLAIN: _unpack_plain,
    _JOINED: _unpack_joined,
}
