"""Finding the hub on the local network: only those who know the committee and its centre, and quietly without one."""

import msgspec
import pytest

from tarahum_desktop.bootstrap.ways import Ways
from tarahum_desktop.casework.office_exchange import keep_hub_address
from tarahum_desktop.sync.carriers.lan_search import Announcement, find_hub
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tests.hub.offices import LOOPBACK, serving, to_centre, unsent, write
from tests.server.centres import free_port

KEY = b"k" * 32
HERE = (LOOPBACK,)
NOWHERE = ("192.0.2.77",)  # an address that no machine has (RFC 5737)


def test_a_hub_is_found_by_those_who_know_its_committee_and_centre_and_by_nobody_else():
    shown = Announcement("ryd", KEY, 8444, HERE)
    try:
        assert find_hub("ryd", KEY, interfaces=HERE) == "https://127.0.0.1:8444"
        assert find_hub("jed", KEY, 0.5, HERE) is None
        assert find_hub("ryd", b"o" * 32, 0.5, HERE) is None
    finally:
        shown.close()


def test_what_is_announced_names_neither_committee_nor_machine():
    shown = Announcement("ryd", KEY, 8444, HERE)
    again = Announcement("ryd", KEY, 8444, HERE)
    try:
        for one in (shown, again):
            told = one._info.text + one._info.name.encode() + one._info.server.encode()
            assert b"ryd" not in told
            assert KEY not in told
        assert shown._info.text != again._info.text
    finally:
        shown.close()
        again.close()


def test_without_a_network_nothing_is_found_and_nothing_breaks():
    assert find_hub("ryd", KEY, interfaces=NOWHERE) is None
    with pytest.raises(LineFailed):
        Announcement("ryd", KEY, 8444, NOWHERE)


def test_where_the_line_to_the_centre_fails_the_office_takes_the_work(town, office, a):
    known = a.enrolment
    a.enrolment = msgspec.structs.replace(known, address=f"https://{LOOPBACK}:{free_port()}")
    write(a, "by-the-office")
    ways = Ways(a)
    try:
        with serving(office) as hub:
            keep_hub_address(a.replica, f"https://{LOOPBACK}:{hub.port}")
            outcome = ways.exchange(lambda _progress: None, asked=True)
            assert outcome.hub == office.replica.device
            assert unsent(a) == 1
        with pytest.raises(LineFailed):
            ways.exchange(lambda _progress: None, asked=False)
    finally:
        a.enrolment = known
        keep_hub_address(a.replica, "")
    to_centre(office)
    assert ways.exchange(lambda _progress: None, asked=True).hub == 0
    assert unsent(a) == 0
    town.rest(*town.places.values())
