"""What goes upwards stays small enough to be handed on as it is: the rest is named, and goes once this is answered."""

from tarahum_desktop.sync.pouch import layout
from tarahum_desktop.sync.pouch.layout import lay_out
from tarahum_desktop.sync.scope_book import read_vector
from tests.sync.pouch.sticks import CENTRE, OFFICE, PRISON
from tests.sync.pouch.test_files_in_pouches import attach, here
from tests.sync.worlds import SCOPE


def plan(country, maker, receiver):
    with country.replicas[maker].engine.connect() as connection:
        return lay_out(connection, country.replicas[maker], country.peer(maker, receiver))


def changes(laid):
    return sum(one.changes for one in laid.scopes), sum(one.later for one in laid.scopes)


def vector_at(country, number):
    with country.replicas[number].engine.connect() as connection:
        return read_vector(connection, SCOPE).get(PRISON, 0)


def batches_of_prison(country, count):
    """Each pouch seals what was written before it, so each of these is a batch of its own."""
    for turn in range(count):
        country.write_homes(PRISON, 40, f"P{turn}")
        country.write(PRISON, OFFICE, (CENTRE,))


def test_what_finds_no_room_is_named_and_goes_with_the_next_one_in_order(country, monkeypatch):
    batches_of_prison(country, 5)
    whole = plan(country, PRISON, OFFICE)
    assert changes(whole) == (200, 0)
    sizes = [entry.size for entry in whole.scopes[0].batches]
    monkeypatch.setattr(layout, "_ROOM_UPWARDS", 2 * max(sizes) + 10)
    assert changes(plan(country, PRISON, OFFICE)) == (80, 120)
    taken = []
    for _ in range(3):
        taken.append(country.carry(PRISON, OFFICE, (CENTRE,)).taken.changes)
        country.carry(OFFICE, PRISON)
    assert taken == [80, 80, 40]
    assert vector_at(country, OFFICE) == 200
    assert changes(plan(country, PRISON, OFFICE)) == (0, 0)


def test_pictures_take_the_room_that_records_leave(country, monkeypatch):
    picture, _ = attach(country, PRISON, 60_000)
    monkeypatch.setattr(layout, "_ROOM_UPWARDS", 50_000)
    assert plan(country, PRISON, OFFICE).files == []
    monkeypatch.setattr(layout, "_ROOM_UPWARDS", 100_000)
    assert [one.sha256 for one in plan(country, PRISON, OFFICE).files] == [picture]
    country.carry(PRISON, OFFICE, (CENTRE,))
    assert here(country, OFFICE, picture)


def test_what_goes_down_to_a_prison_is_not_cut(country, monkeypatch):
    country.write_homes(OFFICE, 30, "O")
    country.carry(PRISON, OFFICE, (CENTRE,))
    country.write(OFFICE, PRISON)
    monkeypatch.setattr(layout, "_ROOM_UPWARDS", 1)
    assert changes(plan(country, OFFICE, PRISON)) == (30, 0)
    assert changes(plan(country, OFFICE, CENTRE)) == (0, 30)
