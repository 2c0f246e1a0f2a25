"""A machine's own log goes once the centre was proven to hold it, and takes what departed families said with it."""

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.models import Person
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.handing import seal_unsent
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.trim import keep_log_days, keep_log_from, trim_log
from tests.sync.lines import MemoryLine, enrol, meet
from tests.sync.long_log import add_homes, busy_days, edit, entries_in, newcomer
from tests.sync.moving_world import NEW, OLD, WHO, Region
from tests.sync.proofs import prove_same
from tests.sync.worlds import SCOPE, Wall, World

DAY_MS = 86_400_000
SECRET = "زعفرانةالنادرة"


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def centre(world, wall):
    centre = world.replica(1, wall)
    enrol(world, centre, 1)
    return centre


def test_old_entries_go_after_a_proof_and_young_ones_stay(world, wall, centre):
    laptop = newcomer(world, centre, 2, wall)
    busy_days(world, centre, laptop)
    wall.now += 31 * DAY_MS
    add_homes(laptop, 1, "today")
    meet(world, laptop, centre)
    assert entries_in(laptop) == 1
    with laptop.engine.connect() as connection:
        book = read_scopes(connection)[SCOPE]
    assert (book.horizon, book.head) == (5, 6)
    prove_same([centre, laptop])


def test_without_a_proof_nothing_goes(world, wall, centre):
    laptop = newcomer(world, centre, 2, wall)
    busy_days(world, centre, laptop)
    wall.now += 31 * DAY_MS
    add_homes(laptop, 1, "unsent")

    class Refusing(MemoryLine):
        def push(self, _payload):
            self.fail()

    with pytest.raises(Exception, match="line_failed"):
        exchange(laptop, Refusing(centre, 2), world.keys[1], 1, lambda _progress: None)
    assert entries_in(laptop) == 5


def test_an_office_keeps_what_others_still_wait_for(world, wall, centre):
    office = newcomer(world, centre, 2, wall)
    busy_days(world, centre, office)
    with office.engine.begin() as connection:
        keep_log_from(connection, SCOPE, 2)
    wall.now += 31 * DAY_MS
    meet(world, office, centre)
    assert entries_in(office) == 3
    with office.engine.begin() as connection:
        keep_log_from(connection, SCOPE, None)
        keep_log_days(connection, 60)
    meet(world, office, centre)
    assert entries_in(office) == 3
    with office.engine.begin() as connection:
        keep_log_days(connection, 0)
    meet(world, office, centre)
    assert entries_in(office) == 0


def test_own_changes_that_the_centre_has_not_confirmed_never_go(world, wall, centre):
    laptop = newcomer(world, centre, 2, wall)
    busy_days(world, centre, laptop)
    add_homes(laptop, 2, "sealed")
    seal_unsent(laptop, SCOPE)
    wall.now += 31 * DAY_MS
    with laptop.engine.connect() as connection:
        head = read_scopes(connection)[SCOPE].head
    assert trim_log(laptop, SCOPE, head) == 5
    assert entries_in(laptop) == 1


def test_a_trimmed_laptop_goes_on_exchanging(world, wall, centre):
    a, b = newcomer(world, centre, 2, wall), newcomer(world, centre, 3, wall)
    for _ in range(3):
        busy_days(world, centre, a, b, days=2)
        wall.now += 40 * DAY_MS
    for replica in (a, b, a):
        meet(world, replica, centre)
    assert entries_in(a) < 4
    prove_same([centre, a, b])


def test_after_a_family_left_its_names_are_nowhere_in_the_file(tmp_path):
    region = Region(tmp_path)
    try:
        region.join(2, OLD), region.join(3, NEW), region.join(4, OLD)
        family = region.family(2)
        edit(region.devices[2], Person, family.people[0], WHO[OLD], family_name=SECRET)
        region.meet(2), region.meet(4)
        edit(region.devices[4], Person, family.people[0], WHO[OLD], first_name=SECRET)
        region.meet(4), region.meet(2)
        assert all(found(region, number) for number in (2, 4))
        offer = region.offer(2, family.home)
        region.meet(2), region.meet(3)
        region.answer(3, offer)
        region.come_to_rest()
        with Session(region.devices[3].engine) as session:
            assert session.get(Person, family.people[0]).family_name == SECRET
        assert found(region, 3)
        assert not found(region, 2)
        assert not found(region, 4)
    finally:
        region.close()


def found(region, number):
    """Whether the name can be read in any page of the file or of the log beside it, used or not."""
    path = region.world.path(number)
    files = [path, path.with_name(path.name + "-wal")]
    return any(SECRET.encode() in file.read_bytes() for file in files if file.exists())
