"""What a decided conflict leaves behind: a ruling that carries the values that met, wherever it travels.

A machine that came later, or whose history began with a snapshot, can tell and put back the value that was set aside
only because the ruling brings it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tarahum_desktop.sync.row_state import pack_value, unpack_value
from tarahum_desktop.sync.shapes import Kind, from_wire, shapes, to_wire

CONFLICT: Final = "conflict"


@dataclass(frozen=True, slots=True)
class Met:
    """The values that met in one field. ``written`` are ``(value, stamp, author)``; ``shown`` is the stamp shown till then."""

    base: Any
    written: tuple[tuple[Any, bytes, bytes | None], ...]
    shown: bytes
    kept: Any


def conflict_subject(entity: str, row_id: uuid.UUID, field: str) -> str:
    """What a decision about a field of a row is kept under."""
    return f"{entity}:{row_id.hex}:{field}"


def subject_parts(subject: str) -> tuple[str, uuid.UUID, str] | None:
    """Entity, row and field of a subject; None where it is not one, or of a table or field not known here."""
    entity, _, rest = subject.partition(":")
    row, _, field = rest.partition(":")
    shape = shapes().get(entity)
    if shape is None or field not in shape.by_name:
        return None
    try:
        return entity, uuid.UUID(hex=row), field
    except ValueError:
        return None


def write_detail(kind: Kind, met: Met) -> dict[str, Any]:
    """As JSON; values are packed as everywhere in the log, so that each kind comes back as it was."""
    return {
        "base": _hex(kind, met.base),
        "kept": _hex(kind, met.kept),
        "shown": met.shown.hex(),
        "written": [
            [_hex(kind, value), stamp.hex(), author.hex() if author else None]
            for value, stamp, author in met.written
        ],
    }


def read_detail(kind: Kind, detail: Any) -> Met | None:
    """The values again; None for a ruling that carries none, or that cannot be read."""
    try:
        written = tuple(
            (_value(kind, value), bytes.fromhex(stamp), bytes.fromhex(author) if author else None)
            for value, stamp, author in detail["written"]
        )
        return Met(
            _value(kind, detail["base"]),
            written,
            bytes.fromhex(detail["shown"]),
            _value(kind, detail["kept"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def set_aside_by(met: Met, author: bytes | None) -> Sequence[Any]:
    """The values of one author that did not stand, the latest first."""
    mine = [one for one in met.written if one[2] == author and one[0] != met.kept]
    return [value for value, _, _ in sorted(mine, key=lambda one: one[1], reverse=True)]


def _hex(kind: Kind, value: Any) -> str:
    return pack_value(to_wire(kind, value)).hex()


def _value(kind: Kind, text: str) -> Any:
    return from_wire(kind, unpack_value(bytes.fromhex(text)))
