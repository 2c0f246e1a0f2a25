"""The hub killed in the middle, its line cut at any byte, two laptops at once while somebody types there."""

import random
import threading

import pytest

from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_server.centre import wall_clock
from tests.hub.hub_process import HubProcess
from tests.hub.offices import ADMIN, WORDS, homes, serving, to_centre, to_hub, unsent, write
from tests.server.centres import more
from tests.server.cutting_line import cutting_line

CHANCE = random.Random(20261123)


@pytest.mark.parametrize("turn", range(more("TARAHUM_HUB_CUTS", 6)))
def test_a_line_to_the_hub_cut_at_any_byte_loses_and_doubles_nothing(town, office, a, b, turn):
    write(a, *(f"cut-a-{turn}-{n}" for n in range(40)))
    write(b, *(f"cut-b-{turn}-{n}" for n in range(40)))
    with serving(office) as hub:
        to_hub(b, hub)
        with cutting_line(hub.port, CHANCE.randrange(4_000, 22_000)) as line:
            broke = False
            try:
                to_hub(a, line.port)
            except LineFailed:
                broke = True
            assert line.cut or not broke  # a line that was not cut must not fail
        assert unsent(a) == 40
        to_hub(a, hub)
        assert homes(a.replica) == homes(office.replica)
    town.rest(office, a, b)


def test_two_laptops_at_once_while_somebody_types_at_the_office(town, office, a, b):
    failures: list[BaseException] = []

    def meet_again(place, name):
        try:
            for n in range(6):
                write(place, f"{name}-{n}")
                to_hub(place, hub)
        except BaseException as error:  # noqa: BLE001 - shown below, on the thread that asserts
            failures.append(error)

    with serving(office) as hub:
        threads = [threading.Thread(target=meet_again, args=pair) for pair in ((a, "once-a"), (b, "once-b"))]
        for thread in threads:
            thread.start()
        for n in range(30):
            write(office, f"typed-{n}")
        to_centre(office)
        for thread in threads:
            thread.join()
        assert not failures
        to_hub(a, hub)
        to_hub(b, hub)
        assert homes(a.replica) == homes(b.replica) == homes(office.replica)
    town.rest(office, a, b)


def test_a_hub_killed_in_the_middle_keeps_what_it_said_it_has_and_doubles_nothing(town, a, b):
    office = town.places["office"]
    folder = town.folder / "office"
    office.lock()
    hub = HubProcess(folder)
    try:
        for turn in range(more("TARAHUM_HUB_KILLS", 4)):
            hub.start(f"dying-{turn}")
            killer = threading.Timer(CHANCE.uniform(0.02, 0.5), hub.kill)
            killer.start()
            for n in range(50):
                write(a, f"kill-a-{turn}-{n}")
                write(b, f"kill-b-{turn}-{n}")
                try:
                    to_hub(a, hub.port)
                    to_hub(b, hub.port)
                except LineFailed:
                    break
            killer.join()
    finally:
        hub.kill()
    town.places["office"] = office = open_workplace(folder, ADMIN, WORDS, wall_clock)
    known = set(homes(office.replica))
    assert any(number.startswith("dying-0") for number in known)
    with serving(office) as again:
        to_hub(a, again)
        to_hub(b, again)
        to_hub(a, again)
        assert homes(a.replica) == homes(b.replica) == homes(office.replica)
    town.rest(office, a, b)


def test_an_office_that_burns_down_takes_nothing_with_it_that_a_laptop_has_seen(town, a, b):
    """The hub never meets the centre again; what one laptop wrote, the other had taken from it."""
    office = town.join("doomed", "office", ADMIN)
    late = town.join("late")
    for place in (office, a):  # they know the newcomer
        to_centre(place)
    write(late, "late-1")
    write(office, "doomed-1")
    with serving(office) as hub:
        to_hub(late, hub)
        to_hub(a, hub)
    town.places.pop("doomed").lock()
    town.places.pop("late").lock()
    to_centre(a)
    assert {"late-1", "doomed-1"} <= set(homes(town.centre))
    town.rest(a, b)
