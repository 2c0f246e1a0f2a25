"""The phase a new device begins with: a scope's rows page by page, resumable after any page."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from tarahum_desktop.models import AppliedVector, ScopeState
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.codec.page import open_page, seal_page
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.messages import SnapshotReply, SnapshotRequest
from tarahum_desktop.sync.exchange.pace import Pace, timed
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import advance_vector, open_scope, read_scopes, read_vector
from tarahum_desktop.sync.signatures import verify
from tarahum_desktop.sync.snapshot import next_page

_STATE: Any = ScopeState.__table__
_VECTOR: Any = AppliedVector.__table__
ROWS_AT_MOST: Final = 2_000
Progress = Callable[[int, dict[str, set[bytes]]], None]


def take_snapshot(
    replica: Replica,
    carrier: Carrier,
    scope: str,
    pace: Pace,
    centre_key: bytes,
    progress: Progress,
    *,
    anew: bool = False,
) -> int:
    """Take a scope that is not complete here; returns the rows that were new.

    The cursor is saved with each page, so a cut line goes on where it stopped. ``anew`` begins again whatever was
    taken before: the log the tail would have come from is no longer kept. What is here and not at the other side
    stays; rows that left the scope meanwhile go by their departures.
    """
    rows = 0
    cursor = _begin(replica, scope, anew=anew)
    while True:
        try:
            request = SnapshotRequest(scope, cursor or b"", min(ROWS_AT_MOST, pace.rows))
            reply, seconds = timed(carrier.snapshot, request)
        except SyncError:
            pace.failed()
            raise
        pace.succeeded(seconds, len(reply.page))
        with replica.engine.begin() as connection:
            if cursor is None:
                _keep_start(connection, replica, scope, reply)
            new = 0
            if reply.page:
                page = open_page(reply.page, centre_key, verify)
                if page.scope != scope:
                    raise SyncError("scope_denied")
                new = apply_page(connection, replica, page)
                pace.learn(max(1, len(page.group.row_ids)), len(reply.page))
                progress(new, {page.group.entity: set(page.group.row_ids)})
            _save_cursor(connection, scope, reply.cursor)
        rows += new
        cursor = reply.cursor
        if not cursor:
            return rows


def _begin(replica: Replica, scope: str, *, anew: bool) -> bytes | None:
    """The saved cursor, None when the snapshot has not begun."""
    with replica.engine.begin() as connection:
        open_scope(connection, scope)
        if anew:
            _forget_progress(connection, scope)
        query = select(_STATE.c.snapshot_cursor).where(_STATE.c.scope == scope)
        saved: bytes | None = connection.execute(query).scalar_one()
    return saved


def _forget_progress(connection: Connection, scope: str) -> None:
    statement = update(_STATE).where(_STATE.c.scope == scope)
    connection.execute(statement.values(snapshot_cursor=None, complete=False))


def _keep_start(connection: Connection, replica: Replica, scope: str, reply: SnapshotReply) -> None:
    """From here on the log's tail is ours to follow; what came another way before comes again and is known then."""
    book = open_scope(connection, scope)
    connection.execute(delete(_VECTOR).where(_VECTOR.c.scope == scope))
    book.remote_position = reply.position
    book.save(connection)
    for device, sequence in reply.vector.items():
        if device != replica.device:
            advance_vector(connection, scope, device, sequence)


def _save_cursor(connection: Connection, scope: str, cursor: bytes) -> None:
    done = not cursor
    connection.execute(
        update(_STATE)
        .where(_STATE.c.scope == scope)
        .values(snapshot_cursor=None if done else cursor, complete=done)
    )


def answer_snapshot(
    connection: Connection, replica: Replica, device: KnownDevice, request: SnapshotRequest
) -> SnapshotReply:
    """One page, with the log position and vector as they are in the same transaction."""
    if not device.may_read(request.scope):
        raise SyncError("scope_denied")
    book = read_scopes(connection).get(request.scope)
    vector = read_vector(connection, request.scope)
    page, cursor = next_page(
        connection, request.scope, request.cursor, max(1, min(request.limit_rows, ROWS_AT_MOST))
    )
    sealed = seal_page(page, replica.signer) if page is not None else b""
    return SnapshotReply(sealed, cursor, book.head if book else 0, vector)
