"""The hashes that a scope's digest is the sum of, worked out from the rows: for comparing, and for mending the book."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.models import Conflict
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import read_marked
from tarahum_desktop.sync.snapshot import tables_here

_CONFLICT: Any = Conflict.__table__
_ROWS_A_READ: Final = 5_000
FIRST_ID: Final = bytes(16)
LAST_ID: Final = b"\xff" * 16


def row_hashes(
    connection: Connection, scope: str, entity: str, after: bytes = FIRST_ID, up_to: bytes = LAST_ID
) -> Iterator[tuple[bytes, int]]:
    """``(row id, hash)`` of a table's rows in a scope in id order, with ids after one and up to another; streamed."""
    plain = entity.encode() + b"\x00"
    while True:
        rows = read_marked(connection, entity, scope, after, up_to, _ROWS_A_READ)
        if not rows:
            return
        heads = _open_heads(connection, scope, entity, rows[0][0], rows[-1][0])
        for row_id, stamp, packed in rows:
            if packed is None and row_id not in heads:
                value = blake2b(plain + row_id + stamp, digest_size=8).digest()
                yield row_id, int.from_bytes(value, "big")
                continue
            marks = {name: mark.stamp for name, mark in unpack_marks(packed).items()}
            yield row_id, digest.row_hash(entity, row_id, stamp, marks, heads.get(row_id, ()))
        if len(rows) < _ROWS_A_READ:
            return
        after = rows[-1][0]


def _open_heads(
    connection: Connection, scope: str, entity: str, first: bytes, last: bytes
) -> dict[bytes, list[tuple[str, bytes]]]:
    query = select(_CONFLICT.c.row_id, _CONFLICT.c.field, _CONFLICT.c.stamp).where(
        _CONFLICT.c.scope == scope,
        _CONFLICT.c.entity == entity,
        _CONFLICT.c.row_id.between(UUID(bytes=first), UUID(bytes=last)),
    )
    found: dict[bytes, list[tuple[str, bytes]]] = {}
    for record in connection.execute(query):
        found.setdefault(record.row_id.bytes, []).append((record.field, record.stamp))
    return found


def recount(connection: Connection, scope: str) -> tuple[int, bytes]:
    """Rows and digest of a scope as its rows say, whatever the book says."""
    count = total = 0
    for entity in tables_here(connection, scope):
        for _, value in row_hashes(connection, scope, entity):
            count += 1
            total += value
    return count, digest.add(bytes(8), total)
