"""No pull may skip a change that was given its place in the log early and committed late.

The same schedule runs against a log numbered by a plain sequence, which does skip: so this test would fail with it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.messages import PullRequest
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.receive import Gate, receive_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.worlds import SCOPE, Wall, World, a_household, send, writing

pytestmark = pytest.mark.postgres
READER = KnownDevice(99, "reader", b"", frozenset({SCOPE}), revoked=False)
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
SECONDS = 10.0


@dataclass
class Reader:
    """Follows a log by the last position it was given."""

    read: Callable[[Connection, int], tuple[list[bytes], int]]
    position: int = 0
    got: list[bytes] = field(default_factory=list)

    def look(self, engine: Engine) -> None:
        with engine.connect() as connection:
            found, self.position = self.read(connection, self.position)
        self.got += found


@pytest.fixture
def engine(cluster):
    made = open_postgres(cluster.database())
    yield made
    made.dispose()


def first_numbered_last_committed(
    engine: Engine, write: Callable[[Connection, int], Any], reader: Reader
) -> None:
    """Two writers: the first takes its place, the second takes its own and commits if it can, then the first commits."""
    done = threading.Event()

    def second() -> None:
        with engine.begin() as connection:
            write(connection, 1)
        done.set()

    thread = threading.Thread(target=second)
    with engine.begin() as first:
        write(first, 0)
        thread.start()
        until(engine, done)
        reader.look(engine)
    thread.join(SECONDS)
    assert done.is_set()
    reader.look(engine)


def until(engine: Engine, done: threading.Event) -> None:
    """Until the second writer has committed or waits for the first."""
    deadline = time.monotonic() + SECONDS
    while not done.wait(0.01):
        assert time.monotonic() < deadline
        with engine.connect() as connection:
            if connection.execute(WAITING).scalar_one():
                return


def test_a_log_numbered_by_a_plain_sequence_skips_the_late_commit(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive_log (position bigserial PRIMARY KEY, payload bytea)"))

    def write(connection: Connection, number: int) -> None:
        connection.execute(text("INSERT INTO naive_log (payload) VALUES (:p)"), {"p": bytes([number])})

    def read(connection: Connection, position: int) -> tuple[list[bytes], int]:
        query = text("SELECT position, payload FROM naive_log WHERE position > :p ORDER BY position")
        rows = connection.execute(query, {"p": position}).all()
        return [bytes(row.payload) for row in rows], rows[-1].position if rows else position

    reader = Reader(read)
    first_numbered_last_committed(engine, write, reader)
    assert reader.got == [b"\x01"]  # the first writer's change is never seen


def test_the_centres_log_gives_every_change_to_who_follows_it(engine, tmp_path):
    world = World(tmp_path)
    batches = []
    for number in (2, 3):
        author = world.replica(number)
        with writing(author) as session:
            session.add(a_household(file_number=f"RYD-{number}"))
            session.commit()
        batches.append(send(author))
    centre = Replica(engine, 1, SigningKey.generate(), Wall())
    gate = Gate(lambda _connection, number: world.keys[number], lambda _connection, _batch: None)

    def write(connection: Connection, number: int) -> None:
        receive_batch(connection, centre, batches[number], gate)

    def read(connection: Connection, position: int) -> tuple[list[bytes], int]:
        reply = answer_pull(connection, READER, PullRequest(SCOPE, position, 1_000_000))
        return [entry.payload for entry in reply.entries], reply.position

    reader = Reader(read)
    first_numbered_last_committed(engine, write, reader)
    assert reader.got == batches
