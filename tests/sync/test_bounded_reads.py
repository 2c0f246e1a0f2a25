"""What piled up in years is read bit by bit: never all held batches, never all conflicts of a table at once."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, insert, select

from tarahum_desktop.models import Conflict, HeldBatch
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.codec.page import unpack_losers
from tarahum_desktop.sync.receive import Gate, hold_batch, retry_held
from tarahum_desktop.sync.snapshot import next_page
from tests.sync.worlds import SCOPE, World, a_household, digest_of, send, writing


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@contextmanager
def statements_reading(engine, column):
    """The SELECTs that give a column, and their values."""
    found = []

    def note(_connection, _cursor, statement, values, *_):
        if statement.startswith("SELECT") and column in statement.partition("FROM")[0]:
            found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def write_homes(replica, count):
    with writing(replica) as session:
        homes = [a_household(file_number=f"H-{number:04}") for number in range(count)]
        session.add_all(homes)
        session.commit()
        return [home.id for home in homes]


def test_batches_that_waited_are_read_one_at_a_time_and_all_fit_in_order(world):
    writer, reader = world.replica(1), world.replica(2)
    payloads = []
    for _ in range(5):
        write_homes(writer, 3)
        payloads.append(send(writer))
    gate = Gate(lambda _connection, device: world.keys[device], lambda _connection, _batch: None)
    with reader.engine.begin() as connection:
        for payload in reversed(payloads[1:]):
            hold_batch(connection, reader, payload, "batch_waiting")
    world.receive(reader, payloads[0])
    with (
        statements_reading(reader.engine, "held_batch.payload") as asked,
        reader.engine.begin() as connection,
    ):
        assert retry_held(connection, reader, SCOPE, gate) == 4
        assert connection.execute(select(func.count()).select_from(HeldBatch)).scalar_one() == 0
    assert len(asked) == 4  # each once, since they are tried in their device's order
    assert all("held_batch.id = ?" in statement for statement, _ in asked)
    assert digest_of(reader) == digest_of(writer)


def test_a_snapshot_page_reads_the_conflicts_of_its_own_rows_only(world):
    replica = world.replica(1)
    ids = write_homes(replica, 30)
    with replica.engine.begin() as connection:
        for row_id in ids:
            connection.execute(insert(Conflict).values(loser_of(row_id)))
    with (
        statements_reading(replica.engine, '"conflict".stamp') as asked,
        replica.engine.begin() as connection,
    ):
        page, _ = next_page(connection, SCOPE, b"", 10)
    assert [len(unpack_losers(losers)) for losers in page.losers] == [1] * 10
    assert len(page.group.row_ids) == 10
    assert [len(values) for _, values in asked] == [10]


def test_a_page_that_is_taken_reads_the_conflicts_of_the_rows_it_meets(world):
    replica, other = world.replica(1), world.replica(2)
    ids = write_homes(replica, 30)
    world.receive(other, send(replica))
    for each in (replica, other):
        with each.engine.begin() as connection:
            for row_id in ids:
                connection.execute(insert(Conflict).values(loser_of(row_id)))
    with replica.engine.begin() as connection:
        page, _ = next_page(connection, SCOPE, b"", 10)
    with statements_reading(other.engine, '"conflict".stamp') as asked, other.engine.begin() as connection:
        assert apply_page(connection, other, page) == 0
    assert max(len(values) for _, values in asked) <= 10


def loser_of(row_id):
    return {
        "id": new_id(), "scope": SCOPE, "entity": "household", "row_id": row_id, "field": "file_number",
        "stamp": bytes(12), "value": b"\xa1x", "author": None, "base": None,
    }  # fmt: skip
