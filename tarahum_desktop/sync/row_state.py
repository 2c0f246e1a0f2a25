"""What a row keeps for merging, packed into its bookkeeping columns."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec

from tarahum_desktop.sync.codec.room import scalar

MAX_FIELDS: Final = 1_000
_Mark = tuple[bytes, bytes | None]
_Marks = Annotated[dict[str, _Mark], msgspec.Meta(max_length=MAX_FIELDS)]
_Carried = Annotated[dict[str, tuple[msgspec.Raw, bytes]], msgspec.Meta(max_length=MAX_FIELDS)]


@dataclass(slots=True)
class FieldMark:
    """Stamp and author of the latest edit of one field."""

    stamp: bytes
    author: bytes | None


def pack_marks(marks: dict[str, FieldMark]) -> bytes | None:
    """The ``field_stamps`` column; None when no field was edited since creation."""
    if not marks:
        return None
    return msgspec.msgpack.encode({name: (mark.stamp, mark.author) for name, mark in sorted(marks.items())})


def unpack_marks(packed: bytes | None) -> dict[str, FieldMark]:
    """The edited fields' marks."""
    if packed is None:
        return {}
    pairs = msgspec.msgpack.decode(packed, type=_Marks)
    return {name: FieldMark(stamp, author) for name, (stamp, author) in pairs.items()}


def pack_value(value: Any) -> bytes:
    """A wire value as bytes."""
    return msgspec.msgpack.encode(value)


def unpack_value(packed: bytes | None) -> Any:
    """The wire value of its bytes; None for none."""
    return None if packed is None else scalar(packed)


def pack_carried(carried: dict[str, tuple[Any, bytes]]) -> bytes | None:
    """The ``carried`` column: ``{field: (value, stamp)}`` of fields a newer program wrote."""
    return msgspec.msgpack.encode(dict(sorted(carried.items()))) if carried else None


def unpack_carried(packed: bytes | None) -> dict[str, tuple[Any, bytes]]:
    """The carried fields."""
    if packed is None:
        return {}
    pairs = msgspec.msgpack.decode(packed, type=_Carried)
    return {name: (scalar(value), stamp) for name, (value, stamp) in pairs.items()}
