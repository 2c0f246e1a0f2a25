"""An empty PostgreSQL database for one test, in the cluster that the test command starts."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from tarahum_desktop.models.engine import open_postgres


@contextmanager
def fresh_postgres() -> Iterator[Engine]:
    """The engine of a new database, dropped afterwards; skips the test where no cluster was started."""
    address = os.environ.get("TARAHUM_TEST_POSTGRES")
    if not address:
        pytest.skip("needs the PostgreSQL that the test command starts")
    name = f"fresh_{uuid.uuid4().hex[:12]}"
    admin = open_postgres(address).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = open_postgres(admin.url.set(database=name).render_as_string(hide_password=False))
    try:
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
