"""Counts what a client hands to the line, or takes from it, more than once: contents, apart from TLS, HTTP and TCP."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.begun import read_begun
from tarahum_desktop.sync.exchange.carrier import AnswerCut
from tarahum_desktop.sync.exchange.messages import PullReply, PullRequest, PushReply
from tarahum_desktop.sync.receive import header_of


@dataclass(slots=True)
class Twice:
    """Bytes of batches moved, and those of them that had been moved before or were thrown away at a cut.

    A batch handed over again counts in full, whether or not it had left the machine before the cut.
    """

    moved: int = 0
    again: int = 0
    handed: dict[str, int] = field(default_factory=dict)
    taken: dict[tuple[str, int], int] = field(default_factory=dict)

    def hand(self, payload: bytes) -> None:
        """A batch goes out."""
        header = header_of(payload)
        last = self.handed.get(header.scope, 0)
        overlap = max(0, last - header.first + 1) / (header.last - header.first + 1)
        self.moved += len(payload)
        self.again += round(len(payload) * min(1.0, overlap))
        self.handed[header.scope] = max(last, header.last)

    def take(self, scope: str, position: int, offset: int, size: int) -> None:
        """A part of a log entry came in."""
        end = self.taken.get((scope, position), 0)
        self.moved += size
        self.again += max(0, min(end, offset + size) - offset)
        self.taken[scope, position] = max(end, offset + size)


class CountingCarrier(HttpCarrier):
    """The line of the program with a count of what it carries."""

    twice: Twice

    def push(self, payload: bytes) -> PushReply:
        """Counted."""
        self.twice.hand(payload)
        return super().push(payload)

    def push_run(self, payloads: Sequence[bytes]) -> PushReply:
        """Counted, all of them as if they had gone out."""
        for payload in payloads:
            self.twice.hand(payload)
        return super().push_run(payloads)

    def pull(self, request: PullRequest) -> PullReply:
        """Counted, and what a cut left of an answer as well."""
        before = self.bytes_in
        try:
            reply = super().pull(request)
        except AnswerCut as cut:
            entries, piece = read_begun(cut.begun)
            kept = self._note(request.scope, PullReply(entries, 0, 0, piece))
            self.twice.again += max(0, self.bytes_in - before - kept)
            raise
        self._note(request.scope, reply)
        return reply

    def _note(self, scope: str, reply: PullReply) -> int:
        parts = [(entry.position, 0, len(entry.payload)) for entry in reply.entries]
        if reply.piece:
            parts.append((reply.piece.position, reply.piece.offset, len(reply.piece.content)))
        for position, offset, size in parts:
            self.twice.take(scope, position, offset, size)
        return sum(size for *_, size in parts)
