"""Recomputes what a centre says of itself from its rows and its log, and names what does not fit by scope and position."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import BatchLog, Device, Outbox, StrangeRow
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.codec.pack import is_pack, open_pack
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.page_rows import state_hash
from tarahum_desktop.sync.relocate import losers_of
from tarahum_desktop.sync.row_store import read_group
from tarahum_desktop.sync.scope_book import EMPTY_DIGEST, ScopeBook, read_scopes, read_vector
from tarahum_desktop.sync.shapes import shapes
from tarahum_desktop.sync.signatures import verify
from tarahum_server.centre import CENTRE_DEVICE, Centre

_LOG: Any = BatchLog.__table__
_DEVICE: Any = Device.__table__
_OUTBOX: Any = Outbox.__table__
_STRANGE: Any = StrangeRow.__table__
_ROWS_AT_ONCE: Final = 2_000
_ENTRIES_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit: where, what, and the numbers of it.

    ``what``: ``digest``, ``rows``, ``position_missing``, ``entry_unreadable``, ``entry_foreign``, ``sequence_gap``,
    ``vector``, ``own_sequence``, ``device_number``, ``device_key`` or ``centre_key``.
    """

    scope: str
    what: str
    facts: dict[str, int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line for an administrator."""
        return " ".join(
            [self.scope or "-", self.what, *(f"{key}={value}" for key, value in self.facts.items())]
        )


def verify_centre(centre: Centre) -> Iterator[Fault]:
    """Everything that does not fit, scope by scope, as one moment shows it."""
    reading = centre.engine.execution_options(read_only=True)
    if reading.dialect.name == "postgresql":
        reading = reading.execution_options(isolation_level="REPEATABLE READ")
    with reading.connect() as connection:
        keys = {found.number: found.signing_key for found in connection.execute(select(_DEVICE))}
        yield from _devices(connection, centre, keys)
        for scope, book in read_scopes(connection).items():
            yield from _rows(connection, scope, book)
            yield from _log(connection, scope, book, keys)


def _devices(connection: Connection, centre: Centre, keys: dict[int, bytes]) -> Iterator[Fault]:
    if keys.get(CENTRE_DEVICE) != centre.key.public:
        yield Fault("national", "centre_key")
    query = select(_DEVICE.c.number, func.count()).group_by(_DEVICE.c.number).having(func.count() > 1)
    for number, _count in connection.execute(query):
        yield Fault("national", "device_number", {"device": number})


def _rows(connection: Connection, scope: str, book: ScopeBook) -> Iterator[Fault]:
    """Whether digest and count of a scope are those of its rows."""
    total = count = 0
    strange = connection.execute(
        select(_STRANGE.c.entity).where(_STRANGE.c.scope == scope).distinct()
    ).scalars()
    for entity in sorted({*shapes(), *strange}):
        after = bytes(16)
        while True:
            group, kept = read_group(connection, entity, scope, after, _ROWS_AT_ONCE)
            losers = losers_of(connection, group.row_ids)
            for row_id, stamp, (marks, _carried) in zip(group.row_ids, group.stamps, kept, strict=True):
                total += state_hash(entity, row_id, stamp, marks, losers.get(row_id))
            count += len(kept)
            if len(kept) < _ROWS_AT_ONCE:
                break
            after = group.row_ids[-1]
    found = digest.add(EMPTY_DIGEST, total)
    if found != book.digest:
        yield Fault(scope, "digest", {"kept": book.digest.hex(), "rows_say": found.hex()})
    if count != book.row_count:
        yield Fault(scope, "rows", {"kept": book.row_count, "found": count})


@dataclass
class _Walk:
    """Along one scope's log: which position comes next, and how far each device got."""

    scope: str
    horizon: int
    next_position: int
    reached: dict[int, int] = field(default_factory=dict)

    def position(self, first: int, last: int) -> Iterator[Fault]:
        if first != self.next_position:
            facts: dict[str, int | str] = {"position": self.next_position, "found": first}
            yield Fault(self.scope, "position_missing", facts)
        self.next_position = last + 1

    def batch(self, device: int, first: int, last: int, position: int) -> Iterator[Fault]:
        known = self.reached.get(device)
        if known is None and self.horizon:
            known = first - 1  # what went before lies behind the horizon
        if first > (known or 0) + 1:
            facts: dict[str, int | str] = {
                "position": position,
                "device": device,
                "expected": (known or 0) + 1,
            }
            yield Fault(self.scope, "sequence_gap", facts)
        self.reached[device] = max(known or 0, last)


def _log(connection: Connection, scope: str, book: ScopeBook, keys: dict[int, bytes]) -> Iterator[Fault]:
    walk = _Walk(scope, book.horizon, book.horizon + 1)
    query = select(_LOG).where(_LOG.c.scope == scope).order_by(_LOG.c.position)
    for entry in connection.execute(query.execution_options(yield_per=_ENTRIES_AT_ONCE)):
        yield from walk.position(
            entry.first_sequence if entry.device == PACK_DEVICE else entry.position, entry.position
        )
        yield from _entry(entry, walk, keys)
    if walk.next_position != book.head + 1:
        yield Fault(scope, "position_missing", {"position": walk.next_position, "head": book.head})
    yield from _vector(connection, scope, book, walk)


def _entry(entry: Any, walk: _Walk, keys: dict[int, bytes]) -> Iterator[Fault]:
    """Whether an entry is signed by its maker, is what its columns say, and goes on where its device was."""
    facts: dict[str, int | str] = {"position": entry.position, "device": entry.device}
    payload = bytes(entry.payload)
    try:
        if is_pack(payload):
            pack = open_pack(payload, keys.get(CENTRE_DEVICE, b""), verify)
            fits = (pack.header.scope, pack.header.first, pack.header.last) == (
                entry.scope, entry.first_sequence, entry.last_sequence,
            )  # fmt: skip
            heads = list(pack.heads)
        else:
            head = open_batch(payload, lambda device: keys.get(device, b""), verify).header
            fits = (head.scope, head.device, head.first, head.last) == (
                entry.scope, entry.device, entry.first_sequence, entry.last_sequence,
            )  # fmt: skip
            heads = [head]
    except (TarahumError, ValueError) as error:
        yield Fault(entry.scope, "entry_unreadable", {**facts, "why": getattr(error, "code", "key")})
        return
    if not fits:
        yield Fault(entry.scope, "entry_foreign", facts)
    for head in heads:
        yield from walk.batch(head.device, head.first, head.last, entry.position)


def _vector(connection: Connection, scope: str, book: ScopeBook, walk: _Walk) -> Iterator[Fault]:
    vector = read_vector(connection, scope)
    for device in sorted(vector.keys() | walk.reached.keys()):
        in_log, kept = walk.reached.get(device), vector.get(device, 0)
        if in_log is None and book.horizon:
            continue  # all of it lies behind the horizon
        if in_log != kept:
            yield Fault(scope, "vector", {"device": device, "kept": kept, "log": in_log or 0})
    waiting = connection.execute(select(func.count()).where(_OUTBOX.c.scope == scope)).scalar_one()
    if waiting or book.next_sequence - 1 != book.acknowledged:
        yield Fault(scope, "own_sequence", {"unpublished": waiting, "acknowledged": book.acknowledged})
