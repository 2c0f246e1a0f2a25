"""Whose request is answered next in one worker: bounded queues, callers in turn, lanes that hold few at once.

A device that asks for a hundred things waits behind itself, never in front of others, and nobody waits without end:
what finds no place is refused with ``busy`` and the seconds after which to come again.
"""

import asyncio
import random
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.sync.errors import SyncError

_MOST_SECONDS: Final = 5
_OF_ONE_CALLER: Final = 4


class Busy(SyncError):
    """There is no place for another request now. Fact ``seconds``: when to come again."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class Lane:
    """Something of which only ``most`` requests may be at work at once: a caller, a scope's lock, memory."""

    name: Hashable
    most: int


@dataclass(slots=True)
class _Waiting:
    lanes: Sequence[Lane]
    called: asyncio.Future[None]


class Turns:
    """The places of one worker; belongs to one event loop, and therefore needs no lock.

    Args:
        at_once: how many are answered at once.
        waiting: how many may wait, all callers together.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = at_once
        self._most_waiting = waiting
        self._lines: OrderedDict[Hashable, deque[_Waiting]] = OrderedDict()
        self._at_work: Counter[Hashable] = Counter()
        self._closing = False

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return sum(len(line) for line in self._lines.values())

    def close(self) -> None:
        """From now on admit nobody new; who waits is still answered."""
        self._closing = True

    @property
    def closing(self) -> bool:
        """Whether this worker is about to end."""
        return self._closing

    @asynccontextmanager
    async def turn(self, caller: Hashable, lanes: Sequence[Lane]) -> AsyncIterator[None]:
        """One caller's turn; raises Busy."""
        await self._take(caller, lanes)
        try:
            yield
        finally:
            self._give_back(lanes)

    async def _take(self, caller: Hashable, lanes: Sequence[Lane]) -> None:
        if self._closing:
            raise self.refusal()
        if self._free and caller not in self._lines and self._has_room(lanes):
            self._start(lanes)
            return
        line = self._lines.get(caller)
        if self.waiting >= self._most_waiting or (line is not None and len(line) >= _OF_ONE_CALLER):
            raise self.refusal()
        waiting = _Waiting(lanes, asyncio.get_running_loop().create_future())
        self._lines.setdefault(caller, deque()).append(waiting)
        try:
            await waiting.called
        except asyncio.CancelledError:
            if waiting.called.done() and not waiting.called.cancelled():
                self._give_back(lanes)  # its turn had come in the same moment
            else:
                self._leave(caller, waiting)
            raise

    def refusal(self) -> Busy:
        """When to come again: spread by chance, so that those refused together do not come back together."""
        share = self.waiting / max(1, self._most_waiting)
        return Busy(seconds=random.randint(1, 1 + round(share * (_MOST_SECONDS - 1))))  # noqa: S311 - no secret

    def _has_room(self, lanes: Sequence[Lane]) -> bool:
        return all(self._at_work[lane.name] < lane.most for lane in lanes)

    def _start(self, lanes: Sequence[Lane]) -> None:
        self._free -= 1
        self._at_work.update(lane.name for lane in lanes)

    def _give_back(self, lanes: Sequence[Lane]) -> None:
        self._free += 1
        for lane in lanes:
            self._at_work[lane.name] -= 1
            if not self._at_work[lane.name]:
                del self._at_work[lane.name]
        while self._free and self._call_next():
            pass

    def _call_next(self) -> bool:
        """Call the first whose lanes have room; the caller then goes behind all others."""
        for caller, line in self._lines.items():
            if self._has_room(line[0].lanes):
                waiting = line.popleft()
                self._lines.move_to_end(caller)
                if not line:
                    del self._lines[caller]
                self._start(waiting.lanes)
                waiting.called.set_result(None)
                return True
        return False

    def _leave(self, caller: Hashable, waiting: _Waiting) -> None:
        line = self._lines[caller]
        line.remove(waiting)
        if not line:
            del self._lines[caller]
