"""The search is made ready beside the work, and stops at once when the machine is locked."""

from types import SimpleNamespace

import pytest

from tarahum_desktop.bootstrap.search_keeper import SearchKeeper
from tarahum_desktop.casework.person_index import index_some, memory_of
from tarahum_desktop.casework.search.family_book import FamilyBook, LoadingStopped
from tarahum_desktop.casework.search.find import find
from tests.casework.conftest import furnished, office  # noqa: F401 - fixtures


@pytest.fixture
def place(office):  # noqa: F811 - the fixture
    return SimpleNamespace(replica=office.replica, desk=office.desk())


def test_unlocking_makes_words_lists_and_index_ready(office, place, monkeypatch):  # noqa: F811 - the fixture
    monkeypatch.setattr("tarahum_desktop.casework.search.memory._SMALL", 0)
    assert find(office.desk(), "حمد") == []
    keeper = SearchKeeper(place)
    keeper.start()
    keeper._thread.join()
    assert find(office.desk(), "حمد")
    assert not index_some(office.replica)


def test_locking_before_the_end_stops_the_reading(office, place):  # noqa: F811 - the fixture
    keeper = SearchKeeper(place)
    memory_of(office.replica).stopping.set()
    keeper.start()
    keeper.stop()
    with office.desk().reading() as connection, pytest.raises(LoadingStopped):
        FamilyBook(connection, "2026-09-24", memory_of(office.replica).stopping)


def test_a_keeper_that_never_began_can_be_stopped(place):
    SearchKeeper(place).stop()
