"""What every request and every batch asks of PostgreSQL is answered from an index, whatever years have piled up."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import insert, text
from sqlalchemy.dialects import postgresql

from tarahum_desktop.models import Device, Relocation
from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_server.relocations import _unfinished, _unfinished_query

pytestmark = pytest.mark.postgres
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
def engine(cluster):
    made = open_postgres(cluster.database(), pool_size=2)
    yield made
    made.dispose()


def plan(connection, query):
    compiled = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return "\n".join(connection.execute(text(f"EXPLAIN {compiled}")).scalars())


def relocation(**values):
    given = {
        "id": uuid.uuid4(), "scope": "ryd", "household_id": uuid.uuid4(), "offer_id": None, "kind": "transfer",
        "from_scope": "ryd", "to_scope": "jed", "state": "done", "offered_at": NOW, "done_at": NOW,
        "stamp": bytes(12),
    }  # fmt: skip
    return given | values


def test_what_waits_is_found_without_reading_what_was_done(engine):
    waits = relocation(done_at=None, state="accepted")
    with engine.begin() as connection:
        connection.execute(insert(Relocation), [relocation() for _ in range(5_000)])
        connection.execute(insert(Relocation), [waits])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE relocation"))
        found = plan(connection, _unfinished_query())
        assert "ix_relocation_unfinished" in found
        assert "Seq Scan on relocation" not in found
        assert _unfinished(connection) == [waits["id"]]


def test_a_caller_is_found_by_its_number(engine):
    devices = [
        {
            "id": uuid.uuid4(), "scope": "national", "number": number, "name": "d", "kind": "laptop",
            "signing_key": bytes(32), "sealing_key": bytes(32), "scopes": ["national"], "enrolled_at": NOW,
            "stamp": bytes(12),
        }
        for number in range(2, 3_000)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(Device), devices)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE device"))
        found = "\n".join(
            connection.execute(text("EXPLAIN SELECT * FROM device WHERE number = 77")).scalars()
        )
        assert "ix_device_number" in found
        assert find_device(connection, 77).number == 77
