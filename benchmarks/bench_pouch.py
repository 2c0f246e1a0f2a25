"""A prison's changes out by stick, in at the office, and the answer back: encrypted vaults, a folder for the stick."""

import datetime as dt
import io
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.peers.rows import SCOPE, saves
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.enrol import keep_enrolment, load_replica, read_stick_invitation
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.newcomer import make_request, peek_welcome
from tarahum_desktop.sync.pouch.opened import look_through
from tarahum_desktop.sync.pouch.read import PouchRead, Reader
from tarahum_desktop.sync.pouch.take import Trusted
from tarahum_desktop.sync.pouch.write import Addressed, Written, write_pouch
from tarahum_desktop.sync.shapes import shapes
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.centre import Centre, prepare, wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tarahum_server.pouches import admit_newcomer, answer_device
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings

AMOUNTS = (5_000, 20_000)
LOGIN = "ryd.admin"


class Place:
    """An encrypted vault that joined by files."""

    def __init__(self, centre: Centre, folder: Path, kind: str) -> None:
        self.folder, self.keys = folder, DeviceKeys.generate()
        engine = open_sqlcipher(folder / f"{kind}.db", bytes(range(32)))
        upgrade(engine)
        typed = invite(centre, Invitee(kind, kind, SCOPE, (SCOPE,)), dt.timedelta(hours=1), by_stick=True)
        request = make_request(read_stick_invitation(typed)[0], kind, LOGIN, self.keys, wall_clock())
        file = folder / "one.tarahum-request"
        file.write_bytes(request)
        path = folder / admit_newcomer(centre, file, folder).header.file_name
        welcomes: list[bytes] = []

        def key_of(head: Any) -> bytes:
            welcomes.append(head.welcome)
            return centre.key.public

        look_through(io.BytesIO(path.read_bytes()), self.keys.sealing_private, key_of)
        with engine.begin() as connection:
            keep_enrolment(connection, peek_welcome(welcomes[0]).reply, "", kind)
        self.replica, self.known = load_replica(engine, self.keys, wall_clock)
        self.read(path)

    def read(self, path: Path) -> PouchRead:
        """Take a pouch in."""
        trusted = Trusted(self.known.centre_device, self.known.centre_key, frozenset(self.known.scopes))
        with path.open("rb") as file:
            reader = Reader(self.replica, self.keys.sealing_private, trusted)
            return reader.read(file, lambda _taken: None)

    def write(self, to: int) -> tuple[Path, Written]:
        """Write the next pouch."""
        with self.replica.engine.connect() as connection:
            peer = Peer(find_device(connection, to), shelf.last_head(connection, to))
        written = write_pouch(self.replica, Addressed(peer), self.folder, lambda _size: None)
        return self.folder / written.header.file_name, written

    def fill(self, rows: int) -> None:
        """Save mixed rows as people do."""
        user = uuid.UUID(bytes=self.known.user)
        for save in saves(rows):
            with captured_session(self.replica, user) as session:
                session.add_all(shapes()[entity].model(**row) for entity, row in save)
                session.commit()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def legs(rows: int) -> list[tuple[str, float, float]]:
    """``(what, seconds, bytes a change)`` of each leg."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        centre = prepare(Settings(folder=folder / "centre"), ["localhost"])
        seed(centre)
        add_user(centre, LOGIN, "إداري", "Admin", SCOPE)
        for role in ("office_admin", "supervisor", "officer", "panel"):
            grant(centre, LOGIN, role, SCOPE)
        office, prison = Place(centre, folder, "office"), Place(centre, folder, "prison")
        office.read(folder / admit_again(centre, office))
        prison.read(folder / admit_again(centre, prison))
        prison.fill(rows)
        out, (path, written) = timed(lambda: prison.write(office.known.device))
        into, read = timed(lambda: office.read(path))
        assert read.taken.changes == rows, read.taken
        back, (answer, told) = timed(lambda: office.write(prison.known.device))
        home, _ = timed(lambda: prison.read(answer))
        for place in (office, prison):
            place.replica.engine.dispose()
        centre.close()
    size = written.header.size
    return [
        ("written to the stick and read back", out, size / rows),
        ("read and merged at the office", into, size / rows),
        ("answer written", back, told.header.size / rows),
        ("answer read", home, told.header.size / rows),
    ]


def admit_again(centre: Centre, place: Place) -> str:
    """What a place lacks since it joined, as a file of the centre."""
    return answer_device(centre, place.known.device, place.folder).header.file_name


def main() -> None:
    """Print the section."""
    print("## The pouch\n")
    print(
        "Mixed rows of the invented year, saved through captured sessions in an encrypted prison PC, go to an office by a "
        "file in a folder that stands for a stick: sealed, forced to the disk, read back; then opened, checked whole, each "
        "batch verified and merged there; then the answer. A stick that writes 4 MB a second adds a quarter of a second for "
        "each MB.\n"
    )
    print("| changes | way | seconds | changes/s | bytes a change |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for rows in AMOUNTS:
        for what, seconds, size in legs(rows):
            print(f"| {rows:,} | {what} | {seconds:.2f} | {rows / seconds:,.0f} | {size:.1f} |")
    print("\nAim: 5,000 changes out in at most 60 s.")


if __name__ == "__main__":
    main()
