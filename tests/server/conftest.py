"""Databases and centres the server's tests stand on."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.models.migrations import upgrade
from tarahum_server.centre import Centre, open_centre
from tarahum_server.settings import Settings
from tests.server.centres import Running, hurry, listening, make_centre


class Cluster:
    """The throw-away PostgreSQL: makes databases from a migrated template and drops them."""

    def __init__(self, url: str) -> None:
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT")
        self._url = url
        self._made: list[str] = []
        self._template = self._make("template1")
        engine = open_postgres(self._address(self._template))
        upgrade(engine)
        engine.dispose()

    def _address(self, name: str) -> str:
        return f"{self._url.rpartition('/')[0]}/{name}"

    def _make(self, template: str) -> str:
        name = f"t_{uuid.uuid4().hex}"
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        self._made.append(name)
        return name

    def database(self) -> str:
        """The address of a fresh, migrated database."""
        return self._address(self._make(self._template))

    def empty(self) -> str:
        """The address of a fresh database without a table."""
        return self._address(self._make("template1"))

    def close(self) -> None:
        with self._admin.connect() as connection:
            for name in reversed(self._made):
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        self._admin.dispose()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    url = os.environ.get("TARAHUM_TEST_POSTGRES")
    if not url:
        pytest.skip("needs the PostgreSQL that the test command starts")
    made = Cluster(url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared centre's folder, copied by each test."""
    folder = tmp_path_factory.mktemp("seeded") / "centre"
    make_centre(folder).close()
    return folder


@pytest.fixture
def centre(seeded: Path, tmp_path: Path) -> Iterator[Centre]:
    folder = tmp_path / "centre"
    shutil.copytree(seeded, folder)
    made = open_centre(Settings(folder=folder))
    hurry(made.engine)
    yield made
    made.close()


@pytest.fixture
def running(centre: Centre) -> Iterator[Running]:
    with listening(centre) as server:
        yield server
