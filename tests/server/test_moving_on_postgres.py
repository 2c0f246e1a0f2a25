"""Every sentence about families that change hands again, with the centre on PostgreSQL and the desktops on files."""

from dataclasses import dataclass
from typing import Any

import pytest

from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.moving_world import NEW, OLD, Region
from tests.sync.test_moving import *  # noqa: F403 - the same sentences, another database
from tests.sync.worlds import Wall, World

pytestmark = pytest.mark.postgres
_CENTRE = 1


@dataclass
class MixedWorld(World):
    """Number 1 is in a database of the cluster."""

    cluster: Any = None

    def replica(self, number: int, wall: Wall | None = None) -> Replica:
        if number != _CENTRE:
            return super().replica(number, wall)
        signer = SigningKey.generate()
        self.keys[number] = signer.public
        return Replica(open_postgres(self.cluster.database(), pool_size=4), number, signer, wall or Wall())


@pytest.fixture
def region(tmp_path, cluster):
    made = Region(tmp_path, lambda folder: MixedWorld(folder, cluster=cluster))
    made.join(2, OLD)
    made.join(3, NEW)
    yield made
    made.close()
