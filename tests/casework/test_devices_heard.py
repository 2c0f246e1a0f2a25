"""An office sees which of its machines were heard from, when, and what they hold; nobody else does."""

import datetime as dt

import pytest

from tarahum_desktop.casework.devices_heard import devices_heard, keep_words
from tarahum_desktop.casework.exchange_habits import (
    ExchangeHabits,
    LargeExchange,
    keep_habits,
    read_habits,
    refuse_large,
)
from tarahum_desktop.models import Device
from tarahum_desktop.models.types import to_milliseconds
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.fleet import DeviceWord
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.sync.exchange.outcome import Progress
from tests.casework.worlds import SCOPE, Office


def word(device: int, seen: dt.datetime, **holds) -> DeviceWord:
    return DeviceWord(device, to_milliseconds(seen), "0.1.0", 3, "https", holds)


def add_device(office: Office, number: int, committee: str) -> None:
    with captured_session(office.replica, None) as session:
        session.add(
            Device(
                scope="national", number=number, name=f"d{number}", kind="laptop", committee_code=committee,
                signing_key=bytes(32), sealing_key=bytes(32), scopes=[committee], enrolled_at=office.desk("office_admin").now(),
            )
        )  # fmt: skip
        session.commit()


@pytest.fixture
def now(office: Office) -> dt.datetime:
    return office.desk("office_admin").now()


def test_the_longest_silent_comes_first_and_three_days_are_too_long(office, now):
    for number in (21, 22):
        add_device(office, number, SCOPE)
    with office.replica.engine.begin() as connection:
        keep_words(connection, [word(21, now), word(22, now - dt.timedelta(days=4))])
    found = [one for one in devices_heard(office.desk("office_admin")) if one.number in {21, 22}]
    assert [(one.number, one.silent) for one in found] == [(22, True), (21, False)]


def test_an_older_word_changes_nothing(office, now):
    add_device(office, 21, SCOPE)
    with office.replica.engine.begin() as connection:
        keep_words(connection, [word(21, now)])
        keep_words(connection, [word(21, now - dt.timedelta(days=9))])
    assert [one.seen_at for one in devices_heard(office.desk("office_admin")) if one.number == 21] == [now]


def test_it_says_what_a_machine_holds_by_the_names_people_use(office, now):
    add_device(office, 21, SCOPE)
    with office.replica.engine.begin() as connection:
        keep_words(connection, [word(21, now, **{SCOPE: (5, 7, 40, "00" * 8, True)})])
    (held,) = next(one.holds for one in devices_heard(office.desk("office_admin")) if one.number == 21)
    assert (held.scope, held.rows, held.written, held.proven) == (SCOPE, 40, 7, True)


def test_machines_of_other_committees_are_not_shown_and_officers_see_none(office):
    add_device(office, 21, SCOPE)
    add_device(office, 31, "mak" if SCOPE != "mak" else "ryd")
    assert {one.number for one in devices_heard(office.desk("office_admin"))} & {21, 31} == {21}
    assert devices_heard(office.desk("officer")) == ()


def test_on_a_line_paid_by_the_byte_nothing_large_begins_by_itself(office):
    keep_habits(office.replica, ExchangeHabits(paused=False, metered=True))
    assert read_habits(office.replica) == ExchangeHabits(metered=True)
    refuse_large(Progress(forecast=Forecast(bytes_in=1000)))
    with pytest.raises(LargeExchange) as refused:
        refuse_large(Progress(forecast=Forecast(bytes_in=2_000_000, bytes_out=5)))
    assert refused.value.facts["bytes"] == 2_000_005
