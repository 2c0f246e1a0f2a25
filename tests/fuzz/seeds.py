"""Real encoded data to spoil: the frozen vectors, and what else the decoders read."""

import functools
import json
from pathlib import Path
from typing import Any

import msgspec

VECTORS = Path(__file__).parents[1] / "vectors" / "sync"


@functools.cache
def vector(name: str) -> Any:
    """A frozen vector."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def hexed(name: str, *fields: str) -> list[bytes]:
    """Byte strings of a vector that are there."""
    found = vector(name)
    return [bytes.fromhex(found[field]) for field in fields if found.get(field)]


def batches() -> list[str]:
    """The names of the batches."""
    return sorted(path.stem for path in VECTORS.glob("batch_*.json"))


def payloads() -> list[bytes]:
    """Sealed batches."""
    return [payload for name in batches() for payload in hexed(name, "payload")]


def documents() -> list[bytes]:
    """Their documents as ``[random id parts, document]``, so that both are spoiled."""
    return [
        msgspec.msgpack.encode(
            [*hexed(name, "random_parts"), msgspec.msgpack.decode(hexed(name, "document")[0])]
        )
        for name in batches()
    ]


def pages() -> list[bytes]:
    """The page's document in the same way."""
    return [
        msgspec.msgpack.encode(
            [*hexed("page", "random_parts"), msgspec.msgpack.decode(hexed("page", "document")[0])]
        )
    ]


def row_states(part: str) -> list[bytes]:
    """Marks, carried fields or losers of a row."""
    return [bytes.fromhex(row[part]["hex"]) for row in vector("page")["rows"] if row[part]]


def said(kind: str) -> list[bytes]:
    """Messages of a kind."""
    return [bytes.fromhex(case["bytes"]) for case in vector("messages")["messages"] if case["kind"] == kind]


def columns() -> list[bytes]:
    """Packed columns as ``[number of rows, column]``."""
    return [
        msgspec.msgpack.encode([len(case["values"]), msgspec.msgpack.decode(bytes.fromhex(case["packed"]))])
        for case in vector("columns")["columns"]
    ]
