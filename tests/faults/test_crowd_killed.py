"""Clients, an office that serves and the centre, killed at any moment while all of them work: nothing lost, nothing doubled.

Everything that was said to be kept, in any life of any process, is at the centre once when all have met again.
"""

import os
import random
import time
from collections import Counter

import pytest
from sqlalchemy.orm import Session

from dev.postgres import OWNER
from tarahum_desktop.models import Household
from tarahum_server.centre import open_centre
from tests.convergence.profiles import share
from tests.faults.crowd import Member, serve_and_exchange, write_and_exchange
from tests.server.centres import ForkedServer, Running, assert_same, free_port, join, listening, make_centre
from tests.server.postgres_nodes import postgres_nodes
from tests.sync.proofs import prove_whole

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
SEED = 20261123
KILLS = share(40, 1_000)


class Crowd:
    """Three desktops that have joined, and the processes they become."""

    def __init__(self, folder, **settings) -> None:
        centre = make_centre(folder / "centre", plain_http=True, **settings)
        self.settings = centre.settings
        self.server = ForkedServer(self.settings)
        with listening(centre, self.server.port) as running:
            self.desktops = [
                self._join(running, folder, name, kind)
                for name, kind in (("office", "office"), ("first", "laptop"), ("second", "laptop"))
            ]
            for desktop in self.desktops:
                assert desktop.exchange().complete
                desktop.replica.engine.dispose()
        office, *laptops = self.desktops
        port = free_port()
        key = office.keys.signing_public
        self.members = [Member(serve_and_exchange(office, "office", port))]
        for number, laptop in enumerate(laptops):
            work = write_and_exchange(laptop, f"laptop{number}", port, key, office.replica.device)
            self.members.append(Member(work))

    @staticmethod
    def _join(running: Running, folder, name: str, kind: str):
        return join(running.address, running.centre, folder, name, kind=kind)

    def kept(self) -> set[str]:
        return {line.decode() for member in self.members for line in member.kept}

    def prove(self) -> None:
        """All meet the centre again, and what everybody ever kept is there once."""
        with listening(open_centre(self.settings), self.server.port) as running:
            for _ in range(3):
                outcomes = [desktop.exchange() for desktop in self.desktops]
            assert all(outcome.complete for outcome in outcomes)
            for desktop in self.desktops:
                prove_whole(desktop.replica)
                assert_same(desktop, running.centre)
            prove_whole(running.centre.replica)
            with Session(running.centre.engine) as session:
                found = Counter(home.file_number for home in session.query(Household))
            assert self.kept() <= found.keys()
            assert set(found.values()) <= {1}
            for desktop in self.desktops:
                desktop.replica.engine.dispose()


def kill_about(crowd: Crowd, chance: random.Random, kills: int, befall) -> None:
    """Kill and start again, one at a time, after moments of any length; ``befall`` is the centre's way to die."""
    crowd.server.start()
    for member in crowd.members:
        member.start()
    try:
        for _ in range(kills):
            time.sleep(chance.random() * 0.2)
            victim = chance.choice([None, *crowd.members])
            if victim is None:
                befall()
            else:
                victim.kill()
                victim.start()
    finally:
        for member in crowd.members:
            member.kill()
        crowd.server.kill()


def test_whoever_is_killed_nothing_that_was_kept_is_lost_or_doubled(tmp_path):
    crowd = Crowd(tmp_path)

    def centre_dies() -> None:
        crowd.server.kill()
        crowd.server.start()

    kill_about(crowd, random.Random(SEED), KILLS, centre_dies)
    assert len(crowd.kept()) > KILLS
    crowd.prove()


@pytest.mark.postgres
def test_nor_when_its_database_is_killed_in_the_middle_of_a_batch(tmp_path):
    with postgres_nodes() as nodes:
        node = nodes.node("alone")
        node.create()
        node.start()
        nodes.run("createdb", "-h", "127.0.0.1", "-p", str(node.port), "-U", OWNER, "tarahum")
        crowd = Crowd(tmp_path, database=node.address())
        chance = random.Random(SEED)

        def database_dies() -> None:
            node.stop()
            node.start()

        kill_about(crowd, chance, share(12, 200), database_dies)
        crowd.prove()
