"""A fresh town for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.blobs.town import Town
from tests.sync.lines import enrol
from tests.sync.worlds import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    made = Town(world, world.replica(1), world.replica(2), world.replica(3))
    for number in (2, 3):
        enrol(world, made.centre, number)
    yield made
    for replica in (made.centre, made.near, made.far):
        replica.engine.dispose()
