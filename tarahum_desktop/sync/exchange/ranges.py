"""Two calls by which differing rows are found and fetched: sums of row hashes over ranges of ids, and named rows.

The caller names ranges and the other side answers with the number of rows and the sum of their hashes in each, or
with the hashes one by one where few are left. The caller splits what differs where its own rows lie, so that each step
leaves a sixteenth whatever times the ids were made at. Work is bounded in each request: what is not finished is asked
for again from where it ended.
"""

from typing import Annotated, Any, ClassVar, Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.codec.page import Page, seal_page
from tarahum_desktop.sync.digest import MODULUS
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.mend_book import mend_book
from tarahum_desktop.sync.relocate import losers_of
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_hashes import FIRST_ID, LAST_ID, row_hashes
from tarahum_desktop.sync.row_store import StoredRow, read_rows
from tarahum_desktop.sync.shapes import is_entity_name, shape_of
from tarahum_desktop.sync.snapshot import tables_here

MOST_RANGES: Final = 256
MOST_ROWS: Final = 200
LISTED_BYTES: Final = 24
_REQUEST_BYTES: Final = 32 * 1024
_ROWS_OF_WORK: Final = 200_000
_LISTED_AT_ONCE: Final = 10_000
_BIG_ROWS: Final = 20
_BIG: Final = "arrival"  # each holds a page of its own
_Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class Range(msgspec.Struct, array_like=True, frozen=True):
    """Ids of a table after one and up to another; ``listed`` asks for each row's hash instead of their sum."""

    entity: str
    after: _Id = FIRST_ID
    up_to: _Id = LAST_ID
    listed: bool = False


class RangesRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks about ranges of a scope's rows; ``names`` also for the names of its tables."""

    scope: str
    ranges: Annotated[list[Range], msgspec.Meta(max_length=MOST_RANGES)]
    names: bool = False


class RangeSum(msgspec.Struct, array_like=True, frozen=True):
    """Rows of a range and the sum of their hashes modulo 2**64, or ``listed``: id and hash (8 bytes) of each."""

    WIDE: ClassVar[tuple[str, ...]] = ("sum",)

    count: int
    sum: int
    listed: bytes = b""


class RangesReply(msgspec.Struct, array_like=True, frozen=True):
    """Answers the first ranges, at least one; the last of them only up to the id ``reached`` if that is not empty."""

    sums: list[RangeSum]
    reached: bytes = b""
    names: list[str] = []


class RowsRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for rows of one table by their ids."""

    scope: str
    entity: str
    row_ids: Annotated[list[_Id], msgspec.Meta(max_length=MOST_ROWS)]


class RowsReply(msgspec.Struct, array_like=True, frozen=True):
    """A signed page of those of the first ``seen`` ids that are there (empty: none is)."""

    page: bytes
    seen: int


class RecountRequest(msgspec.Struct, array_like=True, frozen=True):
    """Says that digests differ although all rows were found equal: the other side's book is to be looked at."""

    scope: str


class RecountReply(msgspec.Struct, array_like=True, frozen=True):
    """Whether the book was wrong; it is right now."""

    mended: bool


RECOUNT: Final = Call("recount", RecountRequest, RecountReply)
RANGES: Final = Call("ranges", RangesRequest, RangesReply, _REQUEST_BYTES)
ROWS: Final = Call("rows", RowsRequest, RowsReply)


def answer_ranges(replica: Replica, device: KnownDevice, request: RangesRequest) -> RangesReply:
    """Sums of what whoever may read the scope asks about."""
    _check(device, request.scope, *(part.entity for part in request.ranges))
    sums: list[RangeSum] = []
    reached = b""
    room = _ROWS_OF_WORK
    with replica.engine.execution_options(read_only=True).connect() as connection:
        names = tables_here(connection, request.scope) if request.names else []
        for part in request.ranges:
            found, reached = sum_up(connection, request.scope, part, room)
            sums.append(found)
            room -= found.count
            if reached or room <= 0:
                break
    return RangesReply(sums, reached, names)


def sum_up(
    connection: Connection, scope: str, part: Range, most: int | None = None
) -> tuple[RangeSum, bytes]:
    """The sum of a range, or of so many of its first rows with the id of the last; that id is empty at the end."""
    count = total = 0
    listed = bytearray()
    limit = _LISTED_AT_ONCE if part.listed and most is not None else most
    for row_id, value in row_hashes(connection, scope, part.entity, part.after, part.up_to):
        count += 1
        total += value
        if part.listed:
            listed += row_id + value.to_bytes(8, "big")
        if limit is not None and count >= max(1, limit):
            return RangeSum(count, total % MODULUS, bytes(listed)), row_id
    return RangeSum(count, total % MODULUS, bytes(listed)), b""


def answer_recount(replica: Replica, device: KnownDevice, request: RecountRequest) -> RecountReply:
    """Count a scope's rows anew and mend the book if it is wrong."""
    _check(device, request.scope)
    return RecountReply(mend_book(replica, request.scope))


def answer_rows(replica: Replica, device: KnownDevice, request: RowsRequest) -> RowsReply:
    """Named rows with their merge states and open conflicts, under this replica's signature."""
    _check(device, request.scope, request.entity)
    wanted = request.row_ids[: _BIG_ROWS if request.entity == _BIG else MOST_ROWS]
    with replica.engine.execution_options(read_only=True).connect() as connection:
        there = read_rows(connection, request.entity, wanted).values()
        rows = [row for row in there if row.scope == request.scope]
        losers = losers_of(connection, [row.row_id for row in rows])
    page = _page(request.scope, request.entity, rows, losers)
    return RowsReply(seal_page(page, replica.signer) if rows else b"", len(wanted))


def _check(device: KnownDevice, scope: str, *entities: str) -> None:
    if not device.may_read(scope):
        raise SyncError("scope_denied")
    if not all(map(is_entity_name, entities)):
        raise SyncError("message_malformed")


def _page(scope: str, entity: str, rows: list[StoredRow], losers: dict[bytes, bytes]) -> Page:
    names = shape_of(entity).names
    columns: list[list[Any]] = [[row.values[name] for row in rows] for name in names]
    group = InsertGroup(
        entity,
        names,
        [],
        [row.row_id for row in rows],
        [row.stamp for row in rows],
        [row.author for row in rows],
        columns,
    )
    kept = [(row.field_stamps, row.carried) for row in rows]
    return Page(scope, group, kept, [losers.get(row.row_id) for row in rows])
