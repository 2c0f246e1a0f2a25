"""A scope's rows page by page, for a device that starts or has been away too long.

Pages go table by table in id order. Each is read in one transaction with its rows' open conflicts. Rows written
after the first page come again with the tail of the log; applying what is already here changes nothing, so the
result is the same as if all had been read at once. The digest proves it at the end.
"""

from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from tarahum_desktop.models import StrangeRow
from tarahum_desktop.sync.codec.page import MAX_PAGE_ROWS, Page
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.relocate import losers_of
from tarahum_desktop.sync.row_store import read_group
from tarahum_desktop.sync.shapes import is_entity_name, shapes

_STRANGE: Any = StrangeRow.__table__
_START = bytes(16)
_ARRIVALS_A_PAGE: Final = 40  # each holds a page of its own, of up to relocate_move.ARRIVAL_BYTES


def next_page(connection: Connection, scope: str, cursor: bytes, limit: int) -> tuple[Page | None, bytes]:
    """The page at a cursor and the cursor after it; no page and an empty cursor at the end."""
    entity, after = _read_cursor(cursor)
    for name in tables_here(connection, scope):
        if entity and _order(name) < _order(entity):
            continue
        start = after if name == entity else _START
        most = min(limit, _ARRIVALS_A_PAGE if name == "arrival" else MAX_PAGE_ROWS)
        group, kept = read_group(connection, name, scope, start, most)
        if kept:
            losers = losers_of(connection, group.row_ids)
            page = Page(scope, group, kept, [losers.get(row_id) for row_id in group.row_ids])
            return page, msgspec.msgpack.encode([name, group.row_ids[-1]])
    return None, b""


def tables_here(connection: Connection, scope: str) -> list[str]:
    """Every replicated table of a scope in the order of its pages, those this program does not know among them."""
    strange = connection.execute(select(_STRANGE.c.entity).where(_STRANGE.c.scope == scope).distinct())
    return sorted({*shapes(), *strange.scalars()}, key=_order)


def _order(entity: str) -> tuple[bool, str]:
    """Departures come last, so that a row that left while the pages were read is missed by nobody."""
    return entity == "departure", entity


def _read_cursor(cursor: bytes) -> tuple[str, bytes]:
    if not cursor:
        return "", _START
    try:
        entity, after = msgspec.msgpack.decode(cursor, type=tuple[str, bytes])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch(code="message_malformed") from error
    if not is_entity_name(entity) or len(after) != len(_START):
        raise BadBatch(code="message_malformed")
    return entity, after
