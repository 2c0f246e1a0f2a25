"""Builds the demonstration: a centre with its share of the invented year, and three machines that joined it."""

import datetime as dt
import socket
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk, open_desk
from tarahum_desktop.casework.exchange_habits import ExchangeHabits, keep_habits
from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.workplace import Joining, Workplace, join_centre, open_workplace
from tarahum_desktop.demo.build import fill_centre
from tarahum_desktop.demo.disagreement import let_two_disagree
from tarahum_desktop.demo.scenes import exchange, scenes
from tarahum_desktop.demo.scenes.forms import published_by_headquarters
from tarahum_desktop.demo.scenes.moving import offers_from_elsewhere
from tarahum_desktop.demo.server_process import ServerProcess
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.replica import WallClock
from tarahum_desktop.synthetic.national import national_rows
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.synthetic.world import read_world
from tarahum_server.centre import Centre, prepare
from tarahum_server.devices import Invitee, invite
from tarahum_server.seeds import add_missing
from tarahum_server.settings import FILE_NAME, read_settings

SEED: Final = 2023
OFFICE_SCOPE: Final = "qsm"
_CODE_LIFE: Final = dt.timedelta(hours=1)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine of the demonstration and who opens it."""

    name: str
    kind: str
    login: str
    passphrase: str
    scopes: tuple[str, ...]


OFFICE: Final = Machine(
    "office", "office", f"{OFFICE_SCOPE}.admin", "demo office passphrase", (OFFICE_SCOPE,)
)
LAPTOP: Final = Machine(
    "laptop", "laptop", f"{OFFICE_SCOPE}.officer1", "demo laptop passphrase", (OFFICE_SCOPE,)
)
PRISON: Final = Machine(
    "prison", "prison", f"{OFFICE_SCOPE}.clerk", "demo prison passphrase", (OFFICE_SCOPE,)
)
MACHINES: Final = (OFFICE, LAPTOP, PRISON)


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Where everything lies."""

    folder: Path

    @property
    def centre(self) -> Path:
        """The centre's folder."""
        return self.folder / "centre"

    def vault(self, machine: Machine) -> Path:
        """A machine's vault."""
        return self.folder / machine.name

    @property
    def stick(self) -> Path:
        """The folder that stands for the committee's stick."""
        return self.folder / "stick"

    @property
    def complete(self) -> bool:
        """Whether it was built to its end."""
        return (self.folder / "complete").is_file()

    def server(self) -> ServerProcess:
        """The centre's process, not yet started."""
        return ServerProcess(self.centre)


def build_world(folder: Path, scale: Fraction, wall: WallClock, say: Say) -> DemoWorld:
    """Build everything below a folder that does not exist yet or is empty; takes seconds to minutes by scale.

    At scale 0 there is staff and a catalogue but no family: an office on its first day.
    """
    world = DemoWorld(folder)
    world.centre.mkdir(parents=True)
    (world.centre / FILE_NAME).write_text(f"port = {_free_port()}\n", "utf-8")
    centre = prepare(read_settings(world.centre, {}), ["localhost", "127.0.0.1"])
    try:
        say("the centre takes the catalogue and the year")
        if scale:
            fill_centre(
                centre,
                _year(scale, wall),
                lambda scope, rows: say(f"the year of {scope}: {rows} rows so far"),
            )
            offers_from_elsewhere(centre, OFFICE_SCOPE)
            published_by_headquarters(centre)
        else:
            add_missing(centre, national_rows(resource("catalogue")))
        codes = {machine: _invite(centre, machine) for machine in MACHINES}
    finally:
        centre.close()
    with world.server() as server:
        for machine in MACHINES:
            say(f"{machine.name} joins and takes its data")
            _join(world.vault(machine), server.address, machine, codes[machine], wall)
            if machine is OFFICE and scale:
                _play_scenes(world.vault(machine), wall, say)
        if scale:
            _disagree(world, wall)
            _carry_pouches(world, wall)
    (world.folder / "complete").write_text(dt.datetime.now(dt.UTC).isoformat(), "utf-8")
    return world


def _year(scale: Fraction, wall: WallClock) -> Plan:
    """The invented year up to yesterday, so that today's screens have work."""
    yesterday = dt.datetime.fromtimestamp(wall() / 1000, SAUDI_TIME).date() - dt.timedelta(days=1)
    return Plan(read_world(resource("catalogue")), SEED, scale, yesterday)


def _invite(centre: Centre, machine: Machine) -> str:
    return invite(centre, Invitee(machine.name, machine.kind, OFFICE_SCOPE, machine.scopes), _CODE_LIFE)


def _join(folder: Path, address: str, machine: Machine, code: str, wall: WallClock) -> None:
    place = join_centre(folder, Joining(address, code, machine.login, machine.name), machine.passphrase, wall)
    try:
        with place.line() as line:
            exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
    finally:
        place.lock()


def _play_scenes(folder: Path, wall: WallClock, say: Say) -> None:
    """The office's work of the last days, which the machines that join later take with the rest."""
    place = open_workplace(folder, OFFICE.login, OFFICE.passphrase, wall)

    def desk_of(staff: str) -> Desk:
        return seated(place, staff)

    try:
        for scene in scenes():
            say(f"the office at work: {scene.__module__.rpartition('.')[2]}")
            scene(desk_of)
        with place.line() as line:
            exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
    finally:
        place.lock()


def seated(place: Workplace, staff: str) -> Desk:
    """A member of staff at a machine; nobody but the demonstration may seat a person without their passphrase."""
    login = staff if "." in staff else f"{OFFICE_SCOPE}.{staff}"
    return open_desk(place.replica, user_id(login), login)


def _disagree(world: DemoWorld, wall: WallClock) -> None:
    """Give the review desk a conflict."""
    prison = open_workplace(world.vault(PRISON), PRISON.login, PRISON.passphrase, wall)
    office = open_workplace(world.vault(OFFICE), OFFICE.login, OFFICE.passphrase, wall)
    try:
        let_two_disagree(prison, office, seated(office, "supervisor"))
    finally:
        prison.lock()
        office.lock()


def _carry_pouches(world: DemoWorld, wall: WallClock) -> None:
    """Give the sync centre its life; the stick lies beside the machines."""
    prison = open_workplace(world.vault(PRISON), PRISON.login, PRISON.passphrase, wall)
    office = open_workplace(world.vault(OFFICE), OFFICE.login, OFFICE.passphrase, wall)
    world.stick.mkdir()
    try:
        exchange.play(office, prison, world.stick)
        _send_rows(office)
        exchange.look_back(office.desk)
    finally:
        prison.lock()
        office.lock()


def _send_rows(place: Workplace) -> None:
    """Send what was written and carried here, but no pictures: one is to be seen waiting."""
    keep_habits(place.replica, ExchangeHabits(metered=True))
    with place.line() as line:
        exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
    keep_habits(place.replica, ExchangeHabits())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
