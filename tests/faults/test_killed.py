"""A process killed at any moment: what it said was saved is there, and an exchange goes on as if nothing had been."""

import os
import random

import pytest

from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_sqlcipher, open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.convergence.profiles import share
from tests.faults.killed import kill_point
from tests.sync.lines import MemoryLine, enrol
from tests.sync.proofs import all_rows, prove_same, prove_whole
from tests.sync.worlds import SCOPE, START_MS, Wall, World, a_household, sealed_unsent, writing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
KEY = bytes(range(32))
SEED = 20261123
SAVE_KILLS = share(110, 400)
EXCHANGE_KILLS = share(90, 400)


@pytest.fixture
def chance():
    return random.Random(SEED)


def test_every_row_that_was_said_to_be_saved_is_there_with_its_change(tmp_path, chance):
    vault, signer = tmp_path / "vault.db", SigningKey.generate()
    engine = open_sqlcipher(vault, KEY)
    upgrade(engine)
    engine.dispose()

    def open_replica() -> Replica:
        return Replica(open_sqlcipher(vault, KEY), 2, signer, Wall()).load()

    def save_for_ever(say):
        replica = open_replica()
        with writing(replica) as session:
            home = None
            while True:
                rows = [a_household(file_number="RYD-1") for _ in range(3)]
                session.add_all(rows)
                if home is not None:
                    home.rooms = (home.rooms or 0) + 1
                session.commit()
                home = rows[0]
                say(b"".join(row.id.hex.encode() + b"\n" for row in rows))

    warm = open_replica()
    write_some(warm, 3)  # what is compiled once in the parent is ready in every child
    write_some(warm, 3)
    warm.engine.dispose()
    said: set[bytes] = set()
    for _ in range(SAVE_KILLS):
        said.update(kill_point(save_for_ever, chance.random() * 0.03, ready=b"\n"))
        replica = open_replica()
        with replica.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT lower(hex(id)) FROM household").scalars()
            assert said <= {row_id.encode() for row_id in found}
            found = connection.exec_driver_sql(
                "SELECT lower(hex(row_id)) FROM outbox WHERE is_insert"
            ).scalars()
            assert said <= {row_id.encode() for row_id in found}
        replica.engine.dispose()
    replica = open_replica()
    prove_whole(replica)
    assert len(said) >= 3 * SAVE_KILLS
    replica.engine.dispose()


class Pair:
    """A centre, and two devices that write: one is killed while it exchanges, the other keeps it busy."""

    def __init__(self, folder) -> None:
        self.world = World(folder)
        made = {number: self.world.replica(number) for number in (1, 2, 3)}
        self.signers = {number: replica.signer for number, replica in made.items()}
        for number in made:
            enrol(self.world, made[1], number)
        for replica in made.values():
            replica.engine.dispose()

    def open(self, number: int) -> Replica:
        engine = open_sqlite(self.world.path(number))
        return Replica(engine, number, self.signers[number], Wall(START_MS)).load()

    def meet(self, device: Replica, centre: Replica):
        key = self.world.keys[1]
        return exchange(device, MemoryLine(centre, device.device), key, 1, lambda _progress: None)


def write_some(replica: Replica, count: int) -> None:
    with writing(replica) as session:
        session.add_all(a_household() for _ in range(count))
        for home in session.query(Household).limit(2):
            home.rooms = (home.rooms or 0) + 1
        session.commit()


def test_an_exchange_killed_at_any_moment_loses_nothing_and_doubles_nothing(tmp_path, chance):
    pair = Pair(tmp_path)

    def exchange_for_ever(say):
        device, centre, other = pair.open(2), pair.open(1), pair.open(3)
        say(b"ready\n")
        while True:
            write_some(device, 5)
            pair.meet(device, centre)
            write_some(other, 5)
            pair.meet(other, centre)

    for _ in range(EXCHANGE_KILLS):
        kill_point(exchange_for_ever, chance.random() * 0.12, ready=b"ready\n")
    replicas = [pair.open(number) for number in (1, 2, 3)]
    for _ in range(2):
        outcomes = [pair.meet(device, replicas[0]) for device in replicas[1:]]
    assert all(outcome.proven == {SCOPE, "national"} for outcome in outcomes)
    prove_same(replicas)
    rows = all_rows(replicas[0])["household"]
    assert len(rows) >= EXCHANGE_KILLS
    for replica in replicas:
        replica.engine.dispose()


def test_applying_batches_killed_at_any_moment_goes_on_where_it_stopped(tmp_path, chance):
    """Batches lie in a folder, as on a stick; the reader applies each, and is killed again and again."""
    world = World(tmp_path)
    writer, reader = world.replica(2), world.replica(4)
    for _ in range(60):
        write_some(writer, 4)
    payloads = [sealed_unsent(writer, after=after, limit=6) for after in range(0, 360, 6)]
    payloads = [payload for payload in payloads if payload]
    signer = reader.signer
    rows = all_rows(writer)
    writer.engine.dispose()
    reader.engine.dispose()

    def open_reader() -> Replica:
        return Replica(open_sqlite(world.path(4)), 4, signer, Wall()).load()

    def apply_all(say):
        replica = open_reader()
        say(b"ready\n")
        for payload in payloads:
            world.receive(replica, payload)
        say(b"done\n")

    for _ in range(share(20, 100)):
        kill_point(apply_all, chance.random() * 0.05, ready=b"ready\n")
        replica = open_reader()
        prove_whole(replica)
        replica.engine.dispose()
    replica = open_reader()
    for payload in payloads:
        world.receive(replica, payload)
    assert all_rows(replica) == rows
    replica.engine.dispose()
