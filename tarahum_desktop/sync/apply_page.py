"""Applies a page of a snapshot: inserts the rows that are not here and brings those that are up to the page's state.

The page stands for everything the other side has applied. What was written here and not sent yet is merged
on top of it again, so a snapshot taken by a device that has worked already loses nothing of either.
"""

import uuid
from typing import Any

from sqlalchemy import Connection, delete

from tarahum_desktop.models import Conflict
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import Page
from tarahum_desktop.sync.log import unsent_edits
from tarahum_desktop.sync.merge_rows import RowMerger
from tarahum_desktop.sync.page_rows import Kept, insert_at, insert_losers, stamps_of, state_hash, with_strange
from tarahum_desktop.sync.relocate import losers_of
from tarahum_desktop.sync.relocate_apply import let_go_elsewhere, let_go_of_departed
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import fit_to_shape, reindex, take_up_carried
from tarahum_desktop.sync.row_store import read_rows, update_row
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope

_CONFLICT: Any = Conflict.__table__
_NO_STAMP = b""


def apply_page(connection: Connection, replica: Replica, page: Page) -> int:
    """Apply a verified page; returns how many rows were new.

    Raises:
        BadBatch: a value does not fit its field.
        ClockAhead: a stamp lies too far in the future.
    """
    book = open_scope(connection, page.scope)
    taken_up, page_kept = take_up_carried(page.group, page.kept)
    group, fitted = fit_to_shape(taken_up)
    kept = page_kept if fitted is None else with_strange(page_kept, fitted)
    replica.observe(max(stamps_of(group, kept, page.losers), default=_NO_STAMP))
    here = read_rows(connection, group.entity, group.row_ids)
    for row_id in let_go_elsewhere(connection, replica, book, group.entity, list(here.values())):
        del here[row_id]
    fresh = [at for at, row_id in enumerate(group.row_ids) if row_id not in here]
    if fresh:
        insert_at(connection, book, group, kept, page.losers, fresh)
        _merge_unsent(connection, book, group.entity, [group.row_ids[at] for at in fresh])
    losers_here = losers_of(connection, list(here))
    met = [
        at
        for at, row_id in enumerate(group.row_ids)
        if (row := here.get(row_id)) is not None
        and ((row.field_stamps, row.carried), losers_here.get(row_id)) != (kept[at], page.losers[at])
    ]
    if met:
        _meet(connection, book, group, kept, page.losers, met, losers_here)
    if group.entity == "departure":
        let_go_of_departed(connection, replica, book, group, kept)
    book.save(connection)
    replica.keep_clock(connection)
    reindex(connection, replica, group.entity, [group.row_ids[at] for at in sorted((*fresh, *met))])
    return len(fresh)


def _meet(
    connection: Connection,
    book: ScopeBook,
    group: InsertGroup,
    kept: list[Kept],
    losers: list[bytes | None],
    places: list[int],
    losers_here: dict[bytes, bytes],
) -> None:
    """Put the page's state in place of the rows' and merge what was not sent yet on top."""
    entity = group.entity
    ids = [group.row_ids[at] for at in places]
    for row_id, row in read_rows(connection, entity, ids).items():
        book.add(-state_hash(entity, row_id, row.stamp, row.field_stamps, losers_here.get(row_id)))
    connection.execute(delete(_CONFLICT).where(_CONFLICT.c.row_id.in_([uuid.UUID(bytes=i) for i in ids])))
    for at in places:
        values = {name: column[at] for name, column in zip(group.names, group.columns, strict=True)}
        update_row(connection, entity, group.row_ids[at], values, *kept[at])
        book.add(state_hash(entity, group.row_ids[at], group.stamps[at], kept[at][0], losers[at]))
    insert_losers(connection, book.scope, group, losers, places)
    _merge_unsent(connection, book, entity, ids)


def _merge_unsent(connection: Connection, book: ScopeBook, entity: str, ids: list[bytes]) -> None:
    wanted = set(ids)
    unsent = [edit for edit in unsent_edits(connection, book.scope, entity) if edit.row_id in wanted]
    if unsent:
        merger = RowMerger(connection, book.scope, entity, sorted({edit.row_id for edit in unsent}))
        for edit in unsent:
            merger.merge(edit)
        book.add(merger.save())
