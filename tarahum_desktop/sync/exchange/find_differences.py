"""Finds the rows in which two replicas of a scope differ, in about as many requests as the logarithm of their number."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.ranges import (
    LISTED_BYTES,
    MOST_RANGES,
    RANGES,
    Range,
    RangesRequest,
    RangeSum,
    sum_up,
)
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_hashes import row_hashes
from tarahum_desktop.sync.shapes import is_entity_name
from tarahum_desktop.sync.snapshot import tables_here

_WAYS: Final = 16
_FEW: Final = 64
MOST_DIFFERENCES: Final = 5_000
"""More than this is left to the next exchange: work and memory of one stay bounded."""


@dataclass(slots=True)
class Differences:
    """Row ids by table that only one side has, or that both have in different states."""

    only_here: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    only_there: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    unlike: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0
    requests: int = 0


def find_differences(replica: Replica, carrier: Carrier, scope: str) -> Differences:
    """Compare a scope with the other side's, down to single rows.

    Raises:
        LineFailed: the line broke; nothing was changed.
    """
    found = Differences()
    with replica.engine.execution_options(read_only=True).connect() as connection:
        known = tables_here(connection, scope)
        waiting = deque(Range(entity) for entity in known)
        first = True
        while waiting and found.count < MOST_DIFFERENCES:
            asked = [waiting.popleft() for _ in range(min(len(waiting), MOST_RANGES))]
            reply = carrier.ask(RANGES, RangesRequest(scope, asked, first))
            found.requests += 1
            if not 0 < len(reply.sums) <= len(asked):
                raise SyncError("message_malformed")
            if first:
                fresh = sorted(set(reply.names) - set(known))
                waiting.extend(Range(name, listed=True) for name in fresh if is_entity_name(name))
                first = False
            rest = asked[len(reply.sums) :]
            done = asked[: len(reply.sums)]
            if reply.reached:
                rest.insert(0, _from(done[-1], reply.reached))
                done[-1] = _up_to(done[-1], reply.reached)
            for part, theirs in zip(done, reply.sums, strict=True):
                waiting.extend(_compare(connection, scope, part, theirs, found))
            waiting.extendleft(reversed(rest))
    return found


def _from(part: Range, reached: bytes) -> Range:
    if not part.after < reached <= part.up_to:
        raise SyncError("message_malformed")
    return Range(part.entity, reached, part.up_to, part.listed)


def _up_to(part: Range, reached: bytes) -> Range:
    return Range(part.entity, part.after, reached, part.listed)


def _compare(
    connection: Connection, scope: str, part: Range, theirs: RangeSum, found: Differences
) -> Iterable[Range]:
    """Note what a range shows; returns the ranges to be asked about next."""
    mine, _ = sum_up(connection, scope, part)
    if part.listed:
        _compare_rows(part.entity, _rows(mine), _rows(theirs), found)
        return ()
    if (mine.count, mine.sum) == (theirs.count, theirs.sum):
        return ()
    # Where this side has next to nothing there is nothing to split by, and all of theirs is wanted.
    if max(mine.count, theirs.count) <= _FEW or mine.count * _FEW < theirs.count:
        return (Range(part.entity, part.after, part.up_to, listed=True),)
    return tuple(_split(connection, scope, part, mine.count))


def _split(connection: Connection, scope: str, part: Range, count: int) -> Iterator[Range]:
    """Sixteen ranges with as many rows of this side in each."""
    step = -(-count // _WAYS)
    rows = (row_id for row_id, _ in row_hashes(connection, scope, part.entity, part.after, part.up_to))
    bounds = list(islice(rows, step - 1, None, step))
    for after, up_to in pairwise([part.after, *bounds, part.up_to]):
        if after < up_to:
            yield Range(part.entity, after, up_to)


def _rows(answer: RangeSum) -> dict[bytes, bytes]:
    if len(answer.listed) != answer.count * LISTED_BYTES:
        raise SyncError("message_malformed")
    parts = (answer.listed[at : at + LISTED_BYTES] for at in range(0, len(answer.listed), LISTED_BYTES))
    return {part[:16]: part[16:] for part in parts}


def _compare_rows(
    entity: str, mine: dict[bytes, bytes], theirs: dict[bytes, bytes], found: Differences
) -> None:
    here, there = mine.keys() - theirs.keys(), theirs.keys() - mine.keys()
    unlike = {row_id for row_id in mine.keys() & theirs.keys() if mine[row_id] != theirs[row_id]}
    for kept, ids in ((found.only_here, here), (found.only_there, there), (found.unlike, unlike)):
        if ids:
            kept[entity] += sorted(ids)
            found.count += len(ids)
