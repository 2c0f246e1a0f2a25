"""A centre, an office and laptops with pictures to move, and what is asked of them in tests."""

from dataclasses import dataclass, field

from sqlalchemy import select

from tarahum_desktop.models import Attachment, Blob
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.store import (
    keep_blob,
    read_blob,
)
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.blobs import (
    BlobPullRequest,
    BlobWant,
)
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.replica import Replica
from tests.sync.lines import MemoryLine
from tests.sync.worlds import SCOPE, START_MS, World, writing

NOW = from_milliseconds(START_MS)
HOME = new_id(START_MS)


@dataclass
class Town:
    """A centre (1) and two laptops of one office (2, 3)."""

    world: World
    centre: Replica
    near: Replica
    far: Replica


@dataclass
class Heard(MemoryLine):
    """Counts the bytes of contents that went over, and cuts pieces short or breaks where it is told to."""

    contents: int = 0
    breaks_at: frozenset[int] = field(default_factory=frozenset)

    def ask(self, call, request):
        turn = len(self.calls)
        self.contents += sum(len(piece.data) for piece in getattr(request, "pieces", ()))
        if turn in self.breaks_at and turn % 2:
            self._call(call.name)
            raise LineFailed  # nothing arrived
        reply = super().ask(call, request)
        self.contents += sum(len(getattr(piece, "data", b"")) for piece in getattr(reply, "pieces", ()))
        if turn in self.breaks_at:
            raise LineFailed  # all arrived, the answer did not
        return reply


def attach(replica: Replica, content: bytes, thumb: bytes = b"", **values: object) -> bytes:
    """A picture kept here, and its record."""
    with replica.engine.begin() as connection:
        name = keep_blob(connection, content, NOW, replica.at_rest)
        small = keep_blob(connection, thumb, NOW, replica.at_rest) if thumb else None
    record(replica, name, len(content), small, len(thumb) if thumb else None, **values)
    return name


def record(
    replica: Replica,
    name: bytes,
    size: int,
    thumb: bytes | None = None,
    thumb_size: int | None = None,
    **values: object,
) -> None:
    given = {
        "id": new_id(START_MS), "scope": SCOPE, "household_id": HOME, "owner_entity": "visit", "owner_id": HOME,
        "kind": "damage", "sha256": name, "media_type": "image/jpeg", "size": size, "thumb_sha256": thumb,
        "thumb_size": thumb_size, **values,
    }  # fmt: skip
    with writing(replica) as session:
        session.add(Attachment(**given))
        session.commit()


def meet(
    town: Town, replica: Replica, policy: BlobPolicy | None = None, line: MemoryLine | None = None
) -> Outcome:
    line = line or MemoryLine(town.centre, replica.device)
    return exchange(replica, line, town.world.keys[1], 1, lambda _progress: None, files=policy)


def an_hour_passes(town: Town) -> None:
    for replica in (town.centre, town.near, town.far):
        replica.wall.now += 3_600_001


def content_at(replica: Replica, name: bytes) -> bytes | None:
    with replica.engine.connect() as connection:
        return read_blob(connection, name, replica.at_rest)


def confirmed(replica: Replica, name: bytes) -> bool:
    with replica.engine.connect() as connection:
        return connection.scalar(select(Blob.confirmed_at).where(Blob.sha256 == name)) is not None


def pull(name: bytes, at: int = 0) -> BlobPullRequest:
    return BlobPullRequest([BlobWant(name, at)], 100_000)


def known(town: Town, number: int):
    with town.centre.engine.connect() as connection:
        return find_device(connection, number)
