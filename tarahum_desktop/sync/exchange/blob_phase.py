"""The last phase: contents of attachments, after the records are through and proven.

Whatever happens here, the exchange of records has succeeded: a line that breaks, a side that refuses and a disk that is
full end this phase only, and the outcome says what waits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import msgspec

from tarahum_desktop.domain.store_errors import DatabaseError
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.speed import LineSpeed
from tarahum_desktop.sync.blobs.store import append_bytes, confirm_blob, held_bytes, read_bytes
from tarahum_desktop.sync.blobs.wanted import Wanted, in_vain, note_in_vain, to_send, to_take
from tarahum_desktop.sync.blobs.words import BlobReceipt
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.blobs import (
    BLOB_HAVE,
    BLOB_PULL,
    BLOB_PUSH,
    MOST_NAMES,
    OK,
    BlobHaveRequest,
    BlobPiece,
    BlobPulled,
    BlobPullRequest,
    BlobPushed,
    BlobPushRequest,
    BlobWant,
)
from tarahum_desktop.sync.exchange.carrier import Carrier, LineFailed
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import verify

_DAMAGED: Final = "blob_damaged"
_TRIES: Final = 2
_FRUITLESS: Final = 2


@dataclass(frozen=True, slots=True)
class Files:
    """What an exchange did with contents; ``code`` says what ended the phase early, empty when nothing did.

    ``wait_out`` and ``wait_in`` are the numbers of contents still to go and to come under the policy.
    """

    sent: int = 0
    taken: int = 0
    bytes_sent: int = 0
    bytes_taken: int = 0
    wait_out: int = 0
    wait_in: int = 0
    code: str = ""


Report = Callable[[Files], None]


@dataclass(slots=True)
class _Left:
    """A content that moves, how far it is, and how often it was begun."""

    wanted: Wanted
    at: int
    tries: int = 0


def move_files(
    replica: Replica,
    carrier: Carrier,
    side: OtherSide,
    policy: BlobPolicy,
    report: Report,
    speed: LineSpeed | None = None,
) -> Files:
    """Send what the other side lacks and take what is wanted here, within a policy; no request when that is nothing."""
    run = _Moving(replica, carrier, side, policy, report, speed or LineSpeed())
    code = ""
    try:
        run.through_cuts()
    except (SyncError, DatabaseError) as error:
        code = error.code
    return replace(run.files, wait_out=run.count_out(), wait_in=run.count_in(), code=code or run.code)


@dataclass
class _Moving:
    """One running phase."""

    replica: Replica
    carrier: Carrier
    side: OtherSide
    policy: BlobPolicy
    report: Report
    speed: LineSpeed
    files: Files = field(default_factory=Files)
    code: str = ""
    done: set[bytes] = field(default_factory=set)
    began: float = 0.0

    def through_cuts(self) -> None:
        """Go on after each cut for as long as something moves between them."""
        self.began = self.speed.now()
        fruitless = 0
        while True:
            before = self.moved
            try:
                return self.run()
            except LineFailed:
                self.speed.failed()
                fruitless = 0 if self.moved > before else fruitless + 1
                if fruitless == _FRUITLESS or self._spent():
                    raise

    def run(self) -> None:
        """What people wait for, then thumbnails in both directions, then the only copies of originals, then the rest."""
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            self.done = set(in_vain(connection, self.side.device, self.replica.now()) - self.policy.wanted)
        if not (self._next(_any, outwards=True) or self._next(_any, outwards=False)):
            return
        rounds = ((False, self._asked),) if self.policy.alone else (
            (False, self._asked), (True, _small), (False, _small), (True, _any), (False, _any)
        )  # fmt: skip
        for outwards, chosen in rounds:
            while not self._spent() and self._round(chosen, outwards=outwards):
                pass

    @property
    def moved(self) -> int:
        """Bytes of contents in both directions."""
        return self.files.bytes_sent + self.files.bytes_taken

    def count_out(self) -> int:
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            return len(to_send(connection))

    def count_in(self) -> int:
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            return len(to_take(connection, self.policy, from_milliseconds(self.replica.now())))

    def _asked(self, wanted: Wanted) -> bool:
        return wanted.sha256 in self.policy.wanted

    def _round(self, chosen: Callable[[Wanted], bool], *, outwards: bool) -> bool:
        """Move some contents one way; False when there are none."""
        names = self._next(chosen, outwards=outwards)
        self.done.update(one.sha256 for one in names)
        if names:
            (self._send if outwards else self._take)(names)
        return bool(names)

    def _next(self, chosen: Callable[[Wanted], bool], *, outwards: bool) -> list[Wanted]:
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            if outwards:
                found = to_send(connection)
                if self.policy.metered:
                    found = [one for one in found if one.thumb]
            else:
                limit, now = len(self.done) + MOST_NAMES, from_milliseconds(self.replica.now())
                found = to_take(connection, self.policy, now, limit)
                found = [one for one in found if self._worth(one)]
        return [one for one in found if chosen(one) and one.sha256 not in self.done][:MOST_NAMES]

    def _send(self, names: Sequence[Wanted]) -> None:
        told = self.carrier.ask(BLOB_HAVE, BlobHaveRequest([one.sha256 for one in names])).held
        if len(told) != len(names):
            raise SyncError("message_malformed")
        left: list[_Left] = []
        for one, held in zip(names, told, strict=True):
            if held.held < 0:
                self._in_vain(one)
            elif not (held.receipt and self._confirmed(held.receipt, one)):
                left.append(_Left(one, min(held.held, one.size)))
        while left and not self._spent():
            left = self._send_some(left)

    def _send_some(self, left: list[_Left]) -> list[_Left]:
        """One request full of pieces; returns what is still to go."""
        pieces = self._pieces(left)
        since = self.speed.now()
        answers = self.carrier.ask(BLOB_PUSH, BlobPushRequest(pieces)).answers
        if len(answers) != len(pieces):
            raise SyncError("message_malformed")
        size = sum(len(piece.data) for piece in pieces)
        self.speed.carried(size, since)
        self.files = replace(self.files, bytes_sent=self.files.bytes_sent + size)
        kept = [one for one, answer in zip(left, answers, strict=False) if self._still_to_go(one, answer)]
        self.report(self.files)
        return kept + left[len(pieces) :]

    def _pieces(self, left: Sequence[_Left]) -> list[BlobPiece]:
        room, pieces = self.speed.piece, []
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            for one in left:
                name = one.wanted.sha256
                data = read_bytes(connection, name, one.at, room, self.replica.at_rest) or b""
                pieces.append(BlobPiece(name, one.wanted.size, one.at, data))
                room -= len(data)
                if room <= 0 or len(pieces) == MOST_NAMES:
                    break
        return pieces

    def _still_to_go(self, one: _Left, answer: BlobPushed) -> bool:
        if answer.receipt and self._confirmed(answer.receipt, one.wanted):
            self.files = replace(self.files, sent=self.files.sent + 1)
            return False
        if answer.code == OK and 0 <= answer.held < one.wanted.size and answer.held != one.at:
            one.at = answer.held
            return True
        if answer.code == _DAMAGED and one.tries < _TRIES:
            one.at, one.tries = 0, one.tries + 1  # what lay there before was not this content
            return True
        self.code = self.code or ("" if answer.code == OK else answer.code)
        self._in_vain(one.wanted)
        return False

    def _take(self, names: Sequence[Wanted]) -> None:
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            left = [_Left(one, held_bytes(connection, one.sha256, self.replica.at_rest)) for one in names]
        while left and not self._spent():
            left = self._take_some([one for one in left if self._worth(one.wanted)])

    def _worth(self, wanted: Wanted) -> bool:
        """On a slow line only what is small or what somebody waits for; the rest stays wanted."""
        return wanted.thumb or self._asked(wanted) or not self.speed.is_below(self.policy.slow_below)

    def _take_some(self, left: list[_Left]) -> list[_Left]:
        if not left:
            return []
        since = self.speed.now()
        wants = [BlobWant(one.wanted.sha256, one.at) for one in left]
        pieces = self.carrier.ask(BLOB_PULL, BlobPullRequest(wants, self.speed.piece)).pieces
        if not 0 < len(pieces) <= len(left):
            raise SyncError("message_malformed")
        size = sum(len(piece.data) for piece in pieces)
        self.speed.carried(size, since)
        self.files = replace(self.files, bytes_taken=self.files.bytes_taken + size)
        kept = [one for one, piece in zip(left, pieces, strict=False) if self._still_to_come(one, piece)]
        self.report(self.files)
        return kept + left[len(pieces) :]

    def _still_to_come(self, one: _Left, piece: BlobPulled) -> bool:
        wanted, now = one.wanted, from_milliseconds(self.replica.now())
        if piece.code != OK or piece.size != wanted.size or not (piece.data or piece.receipt):
            self._in_vain(wanted)
            return False
        with self.replica.engine.begin() as connection:
            kept = append_bytes(
                connection, wanted.sha256, wanted.size, one.at, piece.data, now, self.replica.at_rest
            )
        if kept.whole:
            if piece.receipt:
                self._confirmed(piece.receipt, wanted)
            self.files = replace(self.files, taken=self.files.taken + 1)
            return False
        if kept.damaged:
            one.tries += 1
            if one.tries >= _TRIES:
                self.code = self.code or _DAMAGED
                self._in_vain(wanted)
                return False
        one.at = kept.held
        return True

    def _confirmed(self, receipt: BlobReceipt, wanted: Wanted) -> bool:
        """Whether the other side has it all; the centre's own word on it is written down."""
        if (receipt.sha256, receipt.size, receipt.device) != (wanted.sha256, wanted.size, self.side.device):
            raise SyncError("receipt_foreign")
        if not verify(self.side.key, receipt.signature, receipt.signed_bytes()):
            raise SyncError("receipt_signature")
        if not self.side.is_centre:
            self._in_vain(wanted)  # it is there now, though not at the centre yet
            return True
        with self.replica.engine.begin() as connection:
            told_at, kept = from_milliseconds(self.replica.now()), msgspec.msgpack.encode(receipt)
            confirm_blob(connection, wanted.sha256, told_at, kept)
        return True

    def _in_vain(self, wanted: Wanted) -> None:
        with self.replica.engine.begin() as connection:
            note_in_vain(connection, self.side.device, [wanted.sha256], self.replica.now())

    def _spent(self) -> bool:
        """Whether the time or the bytes of this exchange are used up."""
        late = self.speed.now() - self.began >= self.policy.budget_seconds
        return late or self.moved >= self.policy.budget_bytes


def _small(wanted: Wanted) -> bool:
    return wanted.thumb


def _any(_wanted: Wanted) -> bool:
    return True
