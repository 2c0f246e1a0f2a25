"""Spoils bytes in the ways that find faults: by the byte, and by the part of a MessagePack document.

The same seed spoils in the same way, so that whatever is found is found again.
"""

from random import Random
from typing import Any

import msgspec

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    2**31,
    2**32,
    2**62,
    2**63 - 1,
    2**63,
    2**64 - 1,
    -(2**63),
    1.5,
    float("nan"),
    float("inf"),
    "",
    "x",
    "a\x00b",
    "ب" * 200,
    b"",
    b"\x00" * 12,
    b"\xff" * 16,
    b"\xff" * 400,
    [],
    [[]],
    [0, None],
    [0, "x" * 5000],
    [1, b"\xff" * 40, [0, 1]],
    [2, ["x"], b"\x00\x01"],
    [3, 0, 1, b"abc"],
    [4, 2**63, [0, 2**63]],
    [5, "p" * 70, 18, [3, 0, 1, b"\x01\x02\x03"]],
    [6, ["x", b"y"]],
    [7, 1, b"zz"],
    {},
    {"a": 1},
    {1: {2: {3: 4}}},
)
_EDGES = (0, 1, 0x7F, 0x80, 0x8F, 0x90, 0xC0, 0xC1, 0xC6, 0xCF, 0xD9, 0xDB, 0xDD, 0xDF, 0xE0, 0xFF)


def spoiled(seed: bytes, chance: Random) -> bytes:
    """One spoiling of a seed, or a few on top of each other."""
    if chance.random() < 0.01:  # nesting without end, in the place of some part
        at = chance.randrange(len(seed) + 1)
        return seed[:at] + b"\x91" * 3000 + seed[at:]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        seed = _part(seed, chance) if chance.random() < 0.6 else _byte(seed, chance)
    return seed


def _byte(data: bytes, chance: Random) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    at = chance.randrange(len(data))
    way = chance.randrange(6)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if way == 2:
        return data[:at] + bytes([chance.choice(_EDGES)]) + data[at + 1 :]
    if way == 3:
        return data[:at] + data[at + chance.randrange(1, 9) :]
    if way == 4:
        return data[:at] + bytes(chance.choice(_EDGES) for _ in range(chance.randrange(1, 9))) + data[at:]
    other = chance.randrange(len(data))
    return data[:at] + data[other : other + chance.randrange(1, 40)] + data[at:]


def _part(data: bytes, chance: Random) -> bytes:
    """Another value in the place of one part of the document; bytes that hold a document are opened too."""
    try:
        tree = msgspec.msgpack.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _byte(data, chance)
    try:
        return msgspec.msgpack.encode(_changed(tree, chance))
    except (OverflowError, TypeError, RecursionError, ValueError):
        return _byte(data, chance)


def _changed(value: Any, chance: Random) -> Any:
    if isinstance(value, list) and value and chance.random() < 0.85:
        copy = list(value)
        at = chance.randrange(len(copy))
        way = chance.random()
        if way < 0.08:
            del copy[at]
        elif way < 0.16:
            copy.insert(at, copy[chance.randrange(len(copy))])
        else:
            copy[at] = _changed(copy[at], chance)
        return copy
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        return {**value, key: _changed(value[key], chance)}
    if isinstance(value, bytes) and len(value) > 4 and chance.random() < 0.5:
        return _part(value, chance) if chance.random() < 0.5 else _byte(value, chance)
    if isinstance(value, int) and not isinstance(value, bool) and chance.random() < 0.5:
        return value + chance.choice((-256, -1, 1, 2, 255, 65536))
    return chance.choice(ODD)
