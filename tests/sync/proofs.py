"""What must hold of any replica at any time, worked out from its rows alone."""

from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.models import BatchLog, Conflict, HeldBatch, Outbox
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, read_group, read_rows
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes, read_vector
from tarahum_desktop.sync.shapes import shapes
from tests.sync.worlds import SCOPE

CENTRE = 1


def rows_of(connection: Connection, entity: str, scope: str) -> list[StoredRow]:
    group, _ = read_group(connection, entity, scope, bytes(16), 10**9)
    rows = read_rows(connection, entity, group.row_ids)
    return [rows[row_id] for row_id in group.row_ids]


def all_rows(replica: Replica, scope: str = SCOPE) -> dict[str, list[StoredRow]]:
    with replica.engine.connect() as connection:
        found = {entity: rows_of(connection, entity, scope) for entity in shapes()}
    return {entity: rows for entity, rows in found.items() if rows}


def all_conflicts(replica: Replica, scope: str = SCOPE) -> list[Any]:
    table = Conflict.__table__
    with replica.engine.connect() as connection:
        return list(connection.execute(select(table).where(table.c.scope == scope).order_by(table.c.id)))


def prove_whole(replica: Replica, scope: str = SCOPE) -> None:
    """Digest, row count, vector, log and outbox of a scope agree with its rows and with each other."""
    with replica.engine.connect() as connection:
        book = read_scopes(connection).get(scope)
        total, count = _recount(connection, scope)
        if book is None:
            assert count == 0
            return
        assert book.digest == digest.add(bytes(8), total)
        assert book.row_count == count
        _prove_own_sequence(connection, scope, replica.device, book.acknowledged, book.next_sequence - 1)
        _prove_positions(connection, replica.device, book)


def _recount(connection: Connection, scope: str) -> tuple[int, int]:
    heads: dict[bytes, list[tuple[str, bytes]]] = {}
    for record in connection.execute(select(Conflict.__table__).where(Conflict.__table__.c.scope == scope)):
        heads.setdefault(record.row_id.bytes, []).append((record.field, record.stamp))
    total = count = 0
    for entity in shapes():
        for row in rows_of(connection, entity, scope):
            stamps = {name: mark.stamp for name, mark in unpack_marks(row.field_stamps).items()}
            total += digest.row_hash(entity, row.row_id, row.stamp, stamps, heads.get(row.row_id, ()))
            count += 1
    return total, count


def _prove_own_sequence(connection: Connection, scope: str, device: int, sent: int, last: int) -> None:
    outbox = Outbox.__table__
    waiting = connection.execute(
        select(outbox.c.sequence).where(outbox.c.scope == scope).order_by(outbox.c.sequence)
    ).scalars()
    assert list(waiting) == list(range(sent + 1, last + 1))
    vector = read_vector(connection, scope)
    assert vector.get(device, sent) == sent


def _prove_positions(connection: Connection, device: int, book: ScopeBook) -> None:
    """Behind the horizon every position is there once: as an entry, or at the centre as part of a re-pack."""
    log = BatchLog.__table__
    query = select(log.c.position, log.c.device, log.c.first_sequence).where(log.c.scope == book.scope)
    positions: list[int] = []
    for entry in connection.execute(query.order_by(log.c.position)):
        packed = entry.device == PACK_DEVICE and device == CENTRE
        positions += range(entry.first_sequence if packed else entry.position, entry.position + 1)
    assert positions == list(range(book.horizon + 1, book.head + 1))


def held(replica: Replica) -> int:
    with replica.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(HeldBatch.__table__)).scalar_one())


def prove_same(replicas: list[Replica], scope: str = SCOPE) -> None:
    """All hold the same rows, merge states, conflicts and digests, and nothing waits."""
    first, *others = replicas
    rows, conflicts = all_rows(first, scope), all_conflicts(first, scope)
    for replica in replicas:
        prove_whole(replica, scope)
        assert held(replica) == 0
    for other in others:
        assert all_rows(other, scope) == rows
        assert all_conflicts(other, scope) == conflicts
