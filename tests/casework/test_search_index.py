"""The index of persons follows their rows, and is made anew when the folding changes."""

import datetime as dt

import pytest

from tarahum_desktop.casework import person_index
from tarahum_desktop.casework.person_index import CustodyIndex, PersonIndex, index_some, memory_of
from tarahum_desktop.casework.search.find import Why, find
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import CustodyEpisode, Person
from tests.casework.worlds import SCOPE, a_person, replica_on


def brought_up(replica) -> int:
    steps = 0
    while index_some(replica):
        steps += 1
    return steps


@pytest.fixture
def other_fold(monkeypatch):
    """A program whose folding leaves out the letter ا."""
    monkeypatch.setattr(person_index, "INDEX_VERSION", "other")
    monkeypatch.setattr(person_index, "_PERSONS_A_STEP", 2)
    monkeypatch.setattr(person_index, "fold", lambda text: text.replace("ا", "").replace("أ", ""))


def words(replica) -> list[str]:
    with replica.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT words FROM person_index ORDER BY no")]


def test_an_index_of_this_folding_is_left_alone(office):
    brought_up(office.replica)
    assert brought_up(office.replica) == 0


@pytest.mark.usefixtures("other_fold")
def test_another_folding_makes_the_index_anew_in_steps(office):
    replica = replica_on(office.vault.engine)
    assert brought_up(replica) == 2
    assert not any("ا" in text for text in words(replica))
    assert brought_up(replica) == 0


@pytest.mark.usefixtures("other_fold")
def test_the_search_goes_on_while_the_index_is_made_anew(office):
    replica = replica_on(office.vault.engine)
    assert index_some(replica)
    assert find(office.desk(), "1023456781")
    assert find(office.desk(), "خالد")


@pytest.mark.usefixtures("other_fold")
def test_a_kill_between_two_steps_goes_on_where_it_stood(office):
    assert index_some(replica_on(office.vault.engine))
    assert brought_up(replica_on(office.vault.engine)) == 1


@pytest.mark.usefixtures("other_fold")
def test_an_interrupted_renewal_for_an_older_folding_begins_again(office, monkeypatch):
    assert index_some(replica_on(office.vault.engine))
    monkeypatch.setattr(person_index, "INDEX_VERSION", "newer")
    assert brought_up(replica_on(office.vault.engine)) == 2


def test_a_temporary_key_is_found_with_its_serial_too_and_stays_when_the_document_comes(office):
    person = a_person("مجهولة", id_kind="none", temporary_key="RYD-T12-00077")
    office.add(person)
    for typed in ("RYD-T12-00077", "ryd t12 00077", "00077", "٠٠٠٧٧"):
        hits = find(office.desk(), typed)
        assert (hits[0].person_id, hits[0].why) == (person.id, Why.CODE), typed
    with UnitOfWork(office.desk()) as work:
        row = work.session.get_one(Person, person.id)
        row.id_kind, row.id_number = "national_id", "1055555559"
    assert find(office.desk(), "RYD-T12-00077")[0].person_id == person.id
    assert find(office.desk(), "1055555559")[0].person_id == person.id


def test_a_second_telephone_and_an_inmate_number_find_the_person(office):
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Person, office.head).mobile_alt = "+966599999001"
    office.add(
        CustodyEpisode(
            scope=SCOPE, person_id=office.prisoner, status="convicted", entry="g2026-01-01",
            entry_day=dt.date(2026, 1, 1), inmate_number="K-88120",
        )
    )  # fmt: skip
    assert [hit.person_id for hit in find(office.desk(), "0599999001")] == [office.head]
    assert [hit.person_id for hit in find(office.desk(), "88120")] == [office.prisoner]
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Person, office.prisoner).father_name = "ناصر"
    assert find(office.desk(), "K-88120")


def test_a_person_gone_from_this_machine_is_dropped_from_the_index(office):
    persons = next(index for index in office.replica.indexes if isinstance(index, PersonIndex))
    with office.replica.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM person WHERE id = ?", (office.child.bytes,))
        persons.refresh(connection, [office.child.bytes])
    assert not find(office.desk(), "احمد")


def test_everything_is_ready_after_warming(office):
    memory = memory_of(office.replica)
    memory.warm(office.replica.engine, "2026-09-24")
    assert len(memory.words) >= 5
    assert any(isinstance(index, CustodyIndex) for index in office.replica.indexes)
