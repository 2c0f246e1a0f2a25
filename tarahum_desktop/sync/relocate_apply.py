"""Follows the centre when it moves rows: lets go of rows that left a scope, takes in rows that arrived with their history.

A replica may hold both scopes, and their logs come in any order; the centre's stamps say which move is the later
one. Whatever was applied here beyond what the centre knew when it moved a row is merged on top again, so that the
result depends only on which changes there are, not on the way they took.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select

from tarahum_desktop.models import Arrival, BatchLog, Conflict, FieldHistory, Finding
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, InsertGroup
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.codec.page import Page, open_page
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.log import unsent_edits
from tarahum_desktop.sync.merge_rows import RowMerger
from tarahum_desktop.sync.packed_log import packed_beyond
from tarahum_desktop.sync.page_rows import Kept, insert_at, stamps_of, with_strange
from tarahum_desktop.sync.relocate import hash_of_rows, losers_of
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import fit_to_shape, reindex, take_up_carried
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, delete_rows, read_rows
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope, read_vector
from tarahum_desktop.sync.trim import note_left

_ARRIVAL: Any = Arrival.__table__
_CONFLICT: Any = Conflict.__table__
_LOG: Any = BatchLog.__table__
_LOCAL: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (Conflict.__table__, ("row_id",)),
    (FieldHistory.__table__, ("row_id",)),
    (Finding.__table__, ("first_id", "second_id")),
)
"""What a replica keeps about a row beside it, and goes with it."""
_IDS_A_QUERY: Final = 500
_NO_STAMP: Final = b""
Touched = dict[str, set[bytes]]


@dataclass(slots=True)
class Moves:
    """What one stroke of the centre moved out of a scope and into it."""

    left: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    left_again: list[bytes] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)


def moves_in(batch: Batch, first: int) -> dict[bytes, Moves]:
    """The moves in a batch from a sequence on, by their stamps; looks at nothing but the names of its tables."""
    found: dict[bytes, Moves] = defaultdict(Moves)
    for group in batch.inserts:
        if group.entity == "departure":
            columns = dict(zip(group.names, group.columns, strict=True))
            rows = zip(group.sequences, group.stamps, columns["entity"], columns["row_id"], strict=True)
            for sequence, stamp, entity, row_id in rows:
                if sequence >= first:
                    found[stamp].left[entity].append(row_id)
        elif group.entity == "arrival":
            pages = group.columns[group.names.index("page")]
            for sequence, stamp, page in zip(group.sequences, group.stamps, pages, strict=True):
                if sequence >= first:
                    found[stamp].pages.append(page)
    for change in batch.updates:
        if change.entity == "departure" and change.sequence >= first and _leaves_again(change):
            found[change.stamp].left_again.append(change.row_id)
    return found


def _leaves_again(change: Change) -> bool:
    edit = change.edits.get("removed_at")
    return edit is not None and edit.value is None


def follow_moves(
    connection: Connection, replica: Replica, book: ScopeBook, head: BatchHeader, moves: dict[bytes, Moves]
) -> Touched:
    """Let go and take in, move by move; the caller saves the book. Returns the rows that went or came."""
    touched: Touched = defaultdict(set)
    for stamp, move in sorted(moves.items()):
        for departure in read_rows(connection, "departure", move.left_again).values():
            move.left[departure.values["entity"]].append(departure.values["row_id"])
        if move.left:
            back = _arrived_after(connection, book.scope, stamp)
            for entity, row_ids in move.left.items():
                gone = let_go(connection, replica, book, entity, [i for i in row_ids if i not in back])
                touched[entity].update(gone)
        for sealed in move.pages:
            page = open_page(sealed, b"", _vouched_for)
            touched[page.group.entity].update(_arrive(connection, replica, book, head, stamp, page))
    return touched


def _vouched_for(_key: bytes, _signature: bytes, _signed: bytes) -> bool:
    """The batch around it was verified."""
    return True


def _arrived_after(connection: Connection, scope: str, stamp: bytes) -> set[bytes]:
    """The rows that came into a scope by a later move than this one."""
    query = select(_ARRIVAL.c.page).where(_ARRIVAL.c.scope == scope, _ARRIVAL.c.stamp > stamp)
    found: set[bytes] = set()
    for sealed in connection.execute(query).scalars():
        found.update(open_page(sealed, b"", _vouched_for).group.row_ids)
    return found


def let_go(
    connection: Connection, replica: Replica, book: ScopeBook, entity: str, row_ids: Collection[bytes]
) -> set[bytes]:
    """Remove rows of a scope from here with all that is kept about them; returns which there were."""
    there = read_rows(connection, entity, list(row_ids)).values()
    rows = {row.row_id: row for row in there if row.scope == book.scope}
    if not rows:
        return set()
    book.add(-hash_of_rows(entity, rows.values(), losers_of(connection, rows)), rows=-len(rows))
    ids = [uuid.UUID(bytes=row_id) for row_id in rows]
    for at in range(0, len(ids), _IDS_A_QUERY):
        part = ids[at : at + _IDS_A_QUERY]
        for table, columns in _LOCAL:
            connection.execute(delete(table).where(or_(*(table.c[name].in_(part) for name in columns))))
    delete_rows(connection, entity, list(rows))
    note_left(connection, book)
    reindex(connection, replica, entity, list(rows))
    return set(rows)


def let_go_elsewhere(
    connection: Connection, replica: Replica, book: ScopeBook, entity: str, rows: Iterable[StoredRow]
) -> set[bytes]:
    """Remove those rows that lie in another scope here: they were found in this one later. Returns which."""
    by_scope: dict[str, list[bytes]] = defaultdict(list)
    for row in rows:
        if row.scope != book.scope:
            by_scope[row.scope].append(row.row_id)
    gone: set[bytes] = set()
    for scope, row_ids in sorted(by_scope.items()):
        other = open_scope(connection, scope)
        gone |= let_go(connection, replica, other, entity, row_ids)
        other.save(connection)
    return gone


def let_go_of_departed(
    connection: Connection, replica: Replica, book: ScopeBook, group: InsertGroup, kept: list[Kept]
) -> None:
    """Follow a page of departures, as a snapshot brings them."""
    columns = dict(zip(group.names, group.columns, strict=True))
    removed = columns.get("removed_at") or [None] * len(group.row_ids)
    moves: dict[bytes, Moves] = defaultdict(Moves)
    for at, stamp in enumerate(group.stamps):
        if removed[at] is None:
            last = max((stamp, *(mark.stamp for mark in unpack_marks(kept[at][0]).values())))
            moves[last].left[columns["entity"][at]].append(columns["row_id"][at])
    nothing = BatchHeader(replica.schema, book.scope, replica.device, 1, 1, {})
    follow_moves(connection, replica, book, nothing, moves)


def _arrive(
    connection: Connection, replica: Replica, book: ScopeBook, head: BatchHeader, stamp: bytes, page: Page
) -> set[bytes]:
    if page.scope != book.scope:
        raise BadBatch(code="batch_malformed")
    taken_up, page_kept = take_up_carried(page.group, page.kept)
    group, fitted = fit_to_shape(taken_up)
    kept = page_kept if fitted is None else with_strange(page_kept, fitted)
    replica.observe(max(stamps_of(group, kept, page.losers), default=_NO_STAMP))
    here = read_rows(connection, group.entity, group.row_ids)
    elsewhere = [row for row in here.values() if row.scope != book.scope]
    for scope in {row.scope for row in elsewhere}:
        later = _arrived_after(connection, scope, stamp)
        elsewhere = [row for row in elsewhere if row.scope != scope or row.row_id not in later]
    gone = let_go_elsewhere(connection, replica, book, group.entity, elsewhere)
    places = [at for at, row_id in enumerate(group.row_ids) if row_id not in here or row_id in gone]
    if not places:
        return set()
    insert_at(connection, book, group, kept, page.losers, places)
    came = [group.row_ids[at] for at in places]
    _merge_what_the_centre_did_not_know(connection, replica, book, head, group.entity, came)
    reindex(connection, replica, group.entity, came)
    return set(came)


def _merge_what_the_centre_did_not_know(
    connection: Connection,
    replica: Replica,
    book: ScopeBook,
    head: BatchHeader,
    entity: str,
    ids: list[bytes],
) -> None:
    """Edits of these rows in this scope that were applied or written here before, but at the centre come after the move."""
    edits = _edits_beyond(connection, replica, book.scope, head, entity)
    edits += unsent_edits(connection, book.scope, entity)
    wanted = set(ids)
    mine = [change for change in edits if change.row_id in wanted]
    if mine:
        merger = RowMerger(connection, book.scope, entity, sorted({change.row_id for change in mine}))
        for change in mine:
            merger.merge(change)
        book.add(merger.save())


def _edits_beyond(
    connection: Connection, replica: Replica, scope: str, head: BatchHeader, entity: str
) -> list[Change]:
    found: list[Change] = []
    for device in sorted({replica.device, *read_vector(connection, scope)} - {head.device}):
        known = head.needs.get(device, 0)
        query = (
            select(_LOG.c.payload)
            .where(_LOG.c.scope == scope, _LOG.c.device == device, _LOG.c.last_sequence > known)
            .order_by(_LOG.c.position)
        )
        for payload in connection.execute(query).scalars():
            batch = open_batch(payload, lambda _device: b"", _vouched_for)
            found += [edit for edit in batch.updates if edit.entity == entity and edit.sequence > known]
    for batch in packed_beyond(connection, scope, {**head.needs, head.device: head.first - 1}):
        known = head.needs.get(batch.header.device, 0)
        if batch.header.device != head.device:
            found += [edit for edit in batch.updates if edit.entity == entity and edit.sequence > known]
    return found
