"""Two scopes that bring the same new row in the same moment: the second finds it there and goes on."""

import threading
import uuid

import pytest
from sqlalchemy import func, select, text

from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.log import take_batch
from tarahum_desktop.sync.receive import Gate, receive_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.worlds import Wall, World, a_household, writing

ROW = uuid.UUID(int=77)


def batch_of(world, number, scope, rows):
    replica = world.replica(number)
    with writing(replica) as session:
        session.add_all(rows)
        session.commit()
    with replica.engine.connect() as connection:
        batch = take_batch(connection, number, replica.schema, scope, 0, 1_000)
    replica.engine.dispose()
    return batch, replica.signer


def device(world, number, scope):
    return KnownDevice(number, "d", world.keys[number], frozenset({scope}), revoked=False)


def centre_on(engine):
    return Replica(engine, 1, SigningKey.generate(), Wall())


def gate(world):
    return Gate(lambda _connection, number: world.keys[number], lambda _connection, _batch: None)


def wait_until_somebody_waits(engine):
    blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not watching.execute(blocked).scalar_one():
            pass


@pytest.mark.postgres
def test_the_second_finds_the_row_and_the_rest_of_its_batch_arrives(cluster, tmp_path):
    world = World(tmp_path)
    engine = open_postgres(cluster.database(), pool_size=4)
    centre = centre_on(engine)
    first, signer = batch_of(world, 2, "ryd", [a_household(id=ROW, scope="ryd")])
    one = seal_batch(first, signer)
    second, signer = batch_of(
        world, 3, "jed", [a_household(id=ROW, scope="jed"), a_household(scope="jed", file_number="JED-2")]
    )
    two, replies = seal_batch(second, signer), []

    def push():
        replies.append(answer_push(engine, centre, device(world, 3, "jed"), two, gate(world)))

    pushing = threading.Thread(target=push)
    with engine.begin() as connection:
        receive_batch(connection, centre, one, gate(world))
        pushing.start()
        wait_until_somebody_waits(engine)
    pushing.join()
    assert [(reply.code, reply.receipt.sequence) for reply in replies] == [("ok", 2)]
    with engine.connect() as connection:
        books = read_scopes(connection)
        assert (books["ryd"].row_count, books["jed"].row_count) == (1, 1)
        assert connection.scalar(select(func.count()).select_from(Household)) == 2
    engine.dispose()
