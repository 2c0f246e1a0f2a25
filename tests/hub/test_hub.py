"""An office serves its laptops while the line to the centre is down: what it collects arrives once, whoever is first."""

import itertools

import pytest

from tarahum_desktop.bootstrap.hub import Hub, wanted_port
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.models import ExchangeRecord
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.errors import SyncError
from tests.hub.offices import (
    book,
    district,
    homes,
    serving,
    to_centre,
    to_hub,
    unsent,
    write,
)

WAYS = {"a to the hub": 0, "a to the centre": 1, "b to the hub": 2, "the hub to the centre": 3}


def test_in_whatever_order_they_meet_everything_arrives_once(town, office, a, b):
    with serving(office) as hub:
        steps = (
            lambda: to_hub(a, hub),
            lambda: to_centre(a),
            lambda: to_hub(b, hub),
            lambda: to_centre(office),
        )
        for turn, order in enumerate(itertools.permutations(steps)):
            for name, place in (("a", a), ("b", b), ("h", office)):
                write(place, f"{name}-{turn}")
            for step in order:
                step()
            if turn % 6 == 5:
                town.rest(office, a, b)
    assert len(homes(town.centre)) >= 3 * 24
    town.rest(office, a, b)


def test_laptops_see_each_others_work_through_the_office_without_the_centre(town, office, a, b):
    write(a, "lan-a")
    write(office, "lan-office")
    before = homes(town.centre)
    with serving(office) as hub:
        outcome = to_hub(a, hub)
        assert outcome.hub == office.replica.device
        to_hub(b, hub)
        district(b, "lan-a", "north")
        to_hub(b, hub)
        outcome = to_hub(a, hub)
    assert {"lan-a", "lan-office"} <= set(homes(b.replica))
    assert homes(a.replica) == homes(b.replica) == homes(office.replica)
    assert "ryd" in outcome.proven
    assert homes(town.centre) == before
    town.rest(office, a, b)


def test_what_the_office_has_is_handed_and_only_the_centres_word_confirms_it(town, office, a):
    write(a, "word-1")
    with serving(office) as hub:
        to_hub(a, hub)
        state = book(a.replica)
        assert unsent(a) == 1
        assert state.handed == state.next_sequence - 1 > state.acknowledged
        to_hub(a, hub)
        assert unsent(a) == 1
        to_centre(office)
        to_hub(a, hub)  # the office hands the centre's word on
        assert unsent(a) == 0
        state = book(a.replica)
        assert state.acknowledged == state.next_sequence - 1
    town.rest(*town.places.values())


def test_an_exchange_with_the_hub_without_news_asks_three_things_at_most(office, a):
    with serving(office) as hub:
        to_hub(a, hub)
        outcome = to_hub(a, hub)
    assert (outcome.pushed, outcome.pulled) == (0, 0)
    with captured_session(a.replica, None) as session:
        record = session.query(ExchangeRecord).order_by(ExchangeRecord.started_at.desc()).first()
        assert (record.carrier, record.result, record.proven) == ("hub", "ok", False)
        assert record.bytes_out + record.bytes_in < 2048


def test_the_office_prolongs_no_lease_and_moves_no_clock(office, a):
    offset = a.replica.offset_ms
    with serving(office) as hub:
        outcome = to_hub(a, hub)
    assert outcome.lease_until == 0
    assert a.replica.offset_ms == offset


def test_only_who_looks_after_an_office_machine_may_let_it_serve(town, office, a):
    with pytest.raises(NotAllowed):
        Hub(a).switch(on=True, port=0)
    with pytest.raises(SyncError) as refused:
        Hub(a).start(0, "127.0.0.1")
    assert refused.value.code == "hub_not_office"
    hub = Hub(office)
    hub.start(0, "127.0.0.1")
    port = hub.port
    hub.stop()
    hub.switch(on=True, port=port)
    with office.replica.engine.connect() as connection:
        assert wanted_port(connection) == port
    again = Hub(office)
    with pytest.raises(SyncError) as refused:
        again.resume()
    assert refused.value.code == "hub_port_taken"
    hub.stop()
    again.resume()
    to_hub(a, again)
    again.switch(on=False)
    with office.replica.engine.connect() as connection:
        assert wanted_port(connection) == 0
    town.rest(*town.places.values())
