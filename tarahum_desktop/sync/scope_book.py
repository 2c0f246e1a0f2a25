"""The books of a scope inside one transaction: sequence, log position, digest, vectors.

Reading a scope's state locks its row until the transaction ends (SQLite's writer lock does the same for
the whole file), so positions become visible in the order they are given out and no reader can skip one.
"""

import functools
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import AppliedVector, ScopeState
from tarahum_desktop.sync import digest

_STATE: Any = ScopeState.__table__
_VECTOR: Any = AppliedVector.__table__
EMPTY_DIGEST = bytes(8)


@dataclass(slots=True)
class ScopeBook:
    """One scope's state, read with its lock held; ``save`` writes it back."""

    scope: str
    next_sequence: int
    head: int
    remote_position: int
    acknowledged: int
    digest: bytes
    row_count: int
    complete: bool
    horizon: int = 0
    handed: int = 0
    mode: str = "full"

    def add(self, hashes: int, rows: int = 0) -> None:
        """Account for changed merge states and new rows."""
        self.digest = digest.add(self.digest, hashes)
        self.row_count += rows

    def save(self, connection: Connection) -> None:
        """Write the state back in the same transaction."""
        connection.execute(
            _state_update(),
            {
                "of_scope": self.scope,
                "next_sequence": self.next_sequence,
                "head": self.head,
                "remote_position": self.remote_position,
                "acknowledged": self.acknowledged,
                "digest": self.digest,
                "row_count": self.row_count,
                "complete": self.complete,
                "horizon": self.horizon,
                "handed": self.handed,
                "mode": self.mode,
            },
        )


_COLUMNS = (
    _STATE.c.scope,
    _STATE.c.next_sequence,
    _STATE.c.head,
    _STATE.c.remote_position,
    _STATE.c.acknowledged,
    _STATE.c.digest,
    _STATE.c.row_count,
    _STATE.c.complete,
    _STATE.c.horizon,
    _STATE.c.handed,
    _STATE.c.mode,
)


@functools.cache
def _state_update() -> Any:
    return update(_STATE).where(_STATE.c.scope == bindparam("of_scope"))


@functools.cache
def _locking_query() -> Any:
    return select(*_COLUMNS).where(_STATE.c.scope == bindparam("of_scope")).with_for_update()


def _insert(connection: Connection, table: Any) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def open_scope(connection: Connection, scope: str) -> ScopeBook:
    """The scope's state for writing, created when it is the first time."""
    query, of_scope = _locking_query(), {"of_scope": scope}
    row = connection.execute(query, of_scope).one_or_none()
    if row is None:
        connection.execute(
            _insert(connection, _STATE)
            .values(
                scope=scope,
                next_sequence=1,
                head=0,
                remote_position=0,
                acknowledged=0,
                digest=EMPTY_DIGEST,
                row_count=0,
                complete=False,
            )
            .on_conflict_do_nothing()
        )
        row = connection.execute(query, of_scope).one()
    return ScopeBook(*row)


def read_scopes(connection: Connection) -> dict[str, ScopeBook]:
    """All scopes' states, for reading only."""
    return {row[0]: ScopeBook(*row) for row in connection.execute(_every_state())}


@functools.cache
def _every_state() -> Any:
    return select(*_COLUMNS).order_by(_STATE.c.scope)


def read_vector(connection: Connection, scope: str) -> dict[int, int]:
    """``{device: highest gap-free sequence applied}`` of a scope."""
    rows = connection.execute(_vector_query(), {"of_scope": scope})
    return {device: sequence for device, sequence in rows}  # noqa: C416 - rows are no pairs to a type checker


@functools.cache
def _vector_query() -> Any:
    return select(_VECTOR.c.device, _VECTOR.c.sequence).where(_VECTOR.c.scope == bindparam("of_scope"))


def advance_vector(connection: Connection, scope: str, device: int, sequence: int) -> None:
    """Record that everything of a device up to the sequence is applied."""
    values = {"scope": scope, "device": device, "sequence": sequence}
    connection.execute(_vector_upsert(connection.dialect.name), values)


@functools.cache
def _vector_upsert(dialect: str) -> Any:
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(_VECTOR)
    return statement.on_conflict_do_update(
        index_elements=["scope", "device"], set_={"sequence": statement.excluded.sequence}
    )
