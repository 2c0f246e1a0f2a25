"""A desktop keeps each edit of each field: who, when, from what, to what, wherever it was made."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import FieldHistory, Household
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.row_state import unpack_value
from tests.sync.worlds import World, a_household, send, writing


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def edits_of(replica, row_id):
    with Session(replica.engine) as session:
        query = select(FieldHistory).where(FieldHistory.row_id == row_id).order_by(FieldHistory.stamp)
        return [
            (one.field, unpack_value(one.before), unpack_value(one.after), one.author)
            for one in session.scalars(query)
        ]


def a_home_moved_twice(laptop):
    first, second = new_id(), new_id()
    with writing(laptop, first) as session:
        home = a_household(district="النسيم")
        session.add(home)
        session.commit()
        home_id = home.id
        home.district = "الروضة"
        session.commit()
    with writing(laptop, second) as session:
        home = session.get(Household, home_id)
        home.district = "النخيل"
        session.commit()
    told = [("district", "النسيم", "الروضة", first), ("district", "الروضة", "النخيل", second)]
    return home_id, told


def test_edits_made_here_are_told_with_their_authors(world):
    laptop = world.replica(2)
    laptop.keeps_history = True
    home_id, told = a_home_moved_twice(laptop)
    assert edits_of(laptop, home_id) == told


def test_edits_made_elsewhere_are_told_the_same_way(world):
    laptop, office = world.replica(2), world.replica(3)
    office.keeps_history = True
    home_id, told = a_home_moved_twice(laptop)
    payload = send(laptop)
    world.receive(office, payload)
    world.receive(office, payload)
    assert edits_of(office, home_id) == told


def test_a_centre_keeps_its_log_and_no_second_account(world):
    laptop, centre = world.replica(2), world.replica(1)
    home_id, _ = a_home_moved_twice(laptop)
    world.receive(centre, send(laptop))
    assert edits_of(centre, home_id) == []
    assert edits_of(laptop, home_id) == []
