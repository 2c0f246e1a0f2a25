"""An office with a line and a prison without one: two real vaults, a real centre, a folder for a stick."""

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.joining import finish_joining, request_to_join
from tarahum_desktop.casework.pouches.read import PouchSummary, read_pouches
from tarahum_desktop.casework.pouches.sticks import register_stick
from tarahum_desktop.casework.pouches.write import PouchWritten, write_pouch
from tarahum_desktop.casework.workplace import Joining, Workplace, join_centre, open_workplace
from tarahum_desktop.models import Household
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_server.centre import wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tests.server.centres import SCOPE, Running

WORDS = "نخلة على باب الدار"
CHEAP = KdfProfile(memory_kib=64, passes=1, lanes=1)
ADMIN, CLERK = "ryd.admin", "ryd.clerk"
PRISON_SCOPE = SCOPE


@dataclass
class Places:
    """A centre that listens, an office that has joined it, and where the prison's vault and the stick are."""

    running: Running
    office: Workplace
    prison_folder: Path
    stick: Path

    def code(self, scopes: tuple[str, ...] = (SCOPE,)) -> str:
        hour = dt.timedelta(hours=1)
        invitee = Invitee("prison-1", "prison", SCOPE, scopes)
        return invite(self.running.centre, invitee, hour, by_stick=True)

    def exchange(self, place: Workplace | None = None) -> None:
        place = place or self.office
        with place.line() as line:
            exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
        place.reseat()

    def ask(self, code: str | None = None) -> Path:
        joining = Joining("", code or self.code(), CLERK, "prison-1")
        return request_to_join(self.prison_folder, self.stick, joining, WORDS, wall_clock, CHEAP)

    def finish(self):
        return finish_joining(
            self.prison_folder, self.stick, CLERK, WORDS, wall_clock, lambda _rows: None, CHEAP
        )

    def prison(self) -> Workplace:
        return open_workplace(self.prison_folder, CLERK, WORDS, wall_clock)

    def joined_prison(self, scopes: tuple[str, ...] = (SCOPE,)) -> Workplace:
        self.ask(self.code(scopes))
        read(self.office, self.stick)
        self.exchange()
        answer_pouches(self.office.desk, self.stick, (), silent)
        self.finish()
        return self.prison()


def silent(_told: object) -> None:
    """Nobody looks."""


def make_places(running: Running, folder: Path) -> Places:
    centre = running.centre
    for login, role in ((ADMIN, "office_admin"), (CLERK, "clerk")):
        add_user(centre, login, "موظف", "Staff", SCOPE)
        grant(centre, login, role, SCOPE)
    code = invite(centre, Invitee("office", "office", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    joining = Joining(running.address, code, ADMIN, "office")
    office = join_centre(folder / "office", joining, WORDS, wall_clock, CHEAP)
    stick = folder / "stick"
    stick.mkdir()
    places = Places(running, office, folder / "prison", stick)
    places.exchange()
    register_stick(office.desk, stick, "الذاكرة الأولى")
    return places


def read(place: Workplace, stick: Path) -> tuple[PouchSummary, ...]:
    found = read_pouches(place.desk, stick, silent)
    place.reseat()
    return found


def write(place: Workplace, stick: Path, to: int | None = None) -> PouchWritten:
    return write_pouch(place.desk, stick, silent, to)


def write_homes(place: Workplace, count: int, prefix: str, scope: str = SCOPE) -> None:
    with captured_session(place.replica, place.desk.user.id) as session:
        session.add_all(
            Household(scope=scope, file_number=f"{prefix}-{n}", committee_code="ryd") for n in range(count)
        )
        session.commit()


def homes(engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.scalars(select(Household.__table__.c.file_number)))


def user_id(place: Workplace) -> uuid.UUID:
    return place.desk.user.id
