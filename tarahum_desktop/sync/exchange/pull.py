"""Phase 3: take what others wrote, in the order the other side's log has it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.sync.codec.pack import is_pack
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.begun import read_begun
from tarahum_desktop.sync.exchange.carrier import AnswerCut, Carrier
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.messages import LogEntry, Piece, PullReply, PullRequest
from tarahum_desktop.sync.exchange.pace import MOST_BYTES, Pace, timed
from tarahum_desktop.sync.log import read_log
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.repack import receive_entry, scope_of
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope, read_scopes

Progress = Callable[[int, dict[str, set[bytes]]], None]

ROWS_A_TRANSACTION: Final = 2_000
_ENTRIES_A_REPLY: Final = 2_000
LOG_GONE: Final = "log_gone"


def pull_scope(
    replica: Replica,
    carrier: Carrier,
    scope: str,
    position: int,
    head: int,
    memory: LineMemory,
    gate: Gate,
    progress: Progress,
) -> int:
    """Take and apply everything after a position; returns how many changes were new.

    While one reply is applied the next is on the line. An entry larger than what fits on the line comes in pieces.

    Raises:
        LineFailed: the line broke; what was applied is recorded with its position.
    """
    new = 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pull") as line:

        def ask() -> Future[tuple[PullReply, float]] | None:
            begun, offset = memory.received(scope)
            size = memory.back.bytes_wanted
            request = PullRequest(scope, position, size, packs=True, pieces=True, begun=begun, offset=offset)
            return line.submit(timed, carrier.pull, request) if position < head else None

        asked = ask()
        while asked is not None:
            try:
                reply = _await_reply(asked, memory.back)
            except AnswerCut as cut:
                _keep_begun(replica, scope, cut.begun, memory, gate, progress)
                raise
            if reply.piece is not None:
                entry = memory.join(scope, reply.piece)
                reached = entry.position if entry else position
                reply = PullReply([entry] if entry else [], reached, reply.head)
            elif reply.position <= position < reply.head:
                raise SyncError("pull_stuck")
            position, head = reply.position, reply.head
            asked = ask()
            if not reply.entries:
                progress(0, {})
            new += _apply_entries(replica, scope, reply, gate, progress)
    return new


def _await_reply(answer: Future[tuple[PullReply, float]], pace: Pace) -> PullReply:
    try:
        reply, seconds = answer.result()
    except SyncError:
        pace.failed()
        raise
    size = sum(len(entry.payload) for entry in reply.entries)
    pace.succeeded(seconds, size + (len(reply.piece.content) if reply.piece else 0))
    return reply


def _keep_begun(
    replica: Replica, scope: str, answer: bytes, memory: LineMemory, gate: Gate, progress: Progress
) -> None:
    """What arrived of an answer before the cut is not asked for again."""
    entries, piece = read_begun(answer)
    if piece is not None and (entry := memory.join(scope, piece)):
        entries.append(entry)
    if entries:
        reached = entries[-1].position
        _apply_entries(replica, scope, PullReply(entries, reached, reached), gate, progress)


def _apply_entries(replica: Replica, scope: str, reply: PullReply, gate: Gate, progress: Progress) -> int:
    """Apply in short transactions, so that somebody typing never waits long for the writer's lock."""
    new = 0
    waiting = list(reply.entries)
    while waiting:
        touched: dict[str, set[bytes]] = {}
        changes = 0
        with replica.engine.begin() as connection:
            while waiting and changes < ROWS_A_TRANSACTION:
                entry = waiting.pop(0)
                changes += _apply_entry(connection, replica, scope, entry, gate, touched)
            _set_position(connection, scope, entry.position)
        new += changes
        progress(changes, touched)
    with replica.engine.begin() as connection:
        _set_position(connection, scope, reply.position)
    return new


def _apply_entry(
    connection: Connection,
    replica: Replica,
    scope: str,
    entry: LogEntry,
    gate: Gate,
    touched: dict[str, set[bytes]],
) -> int:
    if scope_of(entry.payload) != scope:
        raise SyncError("scope_denied")
    done = receive_entry(connection, replica, entry.payload, gate)
    for entity, row_ids in done.touched.items():
        touched.setdefault(entity, set()).update(row_ids)
    return done.changes


def _set_position(connection: Connection, scope: str, position: int) -> None:
    book = open_scope(connection, scope)
    if position > book.remote_position:
        book.remote_position = position
        book.save(connection)


def answer_pull(connection: Connection, device: KnownDevice, request: PullRequest) -> PullReply:
    """Log entries after a position, without the caller's own, bounded in bytes and number.

    Raises:
        SyncError: ``scope_denied``; ``log_gone``, the entries after the position are no longer kept and a snapshot
            must be taken; ``version_unknown``, they are re-packed and the caller cannot read that.
    """
    if not device.may_read(request.scope):
        raise SyncError("scope_denied")
    book = read_scopes(connection).get(request.scope)
    limit = max(1, min(request.limit_bytes, MOST_BYTES))
    found: list[Any] = []
    ended = False
    while not found and not ended:  # a re-pack may take the place of all that was chosen
        found, ended = read_log(
            connection, request.scope, request.position, device.number, _ENTRIES_A_REPLY, limit
        )
    # Entries are dropped together with raising the horizon: seen last, it tells of all that was not seen before.
    after = read_scopes(connection).get(request.scope)
    if after is not None and request.position < after.horizon:
        raise SyncError(LOG_GONE, scope=request.scope)
    if not request.packs and any(is_pack(entry.payload) for entry in found):
        raise SyncError("version_unknown")
    if request.pieces and found and (piece := _piece(found[0], request, limit)):
        return PullReply([], request.position, max(piece.position, book.head if book else 0), piece)
    reached = found[-1].position if found else request.position
    if ended and book is not None:
        reached = max(reached, book.head)
    entries = [LogEntry(entry.position, entry.payload) for entry in found]
    return PullReply(entries, reached, max(reached, book.head if book else 0))


def _piece(entry: Any, request: PullRequest, limit: int) -> Piece | None:
    """What comes next of an entry that does not fit, or that the caller has the beginning of; None sends it whole."""
    size = len(entry.payload)
    offset = request.offset if request.begun == entry.position and 0 <= request.offset < size else 0
    if not offset and size <= limit:
        return None
    return Piece(entry.position, size, offset, entry.payload[offset : offset + limit])
