"""The phase for digests that differ although nothing waits: find the rows, bring them together, and write it down.

Where the other side's row is newer, or is the only one, it is taken. What only this side has and nobody has any more
as a batch is offered as a new change in the name of who wrote it, if they may write it; what may not be offered stays
here and is counted for a person to see. No row is ever dropped for being different.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, insert

from tarahum_desktop.models import HealRecord
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.codec.page import Page, open_page
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.find_differences import find_differences
from tarahum_desktop.sync.exchange.ranges import MOST_ROWS, RECOUNT, ROWS, RecountRequest, RowsRequest
from tarahum_desktop.sync.heal_rows import RowsHealed, heal_page, offer_missing
from tarahum_desktop.sync.mend_book import mend_book
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import verify

_RECORD: Any = HealRecord.__table__
_IDS_NAMED: Final = 50
ROW_UNKNOWN: Final = "row_unknown"
Progress = Callable[[int, dict[str, set[bytes]]], None]


@dataclass(slots=True)
class Healed:
    """What healing a scope found and did, in rows.

    ``taken`` from the other side, ``offered`` to it as new changes, ``left`` for a person. ``book`` says that this
    side's digest did not fit its own rows, ``their_book`` that the other side was asked to count its own.
    """

    scope: str
    found: int = 0
    taken: int = 0
    offered: int = 0
    left: int = 0
    book: bool = False
    their_book: bool = False
    requests: int = 0
    unsettled: list[bytes] = field(default_factory=list)


def heal_scope(
    replica: Replica,
    carrier: Carrier,
    scope: str,
    side: tuple[int, bytes],
    progress: Progress,
    *,
    offers: bool = True,
) -> Healed:
    """Find and mend what differs between this replica and the other side in a scope.

    Args:
        replica: this side.
        carrier: the line to the other side.
        scope: held in full on both sides, with nothing left to send or take.
        side: the other side's device number and signing key.
        progress: told the rows that changed here.
        offers: whether what only this side has is offered; not while the other side still has news, which may say why.

    Raises:
        LineFailed: the line broke; what was mended stays so.
    """
    done = Healed(scope, book=mend_book(replica, scope))
    differences = find_differences(replica, carrier, scope)
    done.found, done.requests = differences.count, differences.requests
    for entity, row_ids in (*differences.only_there.items(), *differences.unlike.items()):
        for page in _fetch(carrier, scope, entity, row_ids, side[1], done):
            with replica.engine.begin() as connection:
                _note(done, heal_page(connection, replica, page))
            progress(0, {entity: set(page.group.row_ids)})
    for entity, row_ids in differences.only_here.items() if offers else ():
        with replica.engine.begin() as connection:
            _note(done, offer_missing(connection, replica, scope, entity, row_ids))
        progress(0, {entity: set(row_ids)})
    if not done.found and not done.book:
        done.their_book = carrier.ask(RECOUNT, RecountRequest(scope)).mended
        done.requests += 1
    with replica.engine.begin() as connection:
        _record(connection, replica, side[0], done)
    return done


def _fetch(
    carrier: Carrier, scope: str, entity: str, row_ids: Sequence[bytes], key: bytes, done: Healed
) -> Iterator[Page]:
    waiting = list(row_ids)
    while waiting:
        reply = carrier.ask(ROWS, RowsRequest(scope, entity, waiting[:MOST_ROWS]))
        done.requests += 1
        if not 0 < reply.seen <= len(waiting):
            raise SyncError("message_malformed")
        del waiting[: reply.seen]
        if reply.page:
            page = open_page(reply.page, key, verify)
            if (page.scope, page.group.entity) != (scope, entity):
                raise SyncError("scope_denied")
            yield page


def _note(done: Healed, rows: RowsHealed) -> None:
    done.taken += len(rows.taken)
    done.offered += len(rows.offered)
    done.left += len(rows.left)
    done.unsettled += rows.left


def _record(connection: Connection, replica: Replica, peer: int, done: Healed) -> None:
    """Counts and ids for the log of this machine; nothing of what the rows say."""
    detail = {
        "taken": done.taken,
        "offered": done.offered,
        "left": done.left,
        "book": done.book,
        "their_book": done.their_book,
        "requests": done.requests,
        "rows": [row_id.hex() for row_id in done.unsettled[:_IDS_NAMED]],
    }
    connection.execute(
        insert(_RECORD).values(
            id=new_id(),
            scope=done.scope,
            at=from_milliseconds(replica.now()),
            peer=peer,
            found=done.found,
            healed=done.taken + done.offered,
            detail=detail,
        )
    )
