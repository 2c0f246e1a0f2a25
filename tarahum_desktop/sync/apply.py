"""Applies a verified batch: rows, merge, conflicts, digest, vector and log in one transaction.

The order of work is fixed: what is already here is skipped, what its author had seen but has not arrived
makes the batch wait, new rows go in by columns, edits are merged one by one. Nothing is ever half applied:
the caller's transaction commits all of it or none.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, InsertGroup
from tarahum_desktop.sync.errors import BadBatch, BatchTooEarly
from tarahum_desktop.sync.field_history import HistoryBook
from tarahum_desktop.sync.log import append_batch
from tarahum_desktop.sync.merge_rows import RowMerger
from tarahum_desktop.sync.relocate_apply import follow_moves, moves_in
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import fit_to_shape, reindex
from tarahum_desktop.sync.row_store import existing_ids, insert_rows
from tarahum_desktop.sync.scope_book import ScopeBook, advance_vector, open_scope, read_vector


@dataclass(slots=True)
class Applied:
    """What applying did: how many changes were new, which rows they touched, which edits met rows that had left."""

    scope: str
    device: int
    sequence: int
    changes: int = 0
    touched: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    late: list[Change] = field(default_factory=list)


def apply_batch(connection: Connection, replica: Replica, batch: Batch, payload: bytes | None) -> Applied:
    """Apply a batch whose signature was verified; ``payload`` is kept in the log as it came, None when its pack is.

    Raises:
        BatchTooEarly: ``batch_gap`` or ``batch_waiting``; hold it and try again after the next one.
        BadBatch: a value does not fit its field, or an edit names a row that is not here.
        ClockAhead: a stamp lies too far in the future.
    """
    head = batch.header
    book = open_scope(connection, head.scope)
    vector = read_vector(connection, head.scope)
    known = book.next_sequence - 1 if head.device == replica.device else vector.get(head.device, 0)
    done = Applied(head.scope, head.device, max(known, head.last))
    if head.last <= known:
        done.sequence = known
        return done
    if head.first > known + 1:
        raise BatchTooEarly(code="batch_gap", device=head.device, expected=known + 1)
    if head.device == replica.device:
        _refuse_taken(book, head)
    _refuse_unseen(batch, vector, replica.device)
    observe_stamps(replica, batch)
    fresh = known + 1
    for group in batch.inserts:
        _apply_inserts(connection, replica, book, _from_sequence(group, fresh), done)
    updates = [change for change in batch.updates if change.sequence >= fresh]
    if moves := moves_in(batch, fresh):
        for entity, row_ids in follow_moves(connection, replica, book, head, moves).items():
            done.touched[entity].update(row_ids)
    _apply_updates(connection, replica, book, updates, done)
    done.changes = head.last - known
    if payload is not None:
        append_batch(connection, book, head, batch.rows, payload, replica.wall())
    advance_vector(connection, head.scope, head.device, head.last)
    if head.device == replica.device:
        book.next_sequence, book.acknowledged = head.last + 1, head.last
    book.save(connection)
    replica.keep_clock(connection)
    return done


def _refuse_taken(book: ScopeBook, head: BatchHeader) -> None:
    """Own changes come back to a replica that was set back to a backup; what it wrote since has taken their numbers."""
    if book.next_sequence - 1 > book.acknowledged:
        raise BadBatch("sequence_taken", device=head.device)


def _refuse_unseen(batch: Batch, vector: dict[int, int], here: int) -> None:
    for device, sequence in batch.header.needs.items():
        if device != here and vector.get(device, 0) < sequence:
            raise BatchTooEarly(device=device, expected=sequence)


def observe_stamps(replica: Replica, batch: Batch) -> None:
    """Move this clock past the batch's latest stamp, or refuse a stamp from the future."""
    latest = max(
        max((max(group.stamps) for group in batch.inserts if group.stamps), default=b""),
        max((change.stamp for change in batch.updates), default=b""),
    )
    replica.observe(latest)


def _from_sequence(group: InsertGroup, first: int) -> InsertGroup:
    if not group.sequences or group.sequences[0] >= first:
        return group
    return group.skip(sum(1 for sequence in group.sequences if sequence < first))


def _apply_inserts(
    connection: Connection, replica: Replica, book: ScopeBook, group: InsertGroup, done: Applied
) -> None:
    if not group.row_ids:
        return
    group, kept = fit_to_shape(group)
    there = existing_ids(connection, group.entity, group.row_ids)
    if there:
        group, kept = _without(group, kept, there)
    insert_rows(connection, book.scope, group, kept)
    book.add(digest.new_rows_hash(group.entity, group.row_ids, group.stamps), rows=len(group.row_ids))
    reindex(connection, replica, group.entity, group.row_ids)
    done.touched[group.entity].update(group.row_ids)


def _without(
    group: InsertGroup, kept: list[tuple[bytes | None, bytes | None]] | None, there: set[bytes]
) -> tuple[InsertGroup, list[tuple[bytes | None, bytes | None]] | None]:
    """Leave out rows a snapshot brought before the log did."""
    stay = [at for at, row_id in enumerate(group.row_ids) if row_id not in there]

    def pick(column: list[Any]) -> list[Any]:
        return [column[at] for at in stay]

    rest = InsertGroup(
        group.entity,
        group.names,
        pick(group.sequences),
        pick(group.row_ids),
        pick(group.stamps),
        pick(group.authors),
        [pick(column) for column in group.columns],
    )
    return rest, pick(kept) if kept else None


def _apply_updates(
    connection: Connection, replica: Replica, book: ScopeBook, updates: list[Change], done: Applied
) -> None:
    by_entity: dict[str, list[Change]] = defaultdict(list)
    for change in updates:
        by_entity[change.entity].append(change)
    for entity, changes in by_entity.items():
        ids = sorted({change.row_id for change in changes})
        merger = RowMerger(
            connection, book.scope, entity, ids, HistoryBook() if replica.keeps_history else None
        )
        for change in changes:
            merger.merge(change)
        book.add(merger.save())
        done.late += merger.late
        reindex(connection, replica, entity, merger.row_ids)
        done.touched[entity].update(merger.row_ids)
