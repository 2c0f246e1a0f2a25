"""A centre over HTTPS, an office and its laptops on real encrypted files, and the ways between them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from tarahum_desktop.bootstrap.hub import Hub
from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.office_exchange import exchange_with_office
from tarahum_desktop.casework.workplace import Joining, Workplace, join_centre
from tarahum_desktop.models import Household
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.hub_line import open_hub_line
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.log import unsent_counts
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, read_scopes
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_server.centre import wall_clock
from tarahum_server.devices import Invitee, invite
from tests.server.centres import LOGIN, SCOPE, Running, a_home
from tests.sync.proofs import held, prove_whole

ADMIN = "ryd.admin"
WORDS = "نخلة على باب الدار"
CHEAP = KdfProfile(memory_kib=64, passes=1, lanes=1)
LOOPBACK = "127.0.0.1"


@dataclass
class Town:
    """A running centre, and whoever joined it."""

    running: Running
    folder: Path
    places: dict[str, Workplace] = field(default_factory=dict)

    @property
    def centre(self) -> Replica:
        return self.running.centre.replica

    def join(self, name: str, kind: str = "laptop", login: str = LOGIN) -> Workplace:
        code = invite(self.running.centre, Invitee(name, kind, SCOPE, (SCOPE,)), dt.timedelta(hours=1))
        joining = Joining(self.running.address, code, login, name)
        place = join_centre(self.folder / name, joining, WORDS, wall_clock, CHEAP)
        self.places[name] = place
        to_centre(place)
        place.reseat()
        return place

    def rest(self, *places: Workplace) -> None:
        """All meet the centre until nobody has news; then all hold the same, once."""
        for _ in range(3):
            outcomes = [to_centre(place) for place in places]
        for outcome in outcomes:
            assert outcome.complete
            assert (outcome.pushed, outcome.pulled) == (0, 0)
        replicas = [self.centre, *(place.replica for place in places)]
        for replica in replicas:
            for scope in (SCOPE, "national"):
                prove_whole(replica, scope)
                assert book(replica, scope).digest == book(self.centre, scope).digest
            assert homes(replica) == homes(self.centre)
            assert held(replica) == 0
        assert len(set(homes(self.centre))) == len(homes(self.centre))

    def close(self) -> None:
        for place in self.places.values():
            place.lock()


def to_centre(place: Workplace) -> Outcome:
    with place.line() as line:
        return exchange_now(place.replica, line, place.enrolment, lambda _progress: None)


def to_hub(place: Workplace, hub: Hub | int) -> Outcome:
    port = hub if isinstance(hub, int) else hub.port
    known = place.enrolment
    opened = open_hub_line(place.replica, place.keys, f"https://{LOOPBACK}:{port}", known.committee)
    with opened.line:
        return exchange_with_office(place.replica, opened.line, opened.hub, known, lambda _progress: None)


@contextmanager
def serving(place: Workplace) -> Iterator[Hub]:
    hub = Hub(place)
    hub.start(0, LOOPBACK)
    try:
        yield hub
    finally:
        hub.stop()


def write(place: Workplace, *numbers: str) -> None:
    with captured_session(place.replica, place.desk.user.id) as session:
        session.add_all(a_home(number) for number in numbers)
        session.commit()


def district(place: Workplace, number: str, told: str) -> None:
    with captured_session(place.replica, place.desk.user.id) as session:
        session.query(Household).filter_by(file_number=number).one().district = told
        session.commit()


def homes(replica: Replica) -> list[str]:
    with Session(replica.engine) as session:
        return sorted(home.file_number for home in session.query(Household))


def book(replica: Replica, scope: str = SCOPE) -> ScopeBook:
    with replica.engine.connect() as connection:
        return read_scopes(connection)[scope]


def unsent(place: Workplace) -> int:
    with place.replica.engine.connect() as connection:
        return unsent_counts(connection).get(SCOPE, 0)
