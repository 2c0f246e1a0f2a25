"""Moves rows from one scope to another at the centre: all of them in one transaction, with their history, on record.

The rows keep their stamps, authors and open conflicts. The old scope's log says that they left, the new scope's log
carries them; both scopes' digests change as if the rows had never been in one and always in the other.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select, update

from tarahum_desktop.models import Arrival, Conflict, Departure
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import Page, seal_page
from tarahum_desktop.sync.departure_ids import departure_id
from tarahum_desktop.sync.relocate import hash_of_rows, losers_of
from tarahum_desktop.sync.row_store import StoredRow, delete_rows, read_rows
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope
from tarahum_desktop.sync.shapes import shapes

ARRIVAL_BYTES: Final = 128 * 1024
_ROWS_A_PAGE: Final = 200
_IDS_A_QUERY: Final = 500
_CONFLICT: Any = Conflict.__table__
_OWNED: Final = ("household", "case_file")


@dataclass(frozen=True, slots=True)
class Move:
    """Rows to be moved by table, and arrivals to be let go of because the rows they once brought leave.

    ``committee`` is set where the rows change hands: household and case then say that it has them.
    """

    relocation_id: uuid.UUID | None
    from_scope: str
    to_scope: str
    rows: Mapping[str, Sequence[bytes]]
    spent: Sequence[bytes] = ()
    committee: str | None = None


def move_rows(session: CapturedSession, move: Move) -> None:
    """Move rows in the session's transaction; the caller publishes and commits.

    The session must not hold any of the rows: they change below it.
    """
    connection = session.connection()
    books = {scope: open_scope(connection, scope) for scope in sorted((move.from_scope, move.to_scope))}
    for entity, row_ids in move.rows.items():
        _hand_over(connection, move, entity, row_ids)
        rows = [
            row for row in read_rows(connection, entity, row_ids).values() if row.scope == move.from_scope
        ]
        losers = losers_of(connection, row_ids)
        total = hash_of_rows(entity, rows, losers)
        books[move.from_scope].add(-total, rows=-len(rows))
        books[move.to_scope].add(total, rows=len(rows))
        _set_scope(connection, entity, [uuid.UUID(bytes=row.row_id) for row in rows], move.to_scope)
        for sealed in _pages(session, move.to_scope, entity, rows, losers):
            session.add(
                Arrival(
                    scope=move.to_scope, relocation_id=move.relocation_id, from_scope=move.from_scope, page=sealed
                )
            )  # fmt: skip
    _spend(connection, books[move.from_scope], move.spent)
    for book in books.values():
        book.save(connection)
    _write_departures(session, move)
    session.flush()


def _hand_over(connection: Connection, move: Move, entity: str, row_ids: Sequence[bytes]) -> None:
    """Which committee has a family follows from where it lies, as the scope does, and is no edit of anybody."""
    if move.committee is None or entity not in _OWNED:
        return
    table = shapes()[entity].table
    ids = [uuid.UUID(bytes=row_id) for row_id in row_ids]
    connection.execute(update(table).where(table.c.id.in_(ids)).values(committee_code=move.committee))


def _set_scope(connection: Connection, entity: str, ids: list[uuid.UUID], scope: str) -> None:
    table = shapes()[entity].table
    for at in range(0, len(ids), _IDS_A_QUERY):
        part = ids[at : at + _IDS_A_QUERY]
        connection.execute(update(table).where(table.c.id.in_(part)).values(scope=scope))
        connection.execute(update(_CONFLICT).where(_CONFLICT.c.row_id.in_(part)).values(scope=scope))


def _pages(
    session: CapturedSession, scope: str, entity: str, rows: list[StoredRow], losers: Mapping[bytes, bytes]
) -> Iterator[bytes]:
    """The rows as signed pages, each small enough to be handed over on a bad line."""
    for at in range(0, len(rows), _ROWS_A_PAGE):
        part = rows[at : at + _ROWS_A_PAGE]
        sealed = seal_page(_page(scope, entity, part, losers), session.replica.signer)
        if len(sealed) <= ARRIVAL_BYTES or len(part) == 1:
            yield sealed
        else:
            half = len(part) // 2
            yield from _pages(session, scope, entity, part[:half], losers)
            yield from _pages(session, scope, entity, part[half:], losers)


def _page(scope: str, entity: str, rows: Sequence[StoredRow], losers: Mapping[bytes, bytes]) -> Page:
    names = shapes()[entity].names
    group = InsertGroup(
        entity,
        names,
        [],
        [row.row_id for row in rows],
        [row.stamp for row in rows],
        [row.author for row in rows],
        [[row.values[name] for row in rows] for name in names],
    )
    kept = [(row.field_stamps, row.carried) for row in rows]
    return Page(scope, group, kept, [losers.get(row.row_id) for row in rows])


def _spend(connection: Connection, book: ScopeBook, spent: Sequence[bytes]) -> None:
    rows = read_rows(connection, "arrival", spent).values()
    book.add(-hash_of_rows("arrival", rows, {}), rows=-len(rows))
    delete_rows(connection, "arrival", spent)


def _write_departures(session: CapturedSession, move: Move) -> None:
    """Say that the rows left the old scope, and that they are no longer away from the new one."""
    now = from_milliseconds(session.replica.now())
    leaving = {**move.rows, "arrival": move.spent}
    gone = [(entity, row_id) for entity, row_ids in leaving.items() for row_id in row_ids]
    before = _departures(session, move.from_scope, [row_id for _, row_id in gone])
    for entity, row_id in gone:
        departure = before.get(row_id)
        if departure is None:
            session.add(_departure(move, entity, row_id))
        else:
            departure.removed_at = None
            departure.to_scope, departure.relocation_id = move.to_scope, move.relocation_id
    moved = [row_id for row_ids in move.rows.values() for row_id in row_ids]
    for departure in _departures(session, move.to_scope, moved).values():
        departure.removed_at = departure.removed_at or now


def _departure(move: Move, entity: str, row_id: bytes) -> Departure:
    return Departure(
        id=departure_id(move.from_scope, row_id), scope=move.from_scope, entity=entity, row_id=uuid.UUID(bytes=row_id),
        to_scope=move.to_scope, relocation_id=move.relocation_id,
    )  # fmt: skip


def _departures(session: CapturedSession, scope: str, row_ids: Sequence[bytes]) -> dict[bytes, Departure]:
    ids = [departure_id(scope, row_id) for row_id in row_ids]
    found: dict[bytes, Departure] = {}
    for at in range(0, len(ids), _IDS_A_QUERY):
        query = select(Departure).where(Departure.id.in_(ids[at : at + _IDS_A_QUERY]))
        found.update((row.row_id.bytes, row) for row in session.scalars(query))
    return found
