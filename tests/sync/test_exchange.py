"""A whole exchange between two replicas over a line in memory."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Device, Household
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.access import current_device, find_device
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import Outcome, exchange
from tarahum_desktop.sync.exchange.hello import answer_hello
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tests.sync.worlds import SCOPE, Wall, World, a_household, digest_of, writing

GATE = Gate(lambda connection, number: current_device(connection, number).signing_key, lambda _c, _b: None)


@dataclass
class MemoryLine:
    """Calls the answering halves directly; breaks after a number of calls when told to."""

    centre: Replica
    device: int
    breaks_after: int | None = None
    calls: list[str] = field(default_factory=list)

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if self.breaks_after is not None and len(self.calls) > self.breaks_after:
            raise LineFailed

    def _known(self, connection):
        return find_device(connection, self.device)

    def hello(self, request):
        self._call("hello")
        with self.centre.engine.connect() as connection:
            return answer_hello(connection, self.centre, self._known(connection), request, 0)

    def push(self, payload):
        self._call("push")
        with self.centre.engine.connect() as connection:
            device = self._known(connection)
        return answer_push(self.centre.engine, self.centre, device, payload, GATE)

    def pull(self, request):
        self._call("pull")
        with self.centre.engine.connect() as connection:
            return answer_pull(connection, self._known(connection), request)

    def snapshot(self, request):
        self._call("snapshot")
        with self.centre.engine.connect() as connection:
            return answer_snapshot(connection, self.centre, self._known(connection), request)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def centre(world):
    centre = world.replica(1)
    enrol(world, centre, 1)
    return centre


def enrol(world: World, centre: Replica, number: int) -> None:
    with writing(centre) as session:
        session.add(
            Device(
                scope="national",
                number=number,
                name=f"d{number}",
                kind="laptop",
                signing_key=world.keys[number],
                sealing_key=bytes(32),
                scopes=["national", SCOPE],
                enrolled_at=from_milliseconds(0),
            )
        )
        session.commit()
    from tarahum_desktop.sync.publish import publish_own

    publish_own(centre)


def newcomer(world: World, centre: Replica, number: int, wall: Wall | None = None) -> Replica:
    replica = world.replica(number, wall)
    enrol(world, centre, number)
    return replica


def meet(
    world: World, replica: Replica, centre: Replica, breaks_after: int | None = None
) -> tuple[Outcome, MemoryLine]:
    line = MemoryLine(centre, replica.device, breaks_after)
    return exchange(replica, line, world.keys[1], 1, lambda _progress: None), line


def add_homes(replica: Replica, count: int, prefix: str = "RYD") -> None:
    with writing(replica) as session:
        session.add_all(a_household(file_number=f"{prefix}-{n}") for n in range(count))
        session.commit()


def homes(replica: Replica) -> int:
    with Session(replica.engine) as session:
        return session.query(Household).count()


def test_what_one_laptop_wrote_reaches_another_and_the_digests_prove_it(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(a, 30)
    outcome, _ = meet(world, a, centre)
    assert outcome.pushed == 30
    assert outcome.proven == {SCOPE, "national"}
    outcome, _ = meet(world, b, centre)
    assert homes(b) == 30
    assert outcome.proven == {SCOPE, "national"}
    assert digest_of(a) == digest_of(b) == digest_of(centre)


def test_an_exchange_without_news_is_one_request(world, centre):
    a = newcomer(world, centre, 2)
    meet(world, a, centre)
    _, line = meet(world, a, centre)
    assert line.calls == ["hello"]


def test_later_changes_travel_by_the_log_not_by_a_snapshot(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    meet(world, a, centre)
    meet(world, b, centre)
    add_homes(a, 5)
    meet(world, a, centre)
    outcome, line = meet(world, b, centre)
    assert outcome.pulled == 5
    assert "snapshot" not in line.calls
    assert digest_of(a) == digest_of(b)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_that_breaks_at_any_call_loses_and_doubles_nothing(world, centre, cut):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    add_homes(b, 40, "B")
    meet(world, b, centre)
    add_homes(a, 60, "A")
    try:
        meet(world, a, centre, breaks_after=cut)
    except LineFailed:
        outcome, _ = meet(world, a, centre)
        assert outcome.proven == {SCOPE, "national"}
    assert homes(a) == homes(centre) == 100
    assert digest_of(a) == digest_of(centre)


def test_a_clock_a_year_ahead_is_noticed_and_the_unsent_changes_are_stamped_anew(world, centre):
    year = 365 * 86_400_000
    a = newcomer(world, centre, 2, Wall(Wall().now + year))
    meet(world, a, centre)
    add_homes(a, 3)
    with writing(a) as session:
        home = session.query(Household).first()
        home.rooms = 5
        session.commit()
    outcome, _ = meet(world, a, centre)
    assert outcome.clock_error_ms == year
    assert outcome.pushed == 4
    assert outcome.proven == {SCOPE, "national"}
    assert centre.clock.last_reading >> 16 < Wall().now + 1000


def test_a_clock_a_year_behind_still_counts_its_edits_as_later_than_what_it_saw(world, centre):
    a = newcomer(world, centre, 2)
    add_homes(a, 1)
    meet(world, a, centre)
    b = newcomer(world, centre, 3, Wall(Wall().now - 365 * 86_400_000))
    meet(world, b, centre)
    with writing(b) as session:
        session.query(Household).one().rooms = 9
        session.commit()
    meet(world, b, centre)
    meet(world, a, centre)
    with Session(a.engine) as session:
        assert session.query(Household).one().rooms == 9
    assert digest_of(a) == digest_of(b)


def test_a_device_the_centre_does_not_know_is_refused_and_its_work_stays(world, centre):
    from tarahum_desktop.sync.errors import UnknownDevice

    stranger = world.replica(9)
    add_homes(stranger, 2)
    with pytest.raises(UnknownDevice):
        meet(world, stranger, centre)
    assert homes(stranger) == 2
    assert homes(centre) == 0
