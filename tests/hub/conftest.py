"""A town with one office and two laptops, made once for the tests that leave it at rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tarahum_server.people import add_user, grant
from tests.hub.offices import ADMIN, Town, write
from tests.server.centres import SCOPE, listening, make_centre


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("town")
    centre = make_centre(folder / "centre")
    add_user(centre, ADMIN, "إداري", "Admin", SCOPE)
    grant(centre, ADMIN, "office_admin", SCOPE)
    with listening(centre) as running:
        made = Town(running, folder)
        made.join("office", "office", ADMIN)
        made.join("a")
        made.join("b")
        write(made.places["a"], "first")
        made.rest(*made.places.values())
        yield made
        made.close()


@pytest.fixture
def office(town):
    return town.places["office"]


@pytest.fixture
def a(town):
    return town.places["a"]


@pytest.fixture
def b(town):
    return town.places["b"]
