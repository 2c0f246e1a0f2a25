"""Small replicas for tests, and ways to carry batches between them by hand."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Conflict, Household, Person
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.apply import Applied, apply_batch
from tarahum_desktop.sync.capture import CapturedSession, captured_session
from tarahum_desktop.sync.codec.envelope import open_batch, seal_batch
from tarahum_desktop.sync.log import confirm_sent, take_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope, read_scopes
from tarahum_desktop.sync.signatures import SigningKey, verify

SCOPE = "ryd"
START_MS = 1_790_000_000_000


@dataclass
class Wall:
    """A wall clock that moves only when told to."""

    now: int = START_MS

    def __call__(self) -> int:
        return self.now


@dataclass
class World:
    """Several replicas that know each other's keys."""

    folder: Path
    template: bytes | None = None
    keys: dict[int, bytes] = field(default_factory=dict)

    def replica(self, number: int, wall: Wall | None = None) -> Replica:
        path = self.path(number)
        if self.template is not None:
            path.write_bytes(self.template)
        engine = open_sqlite(path)
        if self.template is None:
            upgrade(engine)
            engine.dispose()
            self.template = path.read_bytes()
            engine = open_sqlite(path)
        hurry(engine)
        signer = SigningKey.generate()
        self.keys[number] = signer.public
        return Replica(engine, number, signer, wall or Wall())

    def path(self, number: int) -> Path:
        return self.folder / f"replica-{number}.db"

    def restart(self, replica: Replica) -> Replica:
        """The same replica as its file remembers it."""
        replica.engine.dispose()
        engine = open_sqlite(self.path(replica.device))
        hurry(engine)
        return Replica(engine, replica.device, replica.signer, replica.wall).load()

    def receive(self, replica: Replica, payload: bytes) -> Applied:
        batch = open_batch(payload, self.keys.__getitem__, verify)
        with replica.engine.begin() as connection:
            return apply_batch(connection, replica, batch, payload)


def hurry(engine: Engine) -> None:
    """Leave out the waiting for the disk: no test here cuts the power."""

    def unsafe(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", unsafe)
    engine.dispose()


def writing(replica: Replica, author: uuid.UUID | None = None) -> CapturedSession:
    return captured_session(replica, author)


def send(replica: Replica, scope: str = SCOPE, limit: int = 1000) -> bytes | None:
    """The next batch of a replica, as if the receiver had confirmed it at once."""
    with replica.engine.begin() as connection:
        book = open_scope(connection, scope)
        batch = take_batch(connection, replica.device, replica.schema, scope, book.acknowledged, limit)
        if batch is None:
            return None
        payload = seal_batch(batch, replica.signer)
        confirm_sent(connection, book, batch.header, batch.rows, payload, replica.wall())
    return payload


def sealed_unsent(replica: Replica, scope: str = SCOPE, after: int = 0, limit: int = 1000) -> bytes | None:
    """Some of what a replica has not sent, as a copy for somebody else: nothing counts as received."""
    with replica.engine.connect() as connection:
        batch = take_batch(connection, replica.device, replica.schema, scope, after, limit)
    return None if batch is None else seal_batch(batch, replica.signer)


def digest_of(replica: Replica, scope: str = SCOPE) -> bytes:
    with replica.engine.connect() as connection:
        return read_scopes(connection)[scope].digest


def conflicts_of(replica: Replica) -> set[tuple[str, bytes, bytes]]:
    with Session(replica.engine) as session:
        return {(c.field, c.stamp, c.value) for c in session.scalars(select(Conflict))}


def a_person(**values: object) -> Person:
    given = {
        "scope": SCOPE,
        "first_name": "نورة",
        "family_name": "الدوسري",
        "gender": "female",
        "nationality": "SA",
        "id_kind": "national",
        "id_seen": True,
        **values,
    }
    return Person(**given)


def a_household(**values: object) -> Household:
    return Household(**{"scope": SCOPE, "file_number": "RYD-1", "committee_code": "ryd", **values})
