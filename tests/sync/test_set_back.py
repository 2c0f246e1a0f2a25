"""A laptop whose files are an older copy of themselves: an image put back, a folder copied."""

import shutil
from contextlib import suppress

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.replica import Replica
from tests.sync.lines import enrol, meet
from tests.sync.proofs import all_rows, prove_same
from tests.sync.worlds import SCOPE, World, a_household, hurry, writing


class Copies(World):
    """A centre, a laptop whose file can be copied and put back, and another laptop."""

    def begin(self) -> None:
        self.centre = self.replica(1)
        enrol(self, self.centre, 1)
        self.a, self.b = self.replica(2), self.replica(3)
        enrol(self, self.centre, 2)
        enrol(self, self.centre, 3)
        self.meet()

    def meet(self) -> None:
        for replica in (self.a, self.b):
            meet(self, replica, self.centre)

    def copy(self) -> None:
        with self.a.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.path(2), self.folder / "copy.db")

    def put_back(self) -> None:
        old = self.a
        old.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.path(2).with_name(self.path(2).name + suffix).unlink(missing_ok=True)
        shutil.copy(self.folder / "copy.db", self.path(2))
        engine = open_sqlite(self.path(2))
        hurry(engine)
        self.a = Replica(engine, 2, old.signer, old.wall).load()

    def rest(self) -> None:
        for _ in range(3):
            outcomes = [meet(self, replica, self.centre)[0] for replica in (self.a, self.b)]
        for outcome in outcomes:
            assert outcome.proven == {SCOPE, "national"}
            assert (outcome.pushed, outcome.pulled) == (0, 0)
        prove_same([self.centre, self.a, self.b])


@pytest.fixture
def copies(tmp_path):
    made = Copies(tmp_path)
    made.begin()
    return made


def add(replica: Replica, *numbers: str) -> None:
    with writing(replica) as session:
        session.add_all(a_household(file_number=number) for number in numbers)
        session.commit()


def edit(replica: Replica, number: str, told: str) -> None:
    with writing(replica) as session:
        session.query(Household).filter_by(file_number=number).one().district = told
        session.commit()


def files(replica: Replica) -> list[str]:
    with Session(replica.engine) as session:
        return sorted(home.file_number for home in session.query(Household))


def test_what_it_had_written_since_comes_back_and_what_it_writes_now_is_not_taken_for_known(copies):
    add(copies.a, "A-1")
    copies.meet()
    copies.copy()
    add(copies.a, "A-2", "A-3", "A-4")
    copies.meet()
    copies.put_back()
    add(copies.a, "N-1", "N-2")
    copies.meet()
    assert files(copies.centre) == ["A-1", "A-2", "A-3", "A-4", "N-1", "N-2"]
    copies.rest()
    assert files(copies.a) == files(copies.b) == files(copies.centre)


def test_what_lay_unsent_in_the_copy_and_was_sent_since_is_there_once(copies):
    add(copies.a, "A-1")
    edit(copies.a, "A-1", "north")
    copies.copy()
    add(copies.a, "A-2")
    edit(copies.a, "A-1", "south")
    copies.meet()
    edit(copies.b, "A-1", "east")
    copies.meet()
    copies.put_back()
    add(copies.a, "N-1")
    copies.meet()
    copies.rest()
    assert files(copies.centre) == ["A-1", "A-2", "N-1"]
    (home,) = [row for row in all_rows(copies.centre)["household"] if "A-1" in row.values.values()]
    assert home.values["district"] == "east"


def test_a_copy_that_wrote_nothing_new_only_takes_what_it_lacks(copies):
    copies.copy()
    add(copies.a, "A-1", "A-2")
    copies.meet()
    copies.put_back()
    copies.meet()
    copies.rest()
    assert files(copies.a) == ["A-1", "A-2"]


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_line_that_breaks_meanwhile_loses_and_doubles_nothing(copies, cut):
    copies.copy()
    add(copies.a, "A-1", "A-2")
    copies.meet()
    copies.put_back()
    add(copies.a, "N-1", "N-2", "N-3")
    with suppress(LineFailed):
        meet(copies, copies.a, copies.centre, breaks_after=cut)
    copies.rest()
    assert files(copies.centre) == ["A-1", "A-2", "N-1", "N-2", "N-3"]
