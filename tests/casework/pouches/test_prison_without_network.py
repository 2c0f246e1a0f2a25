"""A prison PC that never sees a network takes part fully: it joins, works, sends, and is answered, all by a stick."""

import pytest

from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.joining import NoWelcome
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.domain.errors import TarahumError
from tarahum_server.devices import Invitee, invite
from tests.casework.pouches.desks import homes, read, silent, write, write_homes
from tests.server.centres import digests


def test_it_joins_works_and_is_confirmed_without_ever_having_a_line(places):
    write_homes(places.office, 3, "O")
    places.exchange()
    request = places.ask()
    assert [one.state for one in read(places.office, places.stick)] == ["request"]
    with pytest.raises(NoWelcome):
        places.finish()
    places.exchange()
    (welcome,) = answer_pouches(places.office.desk, places.stick, (), silent)
    assert welcome.rows > 0
    joined = places.finish()
    assert joined.rows == welcome.rows
    prison = places.prison()
    try:
        assert homes(prison.replica.engine) == ["O-0", "O-1", "O-2"]
        assert prison.desk.grants
        write_homes(prison, 4, "P")
        write(prison, places.stick)
        found = read(places.office, places.stick)
        assert [(one.state, one.changes) for one in found if one.maker] == [("read", 4)]
        assert homes(places.office.replica.engine) == homes(prison.replica.engine)
        places.exchange()
        assert homes(places.running.centre.engine) == homes(prison.replica.engine)
        write_homes(places.office, 1, "L")
        answer_pouches(places.office.desk, places.stick, found, silent)
        back = [one for one in read(prison, places.stick) if one.state == "read"]
        assert [(one.confirmed, one.changes) for one in back] == [(4, 1)]
        assert sync_state(prison.desk).kept_here == 0
        places.exchange()
        write(prison, places.stick)
        answer_pouches(places.office.desk, places.stick, read(places.office, places.stick), silent)
        read(prison, places.stick)
        here, there = digests(prison.replica), digests(places.running.centre.replica)
        assert here == {scope: there[scope] for scope in here}
    finally:
        prison.lock()
    assert request.exists()


def test_the_code_itself_never_lies_on_the_stick(places):
    code = places.code()
    request = places.ask(code)
    symbols = code.partition("//")[0]
    for text in (symbols, symbols.replace("-", "")):
        assert text.encode() not in request.read_bytes()


def test_a_request_with_a_code_nobody_gave_out_is_refused_by_the_centre_and_the_office_is_told(places):
    made_up = "0000-0000-0000-0000-0000//" + places.code().partition("//")[2]
    places.ask(made_up)
    read(places.office, places.stick)
    places.exchange()
    assert answer_pouches(places.office.desk, places.stick, (), silent) == ()
    with pytest.raises(NoWelcome):
        places.finish()


def test_a_welcome_of_another_centre_is_not_believed(places):
    right, _, pin = places.code().partition("//")
    turned = "".join("2" if symbol == "1" else "1" for symbol in pin.replace("-", ""))
    places.ask(f"{right}//{turned}")
    read(places.office, places.stick)
    places.exchange()
    answer_pouches(places.office.desk, places.stick, (), silent)
    with pytest.raises(TarahumError) as refusal:
        places.finish()
    assert refusal.value.code == "pouch_tampered"


def test_a_code_for_a_line_asks_for_one_for_a_stick(places):
    import datetime as dt

    invitee = Invitee("prison", "prison", "ryd", ("ryd",))
    typed = invite(places.running.centre, invitee, dt.timedelta(hours=1))
    with pytest.raises(TarahumError) as refusal:
        places.ask(typed)
    assert refusal.value.code == "invitation_refused"
    assert not places.prison_folder.exists()
