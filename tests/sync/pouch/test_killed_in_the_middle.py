"""A power cut in the middle of writing or of reading a pouch: all of it is there or none, and again doubles nothing."""

import os
import random

import pytest

from tarahum_desktop.sync.pouch import shelf
from tests.convergence.profiles import share
from tests.faults.killed import kill_point
from tests.sync.pouch.sticks import CENTRE, OFFICE, PRISON
from tests.sync.proofs import all_rows, prove_whole
from tests.sync.worlds import SCOPE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
KILLS = share(12, 120)


@pytest.fixture
def chance():
    return random.Random(20261123)


def rest(country) -> None:
    """Close every file: no open database may cross a fork."""
    for replica in country.replicas.values():
        replica.engine.dispose()


def test_a_pouch_is_on_the_stick_whole_or_not_at_all(country, chance):
    country.write_homes(PRISON, 400, "P")

    def write_for_ever(say):
        while True:
            country.write(PRISON, OFFICE, (CENTRE,))
            say(b"written\n")

    written = 0
    for _ in range(KILLS):
        rest(country)
        written += len(kill_point(write_for_ever, chance.random() * 0.2, ready=b"written\n"))
        for path in sorted(country.stick.glob("*.tarahum-pouch")):
            country.read(OFFICE, path)
            path.unlink()
    assert written > KILLS
    country.carry(PRISON, OFFICE, (CENTRE,))
    assert len(all_rows(country.replicas[OFFICE])["household"]) == 400
    assert not list(country.stick.glob(".*.part"))
    prove_whole(country.replicas[OFFICE])


def test_a_reading_that_was_cut_is_repeated_and_doubles_nothing(country, chance):
    for kill in range(KILLS):
        country.write_homes(PRISON, 600, f"P{kill}")
        path = country.path(country.write(PRISON, OFFICE, (CENTRE,)))

        def read_it(say, path=path):
            say(b"reading\n")
            country.read(OFFICE, path)
            say(b"read\n")

        rest(country)
        kill_point(read_it, chance.random() * 0.25, ready=b"reading\n")
        read = country.read(OFFICE, path)
        assert read.repeated is not None or read.taken.changes <= 600
        assert len(all_rows(country.replicas[OFFICE])["household"]) == 600 * (kill + 1)
        prove_whole(country.replicas[OFFICE])
        country.carry(OFFICE, PRISON)
    with country.replicas[OFFICE].engine.connect() as connection:
        assert len(shelf.numbers_read(connection, PRISON)) == KILLS
    assert all_rows(country.replicas[OFFICE], SCOPE) == all_rows(country.replicas[PRISON], SCOPE)


def test_a_snapshot_that_was_cut_is_taken_again_from_its_beginning(country, chance):
    country.write_homes(OFFICE, 3_000, "O")
    path = country.path(country.write(OFFICE, PRISON))

    def read_it(say):
        say(b"reading\n")
        country.read(PRISON, path)

    for _ in range(3):
        rest(country)
        kill_point(read_it, chance.random() * 0.1, ready=b"reading\n")
    country.read(PRISON, path)
    assert all_rows(country.replicas[PRISON]) == all_rows(country.replicas[OFFICE])
    prove_whole(country.replicas[PRISON])
