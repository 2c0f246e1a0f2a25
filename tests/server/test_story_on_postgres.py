"""The whole story of exchanges and of travelling batches again, with every replica on PostgreSQL."""

from dataclasses import dataclass
from typing import Any

import pytest

from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.test_exchange import *  # noqa: F403 - the same sentences, another database
from tests.sync.test_travel import *  # noqa: F403 - as above
from tests.sync.worlds import Wall, World

pytestmark = pytest.mark.postgres


@dataclass
class PostgresWorld(World):
    """Replicas in databases of one cluster."""

    cluster: Any = None

    def replica(self, number: int, wall: Wall | None = None) -> Replica:
        if not hasattr(self, "engines"):
            self.engines = []
        self.urls = {**getattr(self, "urls", {}), number: self.cluster.database()}
        engine = open_postgres(self.urls[number], pool_size=2)
        self.engines.append(engine)
        signer = SigningKey.generate()
        self.keys[number] = signer.public
        return Replica(engine, number, signer, wall or Wall())

    def restart(self, replica: Replica) -> Replica:
        replica.engine.dispose()
        engine = open_postgres(self.urls[replica.device], pool_size=2)
        self.engines.append(engine)
        return Replica(engine, replica.device, replica.signer, replica.wall).load()


@pytest.fixture
def world(tmp_path, cluster):
    made = PostgresWorld(tmp_path, cluster=cluster)
    yield made
    for engine in getattr(made, "engines", []):
        engine.dispose()
