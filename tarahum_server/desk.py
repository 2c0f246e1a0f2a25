"""Answers signed messages from the database; knows nothing of HTTP. Each method runs in a worker thread."""

from sqlalchemy import Connection, func, select

from tarahum_desktop.models import HeldBatch
from tarahum_desktop.models.migrations import current_revision, head_revision
from tarahum_desktop.sync.errors import DeviceRevoked
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.answers import Answer
from tarahum_desktop.sync.exchange.hello import answer_hello
from tarahum_desktop.sync.exchange.messages import (
    EnrolRequest,
    HelloRequest,
    PullRequest,
    SnapshotRequest,
    decode,
    encode,
)
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot
from tarahum_desktop.sync.receive import header_of
from tarahum_desktop.sync.resuming import is_resuming
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.auth import RequestRefused, SignedRequest, authenticate, check_fresh, forget_nonces
from tarahum_server.place import Place


class Desk:
    """One worker's way to answer; holds no state of its own."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._replica = place.replica
        self._engine = place.replica.engine
        self._reading = self._engine.execution_options(read_only=True)

    def now(self) -> int:
        """The time here in UTC milliseconds."""
        return self._replica.now()

    def hello(self, request: SignedRequest) -> bytes:
        """Who has what."""
        device = self._caller(request, begins=True)
        asked = decode(request.body, HelloRequest)
        device = self._place.greet(device, asked)
        with self._reading.connect() as connection:
            reply = answer_hello(connection, self._replica, device, asked, self._place.lease_until())
        return encode(reply)

    def push(self, request: SignedRequest) -> bytes:
        """Take one batch; a revoked device's is held by the gate, so it may still speak here."""
        device = self._caller(request, revoked_too=True)
        if device.may_send(scope := header_of(request.body).scope):
            self._place.taking(scope)
        reply = answer_push(self._engine, self._replica, device, request.body, self._place.gate)
        self._place.taken()
        return encode(reply)

    def pull(self, request: SignedRequest) -> bytes:
        """Give log entries."""
        device = self._caller(request)
        asked = decode(request.body, PullRequest)
        with self._reading.connect() as connection:
            return encode(answer_pull(connection, device, asked))

    def snapshot(self, request: SignedRequest) -> bytes:
        """Give a page of a scope."""
        device = self._caller(request)
        asked = decode(request.body, SnapshotRequest)
        with self._reading.connect() as connection:
            return encode(answer_snapshot(connection, self._replica, device, asked))

    def answer(self, answer: Answer, request: SignedRequest) -> bytes:
        """Answer one of the calls that any replica answers."""
        device = self._caller(request)
        return encode(answer.reply(self._replica, device, decode(request.body, answer.call.asks)))

    def enrol(self, request: SignedRequest) -> bytes:
        """Admit a new device, which proves by its signature that it holds the key it shows."""
        check_fresh(request, self.now())
        asked = decode(request.body, EnrolRequest)
        if not request.signed_by(asked.signing_key):
            raise RequestRefused("request_signature")
        return encode(self._place.enrol(asked))

    def _caller(
        self, request: SignedRequest, *, revoked_too: bool = False, begins: bool = False
    ) -> KnownDevice:
        """Who calls; with the call that ``begins`` an exchange its old nonces go."""
        with self._engine.begin() as connection:
            device = authenticate(connection, request, self.now())
            if begins:
                forget_nonces(connection, device.number, self.now())
        if device.revoked and not revoked_too:
            raise DeviceRevoked(device=device.number)
        return self._place.admit(device)

    def is_ready(self) -> bool:
        """Whether the database answers and is at this program's revision."""
        return current_revision(self._engine) == head_revision()

    def is_resuming(self) -> bool:
        """Whether it was brought back from a backup and waits for its devices."""
        return is_resuming(self._replica)

    def measures(self) -> tuple[int, dict[str, int]]:
        """Rows held, and batches held by reason."""
        with self._reading.connect() as connection:
            return sum(book.row_count for book in read_scopes(connection).values()), held_counts(connection)


def held_counts(connection: Connection) -> dict[str, int]:
    """Batches held, by reason."""
    query = select(HeldBatch.reason, func.count().label("batches")).group_by(HeldBatch.reason)
    return {found.reason: found.batches for found in connection.execute(query).all()}
