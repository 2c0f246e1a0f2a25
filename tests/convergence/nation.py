"""A nation of seven on real files: a centre, two offices that serve their laptops, three laptops, and a prison without a line.

Everything between them goes by the program's own halves of the exchange, the hub's and the pouch's; only sockets are left
out. Made afresh in milliseconds from one prepared set.
"""

import contextlib
import functools
import shutil
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Device, RoleGrant, Scope, User
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.access import current_device, find_device
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.hello import answer_hello
from tarahum_desktop.sync.exchange.hub import exchange_with_hub
from tarahum_desktop.sync.exchange.hub_answers import (
    RECEIPTS,
    answer_receipts,
    expect_others,
    offer_own,
    peer_gate,
    served,
)
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot
from tarahum_desktop.sync.permissions_check import centre_gate
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.read import PouchRead, Reader
from tarahum_desktop.sync.pouch.seal import new_sealing_key, public_of
from tarahum_desktop.sync.pouch.take import Trusted
from tarahum_desktop.sync.pouch.write import Addressed, write_pouch
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.sync.repack import scope_of
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_server.devices import has_left, narrow, revoke, widen
from tarahum_server.quarantine import list_held, release
from tarahum_server.relocations import settle
from tests.sync.worlds import Wall, World, hurry, writing

CENTRE: Final = 1
RYD, JED, CASELOAD = "ryd", "jed", "ryd/caseload-1"
OFFICE: Final = {RYD: 2, JED: 3}
LAPTOPS: Final = (4, 5, 6)
PRISON: Final = 7
ONLINE: Final = (2, 3, 4, 5, 6)
HUB_OF: Final = {4: 2, 5: 2, 6: 3}
KINDS: Final = {1: "centre", 2: "office", 3: "office", 4: "laptop", 5: "laptop", 6: "laptop", 7: "prison"}
HOLDS: Final = {
    1: (), 2: (RYD, CASELOAD), 3: (JED,), 4: (RYD,), 5: (RYD, CASELOAD), 6: (JED,), 7: (RYD,),
}  # fmt: skip
WHO: Final = {RYD: uuid.UUID(int=0xA1), JED: uuid.UUID(int=0xA2)}
ALL: Final = tuple(KINDS)


def committee_of(number: int) -> str:
    return "" if number == CENTRE else HOLDS[number][0]


def as_administered(centre: Replica) -> Any:
    """The centre as its administrator's commands take it."""
    return SimpleNamespace(replica=centre, engine=centre.engine)


@dataclass
class Cut:
    """A line that breaks after some calls: before the other side hears the next one, or after it has answered it."""

    calls: int | None = None
    answer_lost: bool = False

    def around(self, call):
        if self.calls is None:
            return call()
        self.calls -= 1
        if self.calls >= 0:
            return call()
        if self.answer_lost:
            call()
        raise LineFailed


class CentreLine:
    """A line to a centre that checks authors, moves families and refuses the revoked, as the real one does."""

    def __init__(self, centre: Replica, device: int, cut: Cut | None = None) -> None:
        self.centre, self.device, self.cut = centre, device, cut or Cut()

    def _ask(self, answer):
        def call():
            with self.centre.engine.connect() as connection:
                return answer(connection, current_device(connection, self.device))

        return self.cut.around(call)

    def hello(self, request):
        def call():
            settle(self.centre)
            with self.centre.engine.connect() as connection:
                device = current_device(connection, self.device)
            if device.leaving:
                device = has_left(as_administered(self.centre), self.device, request.scopes)
            with self.centre.engine.connect() as connection:
                return answer_hello(connection, self.centre, device, request, 0)

        return self.cut.around(call)

    def push(self, payload):
        def call():
            with self.centre.engine.connect() as connection:
                device = find_device(connection, self.device)
            reply = answer_push(self.centre.engine, self.centre, device, payload, centre_gate())
            settle(self.centre)
            return reply

        return self.cut.around(call)

    def push_run(self, payloads):
        for payload in payloads:
            reply = self.push(payload)
            if reply.code != "ok":
                break
        return reply

    def pull(self, request):
        return self._ask(lambda connection, device: answer_pull(connection, device, request))

    def snapshot(self, request):
        return self._ask(lambda connection, device: answer_snapshot(connection, self.centre, device, request))

    def ask(self, call, request):
        return self._ask(lambda _connection, device: ANSWERS[call.name].reply(self.centre, device, request))


class HubLine:
    """A line to an office that serves its laptops."""

    def __init__(self, hub: Replica, device: int, centre: OtherSide, cut: Cut | None = None) -> None:
        self.hub, self.device, self.centre, self.cut = hub, device, centre, cut or Cut()

    def _ask(self, answer):
        def call():
            with self.hub.engine.connect() as connection:
                device = current_device(connection, self.device)
                device = served(connection, device, committee_of(self.hub.device))
            return answer(device)

        return self.cut.around(call)

    def hello(self, request):
        def answer(device):
            offer_own(self.hub, device)
            with self.hub.engine.connect() as connection:
                return answer_hello(connection, self.hub, device, request, 0)

        return self._ask(answer)

    def push(self, payload):
        def answer(device):
            expect_others(self.hub, scope_of(payload))
            return answer_push(self.hub.engine, self.hub, device, payload, peer_gate(self.centre))

        return self._ask(answer)

    def pull(self, request):
        def answer(device):
            with self.hub.engine.connect() as connection:
                return answer_pull(connection, device, request)

        return self._ask(answer)

    def ask(self, call, request):
        if call.name == RECEIPTS.name:
            return self._ask(lambda device: answer_receipts(self.hub, device, request))
        return self._ask(lambda device: ANSWERS[call.name].reply(self.hub, device, request))


@dataclass(frozen=True)
class _Prepared:
    signing: dict[int, bytes]
    sealing: dict[int, bytes]
    files: dict[int, bytes]


@functools.cache
def prepared() -> _Prepared:
    """A centre that knows all seven, and six that have met it once."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        replicas = {number: world.replica(number) for number in ALL}
        sealing = {number: new_sealing_key() for number in ALL}
        centre = replicas[CENTRE]
        with writing(centre) as session:
            session.add_all(_organisation())
            for number in ALL:
                session.add(
                    Device(
                        scope="national", number=number, name=f"d{number}", kind=KINDS[number],
                        committee_code=committee_of(number) or None, signing_key=world.keys[number],
                        sealing_key=public_of(sealing[number]),
                        scopes=["national", *HOLDS[number]] if number != CENTRE else [],
                        enrolled_at=from_milliseconds(0),
                    )
                )  # fmt: skip
            session.commit()
        publish_own(centre)
        files = {}
        for number in ALL[1:]:
            exchange(
                replicas[number], CentreLine(centre, number), world.keys[CENTRE], CENTRE, lambda _p: None
            )
        for number, replica in replicas.items():
            with replica.engine.connect() as connection:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            replica.engine.dispose()
            files[number] = world.path(number).read_bytes()
        return _Prepared({n: r.signer.private for n, r in replicas.items()}, sealing, files)


def _organisation():
    for code in (RYD, JED, CASELOAD):
        yield Scope(
            scope="national", code=code, kind="committee", committee_code=code[:3], name_ar=code, name_en=code
        )
    for committee, user in WHO.items():
        yield User(
            id=user, scope="national", login=committee, name_ar=committee, name_en=committee, active=True
        )
        yield RoleGrant(scope="national", user_id=user, role="supervisor", scope_code=committee)
    yield RoleGrant(scope="national", user_id=WHO[RYD], role="supervisor", scope_code=CASELOAD)


@dataclass
class Nation:
    """The seven, the pouches that lie about, and the carriers between them."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="tarahum-nation-")))
    true_time: Wall = field(default_factory=Wall)
    walls: dict[int, Wall] = field(default_factory=dict)
    replicas: dict[int, Replica] = field(default_factory=dict)
    keys: dict[int, bytes] = field(default_factory=dict)
    revoked: set[int] = field(default_factory=set)
    pouches: list[tuple[int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = prepared()
        self.sealing = made.sealing
        (self.folder / "stick").mkdir()
        for number, data in made.files.items():
            (self.folder / f"{number}.db").write_bytes(data)
            signer = SigningKey(made.signing[number])
            self.keys[number] = signer.public
            self.walls[number] = self.true_time if number == CENTRE else Wall()
            self.replicas[number] = self._open(number, signer)
        self.centre_side = OtherSide(CENTRE, self.keys[CENTRE], is_centre=True)

    def _open(self, number: int, signer: SigningKey) -> Replica:
        engine = open_sqlite(self.folder / f"{number}.db")
        hurry(engine)
        return Replica(engine, number, signer, self.walls[number]).load()

    @property
    def centre(self) -> Replica:
        return self.replicas[CENTRE]

    def restart(self, number: int) -> None:
        old = self.replicas[number]
        old.engine.dispose()
        self.replicas[number] = self._open(number, old.signer)

    def close(self) -> None:
        for replica in self.replicas.values():
            replica.engine.dispose()
        shutil.rmtree(self.folder)

    def meet(self, number: int, cut: Cut | None = None) -> Outcome:
        line = CentreLine(self.centre, number, cut)
        return exchange(self.replicas[number], line, self.keys[CENTRE], CENTRE, lambda _progress: None)

    def meet_hub(self, number: int, cut: Cut | None = None) -> Outcome:
        hub = self.replicas[HUB_OF[number]]
        line = HubLine(hub, number, self.centre_side, cut)
        side = OtherSide(hub.device, self.keys[hub.device], is_centre=False)
        return exchange_with_hub(self.replicas[number], line, side, self.centre_side, lambda _progress: None)

    def write_pouch(self, maker: int, receiver: int) -> None:
        replica = self.replicas[maker]
        with replica.engine.connect() as connection:
            peer = Peer(find_device(connection, receiver), shelf.last_head(connection, receiver))
        written = write_pouch(
            replica, Addressed(peer, program="test"), self.folder / "stick", lambda _size: None
        )
        path = self.folder / "stick" / written.header.file_name
        self.pouches.append((receiver, path.read_bytes()))
        path.unlink()

    def read_pouch(self, receiver: int, content: bytes) -> PouchRead:
        path = self.folder / "stick" / "pouch"
        path.write_bytes(content)
        trusted = Trusted(
            CENTRE, self.keys[CENTRE], frozenset({"national", *HOLDS[receiver]}), is_centre=receiver == CENTRE
        )
        with path.open("rb") as file:
            return Reader(self.replicas[receiver], self.sealing[receiver], trusted).read(
                file, lambda _t: None
            )

    def revoke(self, number: int) -> None:
        revoke(as_administered(self.centre), number)
        self.revoked.add(number)

    def narrow(self, number: int, scope: str) -> None:
        narrow(as_administered(self.centre), number, [scope])

    def widen(self, number: int, scope: str) -> None:
        widen(as_administered(self.centre), number, [scope])

    def holds(self, number: int) -> set[str]:
        """What the centre says the device holds."""
        with self.centre.engine.connect() as connection:
            device = find_device(connection, number)
        return set(device.scopes - device.leaving - {"national"})

    def release_all(self) -> int:
        """The administrator lets in what was handed on of a device that was revoked meanwhile."""
        released = 0
        for held in list_held(as_administered(self.centre)):
            with contextlib.suppress(TarahumError):
                released += release(as_administered(self.centre), held.id)
        return released
