"""Damage on either side is found down to the row and mended, or honestly left to a person; it is never dropped."""

import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tarahum_desktop.models import AppliedVector, Conflict, HealRecord, Household, Person, ScopeState
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.find_differences import find_differences
from tarahum_desktop.sync.exchange.messages import encode
from tarahum_desktop.sync.exchange.ranges import (
    Range,
    RangesRequest,
    RecountRequest,
    RowsRequest,
    answer_ranges,
    answer_recount,
    answer_rows,
)
from tarahum_desktop.sync.mend_book import count_when_due, mend_book
from tests.sync.lines import MemoryLine, enrol, meet
from tests.sync.long_log import add_homes, edit, newcomer
from tests.sync.moving_world import NEW, OLD, WHO, Region
from tests.sync.proofs import all_conflicts, all_rows, prove_same, prove_whole
from tests.sync.worlds import SCOPE, World

LAPTOP, OTHER = 2, 4


@pytest.fixture
def region(tmp_path):
    made = settled_region(tmp_path)
    yield made
    made.close()


def settled_region(folder):
    """Two laptops of one office with two families, edits and an open conflict, all of it at rest."""
    region = Region(folder)
    region.join(LAPTOP, OLD)
    region.join(OTHER, OLD)
    families = [region.family(LAPTOP, file=f"F-{n}") for n in range(2)]
    region.meet(LAPTOP)
    region.meet(OTHER)
    person = families[0].people[0]
    edit(region.devices[LAPTOP], Person, person, WHO[OLD], id_number="1000000001", father_name="سعد")
    edit(region.devices[OTHER], Person, person, WHO[OLD], id_number="1000000002")
    edit(region.devices[OTHER], Household, families[1].home, WHO[OLD], rooms=4)
    region.come_to_rest()
    assert len(all_conflicts(region.centre, OLD)) == 1
    return region


def run(replica, statement):
    with replica.engine.begin() as connection:
        connection.execute(statement)


def damage(replica, *statements, scope=OLD):
    """Damage that the next counting of the rows has noticed: the book itself cannot know of it."""
    for statement in statements:
        run(replica, statement)
    mend_book(replica, scope)


def healed(region, number=LAPTOP):
    outcome = region.meet(number)
    assert len(outcome.healed) == 1
    return outcome, outcome.healed[0]


def test_nothing_is_looked_for_while_digests_agree(region):
    assert region.meet(LAPTOP).healed == ()


def test_a_row_lost_here_is_taken_back_with_all_its_state(region):
    before = all_rows(region.centre, OLD)
    damage(region.devices[LAPTOP], delete(Person), delete(Conflict))
    outcome, done = healed(region)
    assert (done.found, done.taken, done.offered, done.left) == (6, 6, 0, 0)
    assert OLD in outcome.proven
    assert all_rows(region.devices[LAPTOP], OLD) == before
    region.come_to_rest()


def test_a_row_lost_at_the_centre_is_offered_again_in_its_authors_name(region):
    damage(region.centre, delete(Person), delete(Conflict))
    outcome, done = healed(region)
    assert (done.found, done.offered, done.left) == (6, 6, 0)
    assert OLD in outcome.proven
    region.come_to_rest()
    with Session(region.centre.engine) as session:
        people = session.query(Person).all()
        assert {person.author for person in people} == {WHO[OLD]}
        assert {person.id_number for person in people if person.father_name == "سعد"} <= {
            "1000000001",
            "1000000002",
        }
    assert len(all_conflicts(region.centre, OLD)) == 1


def test_an_edit_lost_at_the_centre_is_offered_and_one_lost_here_is_taken(region):
    set_back = update(Household).values(rooms=None, field_stamps=None)
    damage(region.centre, set_back)
    _, done = healed(region)
    assert (done.found, done.offered) == (1, 1)
    damage(region.devices[OTHER], update(Person).values(father_name=None, field_stamps=None))
    region.come_to_rest()
    with Session(region.centre.engine) as session:
        assert 4 in {home.rooms for home in session.query(Household)}
        assert "سعد" in {person.father_name for person in session.query(Person)}


def test_a_conflict_lost_on_either_side_comes_back(region):
    for replica, number in ((region.devices[LAPTOP], LAPTOP), (region.centre, LAPTOP)):
        damage(replica, delete(Conflict))
        outcome, done = healed(region, number)
        assert done.left == 0
        assert OLD in outcome.proven
        region.come_to_rest()
        assert len(all_conflicts(region.centre, OLD)) == 1


def test_a_wrong_book_here_costs_no_row(region):
    run(region.devices[LAPTOP], update(ScopeState).where(ScopeState.scope == OLD).values(digest=b"\x01" * 8))
    outcome, done = healed(region)
    assert done.book
    assert (done.found, done.taken, done.offered) == (0, 0, 0)
    assert OLD in outcome.proven
    prove_whole(region.devices[LAPTOP], OLD)


def test_several_who_count_at_once_book_the_difference_once(region):
    run(
        region.centre,
        update(ScopeState).where(ScopeState.scope == OLD).values(row_count=7, digest=b"\x07" * 8),
    )
    together = threading.Barrier(4)

    def count(_):
        together.wait()
        return mend_book(region.centre, OLD)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    mend_book(region.centre, OLD)
    prove_whole(region.centre, OLD)
    assert not mend_book(region.centre, OLD)


def test_rows_that_rot_unnoticed_are_counted_every_week(region):
    laptop = region.devices[LAPTOP]
    assert count_when_due(laptop) == []
    run(laptop, delete(Person))
    assert region.meet(LAPTOP).healed == ()
    region.wall.now += 8 * 86_400_000
    _, done = healed(region)
    assert done.taken == 6
    region.come_to_rest()


def test_a_wrong_book_at_the_centre_is_counted_anew_there(region):
    run(region.centre, update(ScopeState).where(ScopeState.scope == OLD).values(row_count=7))
    outcome, done = healed(region)
    assert done.their_book
    assert OLD in outcome.proven
    prove_whole(region.centre, OLD)


def test_what_this_device_may_not_offer_stays_here_and_is_told(region):
    damage(region.centre, delete(Person), delete(Conflict))
    nobody = new_id()
    run(region.devices[LAPTOP], update(Person).values(author=nobody))
    outcome, done = healed(region)
    assert (done.offered, done.left) == (0, 6)
    assert OLD in outcome.disputed
    with Session(region.devices[LAPTOP].engine) as session:
        assert session.query(Person).count() == 6
        assert done.found == 6
        record = session.scalars(select(HealRecord).order_by(HealRecord.at.desc())).first()
        assert (record.scope, record.found, record.healed) == (OLD, 6, 0)
        assert record.detail["left"] == 6
        assert len(record.detail["rows"]) == 6


def test_what_is_written_down_names_no_person(region):
    damage(region.devices[LAPTOP], delete(Person))
    healed(region)
    with Session(region.devices[LAPTOP].engine) as session:
        record = session.scalars(select(HealRecord)).one()
    assert set(record.detail) == {"taken", "offered", "left", "book", "their_book", "requests", "rows"}


def test_an_edit_made_while_healing_is_kept_on_top(region):
    laptop = region.devices[LAPTOP]
    damage(region.centre, update(Household).values(rooms=None, field_stamps=None))
    with Session(laptop.engine) as session:
        home = session.scalars(select(Household).where(Household.rooms == 4)).one().id

    class Typing(MemoryLine):
        def ask(self, call, request):
            if call.name == "rows":
                edit(laptop, Household, home, WHO[OLD], rooms=9)
            return super().ask(call, request)

    exchange(laptop, Typing(region.centre, LAPTOP), region.world.keys[1], 1, lambda _progress: None)
    region.come_to_rest()
    with Session(region.centre.engine) as session:
        assert session.get(Household, home).rooms == 9


def test_an_edit_that_arrives_for_a_row_that_was_lost_here_brings_the_row_back(region):
    with Session(region.devices[OTHER].engine) as session:
        person = session.scalars(select(Person)).first().id
    run(region.devices[LAPTOP], delete(Person))
    edit(region.devices[OTHER], Person, person, WHO[OLD], first_name="جود")
    region.meet(OTHER)
    region.meet(LAPTOP)
    mend_book(region.devices[LAPTOP], OLD)
    region.come_to_rest()
    with Session(region.devices[LAPTOP].engine) as session:
        assert session.get_one(Person, person).first_name == "جود"


def test_a_stranger_to_the_scope_learns_nothing(region):
    region.join(7, NEW)
    with region.centre.engine.connect() as connection:
        device = find_device(connection, 7)
    for answer, request in (
        (answer_ranges, RangesRequest(OLD, [Range("person")])),
        (answer_rows, RowsRequest(OLD, "person", [new_id().bytes])),
        (answer_recount, RecountRequest(OLD)),
    ):
        with pytest.raises(SyncError, match="scope_denied"):
            answer(region.centre, device, request)


@pytest.mark.parametrize("entity", ['person"; DROP TABLE person; --', "Person", "", "x" * 500, "outbox'"])
def test_a_name_that_is_no_tables_is_refused(region, entity):
    with region.centre.engine.connect() as connection:
        device = find_device(connection, LAPTOP)
    with pytest.raises(SyncError, match="message_malformed"):
        answer_ranges(region.centre, device, RangesRequest(OLD, [Range(entity)]))
    with pytest.raises(SyncError, match="message_malformed"):
        answer_rows(region.centre, device, RowsRequest(OLD, entity, []))


class CountingLine(MemoryLine):
    """Counts what is asked and the bytes of it, both ways."""

    size = 0

    def ask(self, call, request):
        reply = super().ask(call, request)
        self.size += len(encode(request)) + len(encode(reply))
        return reply


def test_one_row_among_many_is_found_in_a_few_requests(tmp_path):
    world = World(tmp_path)
    centre = world.replica(1)
    enrol(world, centre, 1)
    laptop = newcomer(world, centre, 2)
    with BulkWriter(centre) as writer:
        writer.write("household", (a_row(n) for n in range(20_000)))
    meet(world, laptop, centre)
    damage(laptop, delete(Household).where(Household.file_number == "H-12345"), scope=SCOPE)
    line = CountingLine(centre, 2)
    found = find_differences(laptop, line, SCOPE)
    assert [len(ids) for ids in found.only_there.values()] == [1]
    assert (found.count, dict(found.only_here), dict(found.unlike)) == (1, {}, {})
    assert found.requests <= 5
    assert line.size < 8_000
    outcome, _ = meet(world, laptop, centre)
    assert outcome.healed[0].taken == 1
    assert outcome.proven == {SCOPE, "national"}


def a_row(number):
    return {"id": new_id(), "scope": SCOPE, "file_number": f"H-{number}", "committee_code": SCOPE}


def test_a_laptop_that_lost_nearly_everything_gets_it_back(tmp_path):
    world = World(tmp_path)
    centre = world.replica(1)
    enrol(world, centre, 1)
    laptop = newcomer(world, centre, 2)
    add_homes(laptop, 700)
    meet(world, laptop, centre)
    damage(laptop, delete(Household).where(Household.file_number != "H-3"), scope=SCOPE)
    meet(world, laptop, centre)
    prove_same([centre, laptop])


def lose_people(replica, _drawn):
    damage(replica, delete(Person).where(Person.scope == OLD))


def lose_a_home(replica, drawn):
    damage(replica, delete(Household).where(Household.file_number == f"F-{drawn % 2}"))


def forget_edits(replica, drawn):
    table = (Person, Household)[drawn % 2]
    damage(replica, update(table).where(table.scope == OLD).values(field_stamps=None))


def lose_conflicts(replica, _drawn):
    damage(replica, delete(Conflict))


def rot_the_book(replica, drawn):
    state = update(ScopeState).where(ScopeState.scope == OLD)
    run(replica, state.values(digest=drawn.to_bytes(8, "big"), row_count=drawn % 50))


def lower_a_vector(replica, drawn):
    number = (LAPTOP, OTHER)[drawn % 2]
    if number != replica.device:
        lowered = update(AppliedVector).where(AppliedVector.scope == OLD, AppliedVector.device == number)
        run(replica, lowered.values(sequence=drawn % 3))


DAMAGES = (lose_people, lose_a_home, forget_edits, lose_conflicts, rot_the_book, lower_a_vector)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(DAMAGES), st.sampled_from([1, LAPTOP, OTHER]), st.integers(0, 1_000)),
        min_size=1,
        max_size=4,
    )
)
def test_after_any_damage_all_come_to_the_same_state(damages):
    with tempfile.TemporaryDirectory() as folder:
        region = settled_region(Path(folder))
        try:
            for harm, number, drawn in damages:
                harm(region.centre if number == 1 else region.devices[number], drawn)
            region.meet(LAPTOP), region.meet(OTHER)
            region.come_to_rest()
            with Session(region.centre.engine) as session:
                if not any(number != OTHER and harm is lose_people for harm, number, _ in damages):
                    assert session.query(Person).count() == 6
        finally:
            region.close()
