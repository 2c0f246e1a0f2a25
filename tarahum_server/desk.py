"""Answers signed messages from the database; knows nothing of HTTP. Each method runs in a worker thread."""

import datetime as dt
import logging

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import HeldBatch
from tarahum_desktop.models.migrations import current_revision, head_revision
from tarahum_desktop.sync.errors import DeviceRevoked
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.answers import Answer
from tarahum_desktop.sync.exchange.enrol import answer_enrol
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
from tarahum_desktop.sync.permissions_check import centre_gate
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.auth import RequestRefused, SignedRequest, authenticate, check_fresh, forget_nonces
from tarahum_server.centre import Centre
from tarahum_server.relocations import settle

_LOG = logging.getLogger("tarahum.server")


class Desk:
    """One worker's way to answer; holds no state of its own."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._reading = centre.engine.execution_options(read_only=True)
        self._gate = centre_gate()
        self._authority = centre.settings.authority_pem()
        self._lease = dt.timedelta(days=centre.settings.lease_days) // dt.timedelta(milliseconds=1)

    def now(self) -> int:
        """The centre's time in UTC milliseconds."""
        return self._centre.replica.wall()

    def hello(self, request: SignedRequest) -> bytes:
        """Who has what."""
        device = self._caller(request)
        with self._centre.engine.begin() as connection:
            forget_nonces(connection, device.number, self.now())
        self._settle()
        asked = decode(request.body, HelloRequest)
        with self._reading.connect() as connection:
            reply = answer_hello(connection, self._centre.replica, device, asked, self.now() + self._lease)
        return encode(reply)

    def push(self, request: SignedRequest) -> bytes:
        """Take one batch; a revoked device's is held by the gate, so it may still speak here."""
        device = self._caller(request, revoked_too=True)
        reply = answer_push(self._centre.engine, self._centre.replica, device, request.body, self._gate)
        self._settle()
        return encode(reply)

    def _settle(self) -> None:
        """Act upon offers and late content; the caller's own request is answered whatever comes of it."""
        try:
            settle(self._centre.replica)
        except (TarahumError, SQLAlchemyError) as error:
            # Everything it left undone is still in the database, and the next call tries again.
            _LOG.error("settling stopped by %s", type(error).__name__)

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
            return encode(answer_snapshot(connection, self._centre.replica, device, asked))

    def answer(self, answer: Answer, request: SignedRequest) -> bytes:
        """Answer one of the calls that any replica answers."""
        device = self._caller(request)
        return encode(answer.reply(self._centre.replica, device, decode(request.body, answer.call.asks)))

    def enrol(self, request: SignedRequest) -> bytes:
        """Admit a new device, which proves by its signature that it holds the key it shows."""
        check_fresh(request, self.now())
        asked = decode(request.body, EnrolRequest)
        if not request.signed_by(asked.signing_key):
            raise RequestRefused("request_signature")
        return encode(answer_enrol(self._centre.replica, asked, self._centre.key.public, self._authority))

    def _caller(self, request: SignedRequest, *, revoked_too: bool = False) -> KnownDevice:
        with self._centre.engine.begin() as connection:
            device = authenticate(connection, request, self.now())
        if device.revoked and not revoked_too:
            raise DeviceRevoked(device=device.number)
        return device

    def is_ready(self) -> bool:
        """Whether the database answers and is at this program's revision."""
        return current_revision(self._centre.engine) == head_revision()

    def measures(self) -> tuple[int, dict[str, int]]:
        """Rows held, and batches held by reason."""
        with self._reading.connect() as connection:
            return sum(book.row_count for book in read_scopes(connection).values()), held_counts(connection)


def held_counts(connection: Connection) -> dict[str, int]:
    """Batches held, by reason."""
    query = select(HeldBatch.reason, func.count().label("batches")).group_by(HeldBatch.reason)
    return {found.reason: found.batches for found in connection.execute(query).all()}
