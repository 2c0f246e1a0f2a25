"""This program: two encrypted desktops and a centre, three processes, HTTPS, signatures, merge and digests.

The file starts itself in its roles.
"""

import datetime as dt
import json
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.peers.counting import CountingProxy
from benchmarks.peers.legs import WAYS, Leg, child, free_port, measure_leg, silent_child, wait_for
from benchmarks.peers.persist import persist
from benchmarks.peers.rows import SCOPE, Row, edits, saves
from benchmarks.peers.twice import CountingCarrier, Twice
from tarahum_desktop.domain.permissions import DERIVED_ROLES, Role
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.enrol import (
    Enrolment,
    enrol,
    keep_enrolment,
    load_replica,
    read_invitation,
)
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.exchange.through_cuts import exchange_through_cuts
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.shapes import shapes
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.centre import Centre, open_centre, prepare, wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings

ADDRESS = "TARAHUM_TEST_POSTGRES"
LOGIN = "ryd.officer1"
Edit = tuple[str, Row, str, Any]


def serve(folder: str, database: str, port: str, host: str) -> None:
    """The centre's process."""
    import uvicorn  # noqa: PLC0415 - a desktop has no web server, and its memory is measured

    from tarahum_server.app import create_app, server_config  # noqa: PLC0415 - as above

    settings = Settings(folder=Path(folder), database=database, port=int(port), host=host)
    uvicorn.Server(server_config(settings, create_app(open_centre(settings)))).run()


def enrolled(folder: str, address: str, name: str) -> tuple[Replica, Enrolment, DeviceKeys, uuid.UUID]:
    """A new encrypted desktop, by the invitation that comes on stdin."""
    keys = DeviceKeys.generate()
    code, trust = read_invitation(sys.stdin.readline().strip())
    with HttpCarrier(address, 0, keys, wall_clock, trust) as line:
        reply = enrol(line, code, name, LOGIN, keys, wall_clock())
    engine = open_sqlcipher(Path(folder) / f"{uuid.uuid4().hex}.db", bytes(range(32)))
    upgrade(engine)
    with engine.begin() as connection:
        keep_enrolment(connection, reply, address, name)
    replica, known = load_replica(engine, keys, wall_clock)
    return replica, known, keys, uuid.UUID(bytes=reply.user)


def desktop(folder: str, address: str, rows: str) -> None:
    """A desktop's process: writes rows (or none), then exchanges when told to and says how it went."""
    replica, known, keys, user = enrolled(folder, address, "bench")
    with HttpCarrier(known.address, replica.device, keys, wall_clock, known.trust) as line:
        exchange(replica, line, known.centre_key, known.centre_device, lambda _progress: None)
        write(replica, user, int(rows))
        before = line.requests
        print("ready", flush=True)
        sys.stdin.readline()
        outcome = exchange(replica, line, known.centre_key, known.centre_device, lambda _progress: None)
        assert SCOPE in outcome.proven
        print(json.dumps([max(outcome.pushed, outcome.pulled), line.requests - before]), flush=True)
        sys.stdin.readline()
    replica.engine.dispose()


def persistent(folder: str, address: str, role: str, base: str, new: str, edited: str, seconds: str) -> None:
    """A desktop's process on a line that may break: tries until everything is there and proven."""
    replica, known, keys, user = enrolled(folder, address, role)

    twice = Twice()

    def once() -> Outcome:
        with CountingCarrier(known.address, replica.device, keys, wall_clock, known.trust) as line:
            line.twice = twice
            key, device = known.centre_key, known.centre_device
            return exchange_through_cuts(replica, line, key, device, lambda _progress: None)

    if role == "sender":
        write(replica, user, int(base))
    once()
    if role == "sender":
        print("laid", flush=True)
        write(replica, user, int(base) + int(new), leave_out=int(base))
        correct(replica, user, int(base), int(edited))
    print("ready", flush=True)
    sys.stdin.readline()
    twice.moved = twice.again = 0
    ended = persist(once, float(seconds))
    print(json.dumps({**ended, "moved": twice.moved, "again": twice.again}), flush=True)
    sys.stdin.readline()
    replica.engine.dispose()


def write(replica: Replica, author: uuid.UUID, count: int, leave_out: int = 0) -> None:
    """Save rows as a use case does, a few families in a transaction, but not the first ``leave_out``."""
    for save in saves(count):
        kept = save[leave_out:]
        leave_out = max(0, leave_out - len(save))
        with captured_session(replica, author) as session:
            session.add_all(shapes()[entity].model(**{**row, "author": author}) for entity, row in kept)
            session.commit()


def correct(replica: Replica, author: uuid.UUID, among: int, count: int) -> None:
    """Change a field of so many rows, some in a transaction."""
    for some in batched(edits(among, count), 20):
        with captured_session(replica, author) as session:
            for entity, row, name, value in some:
                found: Any = session.get_one(shapes()[entity].model, row["id"])
                setattr(found, name, value)
                found.author = author
            session.commit()


def batched(items: Iterable[Edit], size: int) -> Iterator[list[Edit]]:
    """Lists of at most so many."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


@contextmanager
def fresh_database() -> Iterator[str]:
    """A new PostgreSQL database, or the embedded file when there is no server."""
    url = os.environ.get(ADDRESS)
    if not url:
        yield ""
        return
    name = f"bench_{uuid.uuid4().hex}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{url.rpartition('/')[0]}/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def bare_centre(folder: str, database: str, port: int, name: str) -> tuple[Centre, tuple[str, str, str, str]]:
    """A centre with one person who may do what a whole office does, and the words to serve it with."""
    settings = Settings(folder=Path(folder) / "centre", database=database, port=port, host=name)
    centre = prepare(settings, ["localhost", name])
    seed(centre)
    add_user(centre, LOGIN, "باحث", "Officer", SCOPE)
    for role in sorted(set(Role) - DERIVED_ROLES):
        grant(centre, LOGIN, role.value, SCOPE)
    return centre, (str(settings.folder), database, str(port), name)


def invitation(centre: Centre, name: str) -> str:
    """What a new device's person types."""
    return invite(centre, Invitee(name, "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))


def legs_beside_peers(rows: int) -> list[Leg]:
    """Both ways, the centre's database embedded as theirs are, so that all its work is counted."""
    return legs(rows, nullcontext(""))


def legs(rows: int, database_of_its_own: AbstractContextManager[str] | None = None) -> list[Leg]:
    """Both ways of an amount of rows."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        database_of_its_own or fresh_database() as database,
    ):
        centre, words = bare_centre(folder, database, port, "127.0.0.1")
        with (
            silent_child(sys.executable, __file__, "serve", *words) as server,
            CountingProxy(port) as proxy,
        ):
            wait_for(port)
            line = (sys.executable, __file__, "desktop", folder, f"https://127.0.0.1:{proxy.port}")
            with child(*line, str(rows)) as sender, child(*line, "0") as taker:
                for each, name in ((taker, "taker"), (sender, "sender")):
                    each.tell(invitation(centre, name))
                return [
                    measure_leg(each, server, proxy, way, rows)
                    for each, way in zip((sender, taker), WAYS, strict=True)
                ]


if __name__ == "__main__":
    roles: dict[str, Callable[..., None]] = {"serve": serve, "desktop": desktop, "persist": persistent}
    roles[sys.argv[1]](*sys.argv[2:])
