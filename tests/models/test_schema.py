"""The tables and their history on each database."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.models import Base, Replicated, replicated_entities
from tarahum_desktop.models.engine import open_sqlcipher, open_sqlite
from tarahum_desktop.models.migrations import HEAD, current_revision, head_revision, migration_config, upgrade
from tests.fresh_postgres import fresh_postgres


@pytest.fixture(params=["sqlite", "sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "postgres":
        with fresh_postgres() as engine:
            yield engine
        return
    path = tmp_path / "replica.db"
    engine = open_sqlite(path) if request.param == "sqlite" else open_sqlcipher(path, b"k" * 32)
    yield engine
    engine.dispose()


def test_every_replicated_field_has_a_merge_policy_and_no_policy_is_left_over():
    for name, entity in replicated_entities().items():
        fields = {column.name for column in entity.__table__.columns} - Replicated.BOOKKEEPING
        assert set(POLICIES[name]) == fields, name
    assert set(POLICIES) == set(replicated_entities())


def test_every_list_that_unites_is_a_document():
    for name, entity in replicated_entities().items():
        for field, policy in POLICIES[name].items():
            if policy is Policy.APPEND:
                assert entity.__table__.columns[field].type.__class__.__name__ == "JsonText"


def test_upgrading_an_empty_database_gives_exactly_the_tables_of_the_models(empty_engine: Engine):
    upgrade(empty_engine)
    assert current_revision(empty_engine) == head_revision()
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _o, name, *_: (
                    not str(name).startswith(("person_search", "batch_log_p"))
                )
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(empty_engine: Engine):
    upgrade(empty_engine)
    upgrade(empty_engine)
    assert current_revision(empty_engine) == head_revision()


def test_every_constraint_and_index_has_a_name():
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


def test_the_newest_revision_named_in_the_program_is_the_head_of_the_history():
    assert ScriptDirectory.from_config(migration_config()).get_current_head() == HEAD


def test_going_back_and_forth_leaves_the_same_tables(empty_engine: Engine):
    upgrade(empty_engine)
    tables = sorted(inspect(empty_engine).get_table_names())
    config = migration_config()
    with empty_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty_engine).get_table_names() == ["alembic_version"]
    upgrade(empty_engine)
    assert sorted(inspect(empty_engine).get_table_names()) == tables
