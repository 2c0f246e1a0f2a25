"""Changes made on one replica arrive whole on another."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household, Person
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.errors import BadBatch, BatchTooEarly, FixedField, HardDelete, UncapturedWrite
from tests.sync.worlds import SCOPE, World, a_household, a_person, conflicts_of, digest_of, send, writing


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_new_rows_arrive_with_every_value_and_the_digests_agree(world):
    laptop, centre = world.replica(2), world.replica(1)
    author = new_id()
    with writing(laptop, author) as session:
        person = a_person(id_number="1900000017", father_name="محمد")
        session.add(person)
        session.add(a_household(head_person_id=person.id, rooms=3))
        session.commit()
        person_id = person.id
    world.receive(centre, send(laptop))
    with Session(centre.engine) as session:
        there = session.get(Person, person_id)
        assert (there.first_name, there.father_name, there.id_number) == ("نورة", "محمد", "1900000017")
        assert there.author == author
        assert session.scalars(select(Household)).one().rooms == 3
    assert digest_of(laptop) == digest_of(centre)


def test_an_edit_arrives_and_a_second_delivery_of_it_changes_nothing(world):
    laptop, centre = world.replica(2), world.replica(1)
    with writing(laptop) as session:
        home = a_household()
        session.add(home)
        session.commit()
        home.district = "النسيم"
        session.commit()
        home_id = home.id
    payload = send(laptop)
    world.receive(centre, payload)
    assert world.receive(centre, payload).changes == 0
    with Session(centre.engine) as session:
        assert session.get(Household, home_id).district == "النسيم"
    assert digest_of(laptop) == digest_of(centre)


def test_two_edits_of_a_reviewed_field_become_the_same_conflict_everywhere(world):
    a, b = world.replica(2), world.replica(3)
    with writing(a) as session:
        person = a_person(id_number="1900000017")
        session.add(person)
        session.commit()
        person_id = person.id
    world.receive(b, send(a))
    for replica, number in ((a, "1900000025"), (b, "1900000033")):
        with writing(replica) as session:
            session.get(Person, person_id).id_number = number
            session.commit()
    from_a, from_b = send(a), send(b)
    world.receive(a, from_b)
    world.receive(b, from_a)
    assert digest_of(a) == digest_of(b)
    assert conflicts_of(a) == conflicts_of(b)
    assert len(conflicts_of(a)) == 1


def test_a_decision_closes_the_conflict_on_every_replica(world):
    a, b = world.replica(2), world.replica(3)
    with writing(a) as session:
        person = a_person(id_number="1900000017")
        session.add(person)
        session.commit()
        person_id = person.id
    world.receive(b, send(a))
    for replica, number in ((a, "1900000025"), (b, "1900000033")):
        with writing(replica) as session:
            session.get(Person, person_id).id_number = number
            session.commit()
    from_a, from_b = send(a), send(b)
    world.receive(a, from_b)
    world.receive(b, from_a)
    ((_, losing, _),) = conflicts_of(a)
    with writing(a) as session:
        session.resolves(person_id, "id_number", (losing,))
        session.get(Person, person_id).id_number = "1900000041"
        session.commit()
    world.receive(b, send(a))
    assert conflicts_of(a) == conflicts_of(b) == set()
    assert digest_of(a) == digest_of(b)


def test_a_batch_whose_predecessor_is_missing_waits(world):
    laptop, centre = world.replica(2), world.replica(1)
    with writing(laptop) as session:
        session.add(a_household())
        session.commit()
    first = send(laptop)
    with writing(laptop) as session:
        session.add(a_household(file_number="RYD-2"))
        session.commit()
    second = send(laptop)
    with pytest.raises(BatchTooEarly):
        world.receive(centre, second)
    world.receive(centre, first)
    world.receive(centre, second)
    assert digest_of(laptop) == digest_of(centre)


def test_a_batch_waits_for_what_its_author_had_seen(world):
    a, b, c = world.replica(2), world.replica(3), world.replica(4)
    with writing(a) as session:
        home = a_household()
        session.add(home)
        session.commit()
        home_id = home.id
    from_a = send(a)
    world.receive(b, from_a)
    with writing(b) as session:
        session.get(Household, home_id).rooms = 4
        session.commit()
    from_b = send(b)
    with pytest.raises(BatchTooEarly):
        world.receive(c, from_b)
    world.receive(c, from_a)
    world.receive(c, from_b)
    assert digest_of(a) != digest_of(c)
    world.receive(a, from_b)
    assert digest_of(a) == digest_of(b) == digest_of(c)


def test_any_flipped_bit_is_refused(world):
    laptop, centre = world.replica(2), world.replica(1)
    with writing(laptop) as session:
        session.add(a_household())
        session.commit()
    payload = send(laptop)
    for at in range(0, len(payload), 3):
        torn = bytearray(payload)
        torn[at] ^= 0x10
        with pytest.raises((BadBatch, KeyError)):
            world.receive(centre, bytes(torn))
    world.receive(centre, payload)


def test_rows_are_never_deleted_and_bulk_writes_do_not_go_round_the_log(world):
    laptop = world.replica(2)
    with writing(laptop) as session:
        home = a_household()
        session.add(home)
        session.commit()
        session.delete(home)
        with pytest.raises(HardDelete):
            session.commit()
        session.rollback()
        with pytest.raises(UncapturedWrite):
            session.execute(Household.__table__.update().values(rooms=9))


def test_a_field_that_never_changes_refuses_an_edit(world):
    laptop = world.replica(2)
    with writing(laptop) as session:
        home = a_household()
        session.add(home)
        session.commit()
        home.file_number = "RYD-9"
        with pytest.raises(FixedField):
            session.commit()


def test_a_failed_transaction_leaves_neither_row_nor_change(world):
    laptop = world.replica(2)
    with writing(laptop) as session:
        session.add(a_household())
        session.flush()
        session.rollback()
    with laptop.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 0
    assert send(laptop, SCOPE) is None


def test_confirming_the_shown_value_is_a_decision_that_travels(world):
    a, b = world.replica(2), world.replica(3)
    with writing(a) as session:
        person = a_person(id_number="1900000017")
        session.add(person)
        session.commit()
        person_id = person.id
    world.receive(b, send(a))
    for replica, number in ((a, "1900000025"), (b, "1900000033")):
        with writing(replica) as session:
            session.get(Person, person_id).id_number = number
            session.commit()
    from_a, from_b = send(a), send(b)
    world.receive(a, from_b)
    world.receive(b, from_a)
    ((_, losing, _),) = conflicts_of(a)
    with writing(a) as session:
        person = session.get(Person, person_id)
        session.resolves(person_id, "id_number", (losing,))
        person.id_number = person.id_number
        session.commit()
    world.receive(b, send(a))
    assert conflicts_of(a) == conflicts_of(b) == set()
    assert digest_of(a) == digest_of(b)


def test_one_batch_holds_a_bounded_number_of_bytes_and_the_rest_follows(world, monkeypatch):
    monkeypatch.setattr("tarahum_desktop.sync.log.MAX_PATCH_BYTES", 2_000)
    laptop, centre = world.replica(2), world.replica(1)
    with writing(laptop) as session:
        session.add_all(a_household(directions="x" * 900) for _ in range(5))
        session.commit()
    batches = 0
    while payload := send(laptop):
        world.receive(centre, payload)
        batches += 1
    assert batches >= 3
    assert digest_of(laptop) == digest_of(centre)
