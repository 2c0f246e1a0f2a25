"""A fresh country for each test."""

from collections.abc import Iterator

import pytest

from tests.sync.pouch.sticks import Country, close
from tests.sync.worlds import World


@pytest.fixture
def country(tmp_path) -> Iterator[Country]:
    made = Country(World(tmp_path), tmp_path / "stick")
    yield made
    close(made)
