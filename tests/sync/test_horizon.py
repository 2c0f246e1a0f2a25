"""A replica that was away longer than the centre keeps its log comes back without losing anything of its own."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household, Person
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.messages import PullRequest
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.compaction import compact
from tests.sync.lines import MemoryLine, enrol, meet
from tests.sync.long_log import (
    add_homes,
    add_person,
    busy_days,
    drop,
    edit,
    entries_in,
    home_count,
    newcomer,
    pack,
    packs_in,
)
from tests.sync.moving_world import NEW, OLD, WHO, Region
from tests.sync.proofs import all_conflicts, prove_same
from tests.sync.worlds import SCOPE, Wall, World

YEAR_MS = 365 * 86_400_000


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def centre(world, wall):
    centre = world.replica(1, wall)
    enrol(world, centre, 1)
    return centre


def horizon_of(replica, scope=SCOPE):
    with replica.engine.connect() as connection:
        return read_scopes(connection)[scope].horizon


def settle_all(world, centre, *replicas):
    for _ in range(2):
        outcomes = [meet(world, replica, centre)[0] for replica in replicas]
    assert all(outcome.proven == {SCOPE, "national"} for outcome in outcomes)
    prove_same([centre, *replicas])


def test_what_is_older_than_the_horizon_is_gone_from_the_log_and_only_from_there(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    busy_days(world, centre, a)
    done = drop(centre)
    assert done.dropped > 0
    assert entries_in(centre) == 0
    assert horizon_of(centre) == 5
    settle_all(world, centre, a, b)
    assert home_count(b) == 5


def test_a_laptop_that_had_everything_exchanges_on_past_the_horizon_by_the_log(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    busy_days(world, centre, a)
    meet(world, b, centre)
    drop(centre)
    add_homes(a, 1, "later")
    meet(world, a, centre)
    _, line = meet(world, b, centre)
    assert "snapshot" not in line.calls
    settle_all(world, centre, a, b)


def test_entries_younger_than_the_age_stay(world, wall, centre):
    a = newcomer(world, centre, 2, wall)
    busy_days(world, centre, a)
    wall.now += 10 * 86_400_000
    busy_days(world, centre, a)
    ten_days_ago = from_milliseconds(wall.now) - dt.timedelta(days=5)
    compact(centre, ten_days_ago, ten_days_ago)
    assert horizon_of(centre) == 5
    assert (packs_in(centre), entries_in(centre)) == (0, 5)


def a_year_apart(world, wall, centre):
    """A laptop with 500 unsent changes, conflicts among them, and a centre that went on for a year and forgot."""
    office, laptop = newcomer(world, centre, 2, wall), newcomer(world, centre, 3, wall)
    people = [add_person(office, id_number=f"10000000{n:02}") for n in range(10)]
    homes = add_homes(office, 10, "old")
    meet(world, office, centre)
    meet(world, laptop, centre)
    for n, person in enumerate(people):
        edit(laptop, Person, person, id_number=f"20000000{n:02}", first_name="هند")
    add_homes(laptop, 490, "field")
    wall.now += YEAR_MS
    for n, person in enumerate(people[:6]):
        edit(office, Person, person, id_number=f"30000000{n:02}")
    for home in homes:
        edit(office, Household, home, rooms=6)
    busy_days(world, centre, office)
    drop(centre)
    return office, laptop


def test_a_laptop_a_year_offline_keeps_its_500_unsent_changes_and_their_conflicts(world, wall, centre):
    office, laptop = a_year_apart(world, wall, centre)
    outcome, line = meet(world, laptop, centre)
    assert outcome.pushed == 500
    assert "snapshot" in line.calls
    assert outcome.proven == {SCOPE, "national"}
    settle_all(world, centre, office, laptop)
    assert home_count(centre) == 10 + 490 + 5
    assert len(all_conflicts(centre)) == 6
    with Session(laptop.engine) as session:
        assert {home.rooms for home in session.query(Household) if home.file_number.startswith("old")} == {6}


@pytest.mark.parametrize("cut", [2, 4, 5, 6, 7, 8, 9, 10])
def test_a_line_cut_during_the_catching_up_loses_nothing(world, wall, centre, cut):
    office, laptop = newcomer(world, centre, 2, wall), newcomer(world, centre, 3, wall)
    person = add_person(office, id_number="1000000001")
    meet(world, office, centre)
    meet(world, laptop, centre)
    edit(laptop, Person, person, id_number="1000000002")
    add_homes(laptop, 3, "mine")
    edit(office, Person, person, id_number="1000000003")
    busy_days(world, centre, office)
    drop(centre)
    try:
        meet(world, laptop, centre, breaks_after=cut)
    except LineFailed:
        edit(laptop, Person, person, first_name="ريم")
        add_homes(laptop, 1, "between")
    settle_all(world, centre, office, laptop)
    assert len(all_conflicts(centre)) == 1


def test_the_centre_forgets_more_while_a_laptop_is_catching_up(world, wall, centre):
    office, laptop = a_year_apart(world, wall, centre)
    with pytest.raises(LineFailed):
        meet(world, laptop, centre, breaks_after=6)
    busy_days(world, centre, office)
    drop(centre)
    settle_all(world, centre, office, laptop)
    assert home_count(centre) == 10 + 490 + 10


def test_the_centre_forgets_between_the_snapshot_and_its_tail(world, centre):
    a, b = newcomer(world, centre, 2), newcomer(world, centre, 3)
    busy_days(world, centre, a)
    seen = []

    class Forgetful:
        """A line during whose first pull of the scope the centre writes more and drops its log."""

        def __init__(self, line):
            self._line = line

        def __getattr__(self, name):
            return getattr(self._line, name)

        def pull(self, request):
            if request.scope == SCOPE and not seen:
                seen.append(request.position)
                busy_days(world, centre, a, days=2)
                drop(centre)
            return self._line.pull(request)

    exchange(b, Forgetful(MemoryLine(centre, 3)), world.keys[1], 1, lambda _progress: None)
    assert seen
    settle_all(world, centre, a, b)


def test_asking_for_what_is_gone_is_refused_by_name(world, centre):
    a = newcomer(world, centre, 2)
    newcomer(world, centre, 3)
    busy_days(world, centre, a)
    drop(centre)
    with centre.engine.connect() as connection, pytest.raises(SyncError, match="log_gone"):
        answer_pull(connection, find_device(connection, 3), PullRequest(SCOPE, 4, 1_000, packs=True))


def test_packs_and_horizons_in_any_mixture_bring_all_to_the_same(world, wall, centre):
    laptops = [newcomer(world, centre, number, wall) for number in (2, 3, 4)]
    for turn in range(6):
        wall.now += 86_400_000
        here = laptops[turn % 3]
        busy_days(world, centre, here, days=3)
        add_homes(laptops[(turn + 1) % 3], 1, f"unsent{turn}")
        day = from_milliseconds(wall.now)
        compact(centre, day - dt.timedelta(days=1), day - dt.timedelta(days=3))
    settle_all(world, centre, *laptops)


def test_a_family_that_left_while_a_laptop_was_away_is_gone_from_it_after_the_snapshot(tmp_path):
    region = Region(tmp_path)
    try:
        region.join(2, OLD), region.join(3, NEW), region.join(4, OLD)
        family = region.family(2)
        region.meet(2), region.meet(4)
        edit(region.devices[4], Person, family.people[0], WHO[OLD], first_name="سارة")
        offer = region.offer(2, family.home)
        region.meet(2), region.meet(3)
        region.answer(3, offer)
        region.meet(3), region.meet(2)
        region.wall.now += 86_400_000
        drop(region.centre)
        assert horizon_of(region.centre, OLD) > 0
        region.come_to_rest()
        with Session(region.devices[4].engine) as session:
            assert session.get(Household, family.home) is None
            assert session.get(Person, family.people[0]) is None
    finally:
        region.close()


def test_moves_that_lie_in_a_pack_are_followed_in_order(tmp_path):
    region = Region(tmp_path)
    try:
        region.join(2, OLD), region.join(3, NEW), region.join(4, OLD, NEW)
        family = region.family(2)
        region.meet(2), region.meet(4)
        edit(region.devices[4], Person, family.people[1], WHO[OLD], first_name="أحلام")
        for here, there, source, target in ((2, 3, OLD, NEW), (3, 2, NEW, OLD)):
            offer = region.offer(here, family.home, source, target)
            region.meet(here), region.meet(there)
            region.answer(there, offer)
            region.meet(there), region.meet(here)
            for number in range(4):
                region.add(here, _a_home(source, number), author=source)
                region.meet(here)
        region.wall.now += 86_400_000
        assert pack(region.centre).packs > 0
        region.come_to_rest()
    finally:
        region.close()


def _a_home(scope, number):
    return Household(scope=scope, file_number=f"{scope}-{number}", committee_code=scope)
