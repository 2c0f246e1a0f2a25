"""Bulk writes and look-ups on PostgreSQL: how they are planned, and failures past the engine."""

import pytest
from sqlalchemy import text

from tarahum_desktop.models.engine import DatabaseBusy, open_postgres
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.row_store import insert_rows
from tarahum_desktop.sync.signatures import verify
from tests.sync.worlds import World, a_person, send, writing

pytestmark = pytest.mark.postgres
ROWS = 50


@pytest.fixture
def batch(tmp_path):
    world = World(tmp_path)
    author = world.replica(2)
    with writing(author) as session:
        session.add_all(a_person() for _ in range(ROWS))
        session.commit()
    payload = send(author, limit=ROWS)
    author.engine.dispose()
    return open_batch(payload, world.keys.__getitem__, verify)


@pytest.fixture
def address(cluster):
    return cluster.database()


def test_no_plan_is_kept_from_the_days_when_a_table_was_empty(address):
    engine = open_postgres(address)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW plan_cache_mode")).scalar_one() == "force_custom_plan"
    engine.dispose()


def test_a_copy_that_waits_too_long_is_named_like_any_other_statement(address, batch):
    engine = open_postgres(address, statement_timeout_ms=300)
    with engine.begin() as blocker:
        blocker.execute(text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(DatabaseBusy), engine.begin() as connection:
            insert_rows(connection, "ryd", batch.inserts[0])
    engine.dispose()
