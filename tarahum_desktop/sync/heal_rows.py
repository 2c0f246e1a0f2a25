"""Brings differing rows of a scope together: takes the other side's, and offers what only this side has.

Which of two states is right is read from their stamps field by field, never guessed from the clock of the damage: a
field that was edited later here is offered again, everything else is taken.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select

from tarahum_desktop.models import Conflict, Outbox
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.clock import COUNTER_BITS, MAX_AHEAD_MS, stamp_reading
from tarahum_desktop.sync.codec.page import Loser, Page, unpack_losers
from tarahum_desktop.sync.offer_again import LostEdit, Offers
from tarahum_desktop.sync.relocate import away, hash_of_rows, losers_of
from tarahum_desktop.sync.relocate_apply import let_go
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import reindex
from tarahum_desktop.sync.row_state import pack_value, unpack_carried, unpack_marks
from tarahum_desktop.sync.row_store import StoredRow, delete_rows, read_rows
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope
from tarahum_desktop.sync.shapes import shapes

_CONFLICT: Any = Conflict.__table__
_OUTBOX: Any = Outbox.__table__


@dataclass(slots=True)
class RowsHealed:
    """Ids of rows that were taken, offered, or left for a person."""

    taken: list[bytes] = field(default_factory=list)
    offered: list[bytes] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)


def heal_page(connection: Connection, replica: Replica, page: Page) -> RowsHealed:
    """Take the rows of a verified page, in the caller's transaction; fields edited later here are offered again.

    Raises:
        BadBatch: a value does not fit its field; nothing may be committed then.
    """
    done = RowsHealed()
    entity, scope = page.group.entity, page.scope
    book = open_scope(connection, scope)
    offers = Offers(connection, replica, book, entity)
    there = read_rows(connection, entity, page.group.row_ids)
    here = {row_id: row for row_id, row in there.items() if row.scope == scope}
    losers = losers_of(connection, list(here))
    waiting = _unsent_stamps(connection, scope, entity, list(here))
    lost: dict[bytes, list[LostEdit]] = {}
    places: list[int] = []
    for at, row_id in enumerate(page.group.row_ids):
        row = here.get(row_id)
        if row is not None:
            mine = unpack_losers(losers.get(row_id))
            ahead = _lacking_there(replica, page, at, row, mine, waiting.get(row_id, set()))
            if _carries_more(row, page, at) or (ahead and not offers.may_edit(row, ahead)):
                done.left.append(row_id)
                continue
            if ahead:
                lost[row_id] = ahead
        places.append(at)
    if places:
        _take(connection, replica, book, _part(page, places), here, losers)
        done.taken += [page.group.row_ids[at] for at in places if page.group.row_ids[at] not in lost]
    book = open_scope(connection, scope)
    offers = Offers(connection, replica, book, entity)
    for row_id, edits in lost.items():
        offers.edit(row_id, edits)
        done.offered.append(row_id)
    book.save(connection)
    reindex(connection, replica, entity, list(lost))
    return done


def _lacking_there(
    replica: Replica, page: Page, at: int, row: StoredRow, losers: Sequence[Loser], unsent: set[bytes]
) -> list[LostEdit]:
    """The fields of a row whose latest value or open conflict here is not in the page's state.

    Values count, not stamps alone: what another device has offered again already is there under a new stamp.
    """
    group = page.group
    born, marks = group.stamps[at], unpack_marks(page.kept[at][0])
    values = {name: column[at] for name, column in zip(group.names, group.columns, strict=True)}
    known = {(name, value) for name, _, value, *_ in unpack_losers(page.losers[at])}
    known |= {(name, pack_value(value)) for name, value in values.items()}
    latest = (replica.now() + MAX_AHEAD_MS) << COUNTER_BITS
    mine = unpack_marks(row.field_stamps)
    found: list[LostEdit] = []
    for name in sorted({*mine, *(loser[0] for loser in losers)} & row.values.keys()):
        shown = mine[name].stamp if name in mine else row.stamp
        theirs = marks[name].stamp if name in marks else born
        if shown in unsent or stamp_reading(shown) > latest:
            continue  # it goes by itself, or is a stamp nobody can have made
        lacking = [one for one in losers if one[0] == name and (name, one[2]) not in known]
        later = shown > theirs and (name, pack_value(row.values[name])) not in known
        if later or (shown >= theirs and lacking):
            author = mine[name].author if name in mine else row.author
            found.append(LostEdit(name, row.values[name], author, (theirs,), lacking))
    return found


def _carries_more(row: StoredRow, page: Page, at: int) -> bool:
    """Whether the row holds fields of a newer program that the page lacks: only such a program can offer them."""
    theirs = unpack_carried(page.kept[at][1])
    return any(
        name not in page.group.names and (name not in theirs or theirs[name][1] < stamp)
        for name, (_, stamp) in unpack_carried(row.carried).items()
    )


def _unsent_stamps(
    connection: Connection, scope: str, entity: str, row_ids: Collection[bytes]
) -> dict[bytes, set[bytes]]:
    query = select(_OUTBOX.c.row_id, _OUTBOX.c.stamp).where(
        _OUTBOX.c.scope == scope, _OUTBOX.c.entity == entity
    )
    found: dict[bytes, set[bytes]] = {}
    for record in connection.execute(query):
        if record.row_id.bytes in row_ids:
            found.setdefault(record.row_id.bytes, set()).add(record.stamp)
    return found


def _take(
    connection: Connection,
    replica: Replica,
    book: ScopeBook,
    page: Page,
    here: dict[bytes, StoredRow],
    losers: dict[bytes, bytes],
) -> None:
    """Put the page's rows in place of those that are here, with all of their state."""
    rows = [here[row_id] for row_id in page.group.row_ids if row_id in here]
    book.add(-hash_of_rows(page.group.entity, rows, losers), rows=-len(rows))
    # Conflicts may have outlived their rows.
    ids = [uuid.UUID(bytes=row_id) for row_id in page.group.row_ids]
    connection.execute(delete(_CONFLICT).where(_CONFLICT.c.row_id.in_(ids)))
    delete_rows(connection, page.group.entity, [row.row_id for row in rows])
    book.save(connection)
    apply_page(connection, replica, page)


def _part(page: Page, places: list[int]) -> Page:
    group = page.group

    def pick(column: Sequence[Any]) -> list[Any]:
        return [column[at] for at in places]

    rows = InsertGroup(
        group.entity, group.names, [], pick(group.row_ids), pick(group.stamps), pick(group.authors),
        [pick(column) for column in group.columns],
    )  # fmt: skip
    return Page(page.scope, rows, pick(page.kept), pick(page.losers))


def offer_missing(
    connection: Connection, replica: Replica, scope: str, entity: str, row_ids: Sequence[bytes]
) -> RowsHealed:
    """Offer rows the other side lacks as new ones; those that have left the scope are let go instead."""
    done = RowsHealed()
    book = open_scope(connection, scope)
    offers = Offers(connection, replica, book, entity)
    gone = sorted(away(connection, scope, row_ids))
    done.taken += sorted(let_go(connection, replica, book, entity, gone))
    rows = read_rows(connection, entity, [row_id for row_id in row_ids if row_id not in set(gone)])
    losers = losers_of(connection, list(rows))
    waiting = _unsent_stamps(connection, scope, entity, list(rows))
    for row_id, row in rows.items():
        if row.scope != scope or row_id in waiting:
            continue  # what is still to be sent goes by itself
        if entity not in shapes() or row.carried is not None or not offers.may_insert(row):
            done.left.append(row_id)
            continue
        offers.insert(row, unpack_losers(losers.get(row_id)))
        done.offered.append(row_id)
    book.save(connection)
    return done
