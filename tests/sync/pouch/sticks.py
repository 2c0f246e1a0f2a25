"""A small country for pouches: a centre, an office, a prison without a line, and a folder that stands for a stick."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from tarahum_desktop.models import Device, RoleGrant, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.read import PouchRead, Reader
from tarahum_desktop.sync.pouch.seal import new_sealing_key, public_of
from tarahum_desktop.sync.pouch.take import Trusted
from tarahum_desktop.sync.pouch.write import Addressed, Written, write_pouch
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.sync.replica import Replica
from tests.sync.lines import meet
from tests.sync.worlds import SCOPE, Wall, World, a_household, writing

CENTRE, OFFICE, PRISON, OTHER_OFFICE = 1, 2, 3, 4
CLERK = uuid.UUID(int=7)
KINDS = {CENTRE: "centre", OFFICE: "office", PRISON: "prison", OTHER_OFFICE: "office"}
SCOPES = {
    CENTRE: [],
    OFFICE: ["national", SCOPE],
    PRISON: ["national", SCOPE],
    OTHER_OFFICE: ["national", "jed"],
}


@dataclass
class Country:
    """Replicas by device number, each with its private sealing key; ``stick`` is a folder."""

    world: World
    stick: Path
    replicas: dict[int, Replica] = field(default_factory=dict)
    sealing: dict[int, bytes] = field(default_factory=dict)
    walls: dict[int, Wall] = field(default_factory=dict)
    prison_only_sends: bool = False

    def __post_init__(self) -> None:
        self.stick.mkdir(exist_ok=True)
        for number in KINDS:
            self.walls[number] = Wall()
            self.replicas[number] = self.world.replica(number, self.walls[number])
            self.sealing[number] = new_sealing_key()
        with writing(self.replicas[CENTRE]) as session:
            session.add_all(self._device(number) for number in KINDS)
            session.add(
                User(id=CLERK, scope="national", login="clerk", name_ar="م", name_en="C", active=True)
            )
            session.add(RoleGrant(scope="national", user_id=CLERK, role="clerk", scope_code=SCOPE))
            session.commit()
        publish_own(self.replicas[CENTRE])
        for number in (OFFICE, PRISON, OTHER_OFFICE):
            self.meet(number)

    def _device(self, number: int) -> Device:
        only_sends = number == PRISON and self.prison_only_sends
        return Device(
            scope="national", number=number, name=f"d{number}", kind=KINDS[number],
            signing_key=self.world.keys[number], sealing_key=public_of(self.sealing[number]),
            scopes=["national"] if only_sends else SCOPES[number], write_scopes=[SCOPE] if only_sends else None, enrolled_at=from_milliseconds(0),
        )  # fmt: skip

    def meet(self, number: int):
        return meet(self.world, self.replicas[number], self.replicas[CENTRE])[0]

    def revoke(self, number: int) -> None:
        with writing(self.replicas[CENTRE]) as session:
            session.scalars(
                select(Device).where(Device.number == number)
            ).one().revoked_at = from_milliseconds(1)
            session.commit()
        publish_own(self.replicas[CENTRE])

    def write_homes(self, number: int, count: int, prefix: str) -> None:
        with writing(self.replicas[number], CLERK) as session:
            session.add_all(a_household(file_number=f"{prefix}-{n}") for n in range(count))
            session.commit()

    def peer(self, maker: int, receiver: int) -> Peer:
        with self.replicas[maker].engine.connect() as connection:
            return Peer(find_device(connection, receiver), shelf.last_head(connection, receiver))

    def write(self, maker: int, receiver: int, others: tuple[int, ...] = ()) -> Written:
        more = tuple(self.peer(maker, other).device for other in others)
        addressed = Addressed(self.peer(maker, receiver), more, program="test")
        return write_pouch(self.replicas[maker], addressed, self.stick, lambda _size: None)

    def path(self, written: Written) -> Path:
        return self.stick / written.header.file_name

    def reader(self, number: int) -> Reader:
        trusted = Trusted(
            CENTRE, self.world.keys[CENTRE], frozenset(SCOPES[number]), is_centre=number == CENTRE
        )
        return Reader(self.replicas[number], self.sealing[number], trusted)

    def read(self, number: int, path: Path) -> PouchRead:
        with path.open("rb") as file:
            return self.reader(number).read(file, lambda _taken: None)

    def carry(self, maker: int, receiver: int, others: tuple[int, ...] = ()) -> PouchRead:
        return self.read(receiver, self.path(self.write(maker, receiver, others)))


def close(country: Country) -> None:
    for replica in country.replicas.values():
        replica.engine.dispose()
