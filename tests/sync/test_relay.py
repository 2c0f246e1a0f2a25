"""Changes that went another way than straight to the centre, and a centre that was set back to a backup."""

import shutil

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Device, Household
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.relay import (
    OtherSide,
    ask_vector,
    carries,
    note_carried,
    relay_scope,
    stuck_batches,
)
from tarahum_desktop.sync.handing import read_batches, read_payload, seal_unsent
from tarahum_desktop.sync.log import unsent_counts
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.sync.receipts import newest_receipt
from tarahum_desktop.sync.receive import receive_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.restamp import restamp_unsent
from tarahum_desktop.sync.scope_book import read_scopes
from tests.sync.lines import GATE, MemoryLine, enrol, meet
from tests.sync.proofs import prove_same
from tests.sync.worlds import SCOPE, START_MS, World, a_household, hurry, writing


class Place(World):
    """A centre with a backup, and laptops."""

    def begin(self) -> None:
        self.centre = self.replica(1)
        enrol(self, self.centre, 1)
        self.laptops: dict[int, Replica] = {}

    def laptop(self, number: int) -> Replica:
        made = self.replica(number)
        enrol(self, self.centre, number)
        self.laptops[number] = made
        for laptop in self.laptops.values():  # all know each other's keys
            self.meet(laptop)
        return made

    def meet(self, replica: Replica):
        return meet(self, replica, self.centre)[0]

    def backup(self) -> None:
        with self.centre.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.path(1), self.folder / "backup.db")

    def set_back(self) -> None:
        old = self.centre
        old.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.path(1).with_name(self.path(1).name + suffix).unlink(missing_ok=True)
        shutil.copy(self.folder / "backup.db", self.path(1))
        engine = open_sqlite(self.path(1))
        hurry(engine)
        self.centre = Replica(engine, 1, old.signer, old.wall).load()

    def rest(self, *numbers: int) -> None:
        """These meet the centre until nobody has news; then all hold the same."""
        replicas = [self.laptops[number] for number in numbers]
        for _ in range(3):
            outcomes = [self.meet(replica) for replica in replicas]
        for outcome in outcomes:
            assert outcome.proven == {SCOPE, "national"}
            assert (outcome.pushed, outcome.pulled) == (0, 0)
        prove_same([self.centre, *replicas])
        prove_same([self.centre, *replicas], "national")


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    made.begin()
    return made


def add(replica: Replica, *numbers: str) -> None:
    with writing(replica) as session:
        session.add_all(a_household(file_number=number) for number in numbers)
        session.commit()


def rename(replica: Replica, old: str, new: str) -> None:
    with writing(replica) as session:
        session.query(Household).filter_by(file_number=old).one().district = new
        session.commit()


def files(replica: Replica) -> list[str]:
    with Session(replica.engine) as session:
        return sorted(home.file_number for home in session.query(Household))


def carry(source: Replica, target: Replica) -> None:
    """All of one log to another replica, as a hub or a pouch would."""
    seal_unsent(source, SCOPE)
    with source.engine.connect() as connection:
        payloads = [
            read_payload(connection, SCOPE, batch.position) for batch in read_batches(connection, SCOPE, 0)
        ]
    with target.engine.begin() as connection:
        for payload in payloads:
            receive_batch(connection, target, payload, GATE)
        note_carried(connection, SCOPE)


def unsent(replica: Replica) -> int:
    with replica.engine.connect() as connection:
        return unsent_counts(connection).get(SCOPE, 0)


def test_what_another_carried_reaches_the_centre_as_its_maker_signed_it(place):
    a, b = place.laptop(2), place.laptop(3)
    add(a, "A-1", "A-2")
    carry(a, b)
    place.meet(b)
    assert files(place.centre) == ["A-1", "A-2"]
    assert unsent(a) == 2
    outcome = place.meet(a)
    assert unsent(a) == 0
    assert files(place.centre) == ["A-1", "A-2"]
    assert outcome.proven == {SCOPE, "national"}
    place.rest(2, 3)


def test_what_its_maker_brought_first_is_not_relayed_again(place):
    a, b = place.laptop(2), place.laptop(3)
    add(a, "A-1")
    carry(a, b)
    place.meet(a)
    _, line = meet(place, b, place.centre)
    assert "push" not in line.calls
    with b.engine.connect() as connection:
        assert not carries(connection, SCOPE)
    _, line = meet(place, b, place.centre)
    assert line.calls == ["hello"]


def test_two_who_have_seen_each_others_unsent_work_do_not_wait_for_each_other(place):
    a, b = place.laptop(2), place.laptop(3)
    add(a, "A-1")
    carry(a, b)
    rename(b, "A-1", "north")
    carry(b, a)
    rename(a, "A-1", "south")
    outcome = place.meet(a)
    assert not outcome.held
    assert unsent(a) == 0
    assert files(place.centre) == ["A-1"]
    place.rest(2, 3)


def test_the_receipt_of_a_relay_is_kept_for_handing_on_and_confirms_its_maker(place):
    a, b = place.laptop(2), place.laptop(3)
    add(a, "A-1")
    carry(a, b)
    place.meet(b)
    with b.engine.connect() as connection:
        receipt = newest_receipt(connection, SCOPE)
    assert receipt is not None
    assert receipt.vector[2] == 1


def test_one_devices_refused_batch_does_not_hold_up_the_others(place):
    a, b, c = place.laptop(2), place.laptop(3), place.laptop(4)
    add(a, "A-1")
    add(b, "B-1")
    carry(a, c)
    carry(b, c)
    with writing(place.centre) as session:
        session.query(Device).filter_by(number=2).one().revoked_at = from_milliseconds(1)
        session.commit()
    publish_own(place.centre)
    place.meet(c)
    assert files(place.centre) == ["B-1"]
    with c.engine.connect() as connection:
        stuck = stuck_batches(connection, SCOPE)
    assert [(found.device, found.first, found.code) for found in stuck] == [(2, 1, "held")]
    _, line = meet(place, c, place.centre)
    assert "push" not in line.calls  # the centre keeps it: it need not cross the line each time


def test_a_centre_set_back_to_a_backup_gets_everything_back_from_its_devices(place):
    a, b, c = place.laptop(2), place.laptop(3), place.laptop(4)
    add(a, "A-0")
    for laptop in (a, b, c):
        place.meet(laptop)
    place.backup()
    add(a, "A-1", "A-2")
    rename(a, "A-0", "north")
    place.meet(a)
    add(b, "B-1")
    place.meet(b)
    rename(b, "A-1", "south")
    place.meet(b)
    place.meet(c)
    place.set_back()
    assert files(place.centre) == ["A-0"]
    add(c, "C-1")
    place.rest(2, 3, 4)
    assert files(place.centre) == ["A-0", "A-1", "A-2", "B-1", "C-1"]


def test_the_work_of_a_device_that_never_comes_back_is_brought_by_whoever_had_taken_it(place):
    a, b, c = place.laptop(2), place.laptop(3), place.laptop(4)
    place.backup()
    add(a, "A-1")
    place.meet(a)
    place.meet(b)
    place.set_back()
    place.rest(3, 4)
    assert files(c) == ["A-1"]


def test_a_log_that_grew_beyond_where_it_was_before_is_taken_from_its_start(place):
    a, b, c = place.laptop(2), place.laptop(3), place.laptop(4)
    place.backup()
    add(a, "A-1")
    place.meet(a)
    place.meet(b)
    place.set_back()
    for n in range(4):
        add(c, f"C-{n}")
        place.meet(c)
    place.rest(3, 4)
    assert files(b) == ["A-1", "C-0", "C-1", "C-2", "C-3"]
    place.rest(2, 3, 4)


def test_a_device_enrolled_since_the_backup_is_known_again_by_what_others_hold(place):
    a = place.laptop(2)
    place.backup()
    b = place.laptop(3)
    add(b, "B-1")
    place.meet(b)
    place.meet(a)
    place.set_back()
    place.rest(2)
    assert files(place.centre) == ["B-1"]
    place.rest(2, 3)


def test_a_line_that_breaks_while_relaying_loses_and_doubles_nothing(place):
    a, b = place.laptop(2), place.laptop(3)
    for n in range(3):
        add(a, f"A-{n}")
        carry(a, b)
    side = OtherSide(1, place.keys[1], is_centre=True)
    line = MemoryLine(place.centre, 3, breaks_after=2)
    with pytest.raises(LineFailed):
        relay_scope(b, line, SCOPE, ask_vector(line, SCOPE, side).vector, side, lambda _rows: None)
    assert len(files(place.centre)) == 1
    place.rest(3, 2)
    assert files(place.centre) == ["A-0", "A-1", "A-2"]


def test_what_was_handed_over_keeps_the_stamps_that_others_have_of_it(place):
    a, b = place.laptop(2), place.laptop(3)
    add(a, "A-1")
    carry(a, b)
    with a.engine.begin() as connection:
        assert restamp_unsent(connection, a, START_MS - 365 * 86_400_000) == 0
    add(a, "A-2")
    with a.engine.begin() as connection:
        assert restamp_unsent(connection, a, START_MS - 365 * 86_400_000) == 1
    place.rest(2, 3)


def test_what_was_handed_over_counts_as_confirmed_only_by_the_centre(place):
    a = place.laptop(2)
    add(a, "A-1")
    seal_unsent(a, SCOPE)
    with a.engine.connect() as connection:
        book = read_scopes(connection)[SCOPE]
    assert (book.acknowledged, book.next_sequence) == (0, 2)
    assert unsent(a) == 1
    exchange(a, MemoryLine(place.centre, 2), place.keys[1], 1, lambda _progress: None)
    assert unsent(a) == 0
    place.rest(2)
