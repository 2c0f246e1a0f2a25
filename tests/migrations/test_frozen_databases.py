"""A database of any released schema can be taken over by this program without losing a row."""

import gzip
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from tarahum_desktop.models import Base
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.migrations import HEAD, current_revision, upgrade
from tests.migrations.freeze import FROZEN

RELEASED = sorted(path.name.removesuffix(".db.gz") for path in FROZEN.glob("*.db.gz"))


def _counts(connection: Connection) -> dict[str, int]:
    tables = [
        name
        for name in inspect(connection).get_table_names()
        if not name.startswith(("person_search", "alembic"))
    ]
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - our own tables
        for name in tables
    }


def test_the_first_schema_is_kept_for_ever() -> None:
    assert "0001" in RELEASED


@pytest.mark.parametrize("revision", RELEASED)
def test_a_released_database_is_taken_over_whole(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((FROZEN / f"{revision}.db.gz").read_bytes()))
    engine = open_sqlite(path)
    with engine.connect() as connection:
        before = _counts(connection)
    assert current_revision(engine) == revision
    assert before["person"] > 0
    assert before["batch_log"] > 0
    upgrade(engine)
    assert current_revision(engine) == HEAD
    with engine.connect() as connection:
        after = _counts(connection)
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _o, name, *_: not str(name).startswith("person_search")},
        )
        assert compare_metadata(context, Base.metadata) == []
    assert {name: after.get(name) for name in before} == before
    engine.dispose()
