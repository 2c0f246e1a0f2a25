"""Centres that listen, and desktops that call them."""

import datetime as dt
import functools
import multiprocessing
import os
import socket
import ssl
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import event
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_sqlite
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
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.app import create_app, server_config
from tarahum_server.centre import Centre, open_centre, prepare, wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings

SCOPE = "ryd"
LOGIN = "ryd.officer1"
READY_SECONDS = 20.0
_MAKING = threading.Lock()


@dataclass
class Running:
    """A centre that listens."""

    centre: Centre
    port: int

    @property
    def address(self) -> str:
        scheme = "http" if self.centre.settings.plain_http else "https"
        return f"{scheme}://127.0.0.1:{self.port}"


@dataclass
class Desktop:
    """An enrolled device; ``wall`` is its own clock."""

    folder: Path
    replica: Replica
    enrolment: Enrolment
    keys: DeviceKeys
    user: uuid.UUID
    carriers: list[HttpCarrier] = field(default_factory=list)

    def line(self, address: str | None = None, answer_seconds: float = 10.0) -> HttpCarrier:
        return HttpCarrier(
            address or self.enrolment.address,
            self.replica.device,
            self.keys,
            self.replica.wall,
            self.enrolment.trust,
            answer_seconds,
        )

    def exchange(self, address: str | None = None) -> Outcome:
        with self.line(address) as line:
            return self.over(line)

    def over(self, line: Any, memory: LineMemory | None = None) -> Outcome:
        known = self.enrolment
        key, device = known.centre_key, known.centre_device
        return exchange(self.replica, line, key, device, lambda _progress: None, memory)

    def write_homes(self, count: int, prefix: str, author: uuid.UUID | None = None) -> None:
        with captured_session(self.replica, author or self.user) as session:
            session.add_all(a_home(f"{prefix}-{n}") for n in range(count))
            session.commit()


def a_home(number: str) -> Household:
    return Household(scope=SCOPE, file_number=number, committee_code=SCOPE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def hurry(engine: Any) -> None:
    """Leave out the waiting for the disk where no test cuts the power."""
    if engine.dialect.name != "sqlite":
        return

    def unsafe(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", unsafe)
    engine.dispose()


def make_centre(folder: Path, **settings: Any) -> Centre:
    """A prepared centre with catalogue, one officer and one supervisor of Riyadh."""
    centre = prepare(Settings(folder=folder, **settings), ["localhost", "127.0.0.1"])
    hurry(centre.engine)
    seed(centre)
    add_user(centre, LOGIN, "باحث", "Officer", SCOPE)
    grant(centre, LOGIN, "officer", SCOPE)
    return centre


@contextmanager
def listening(centre: Centre, port: int | None = None) -> Iterator[Running]:
    """The centre behind a real server in a thread; it is closed at the end."""
    port = port or free_port()
    settings = centre.settings
    server = uvicorn.Server(server_config(_at(settings, port), create_app(centre)))
    thread = threading.Thread(target=server.run, name="centre")
    thread.start()
    try:
        wait_for(port, thread.is_alive)
        yield Running(centre, port)
    finally:
        server.should_exit = True
        thread.join(READY_SECONDS)
        centre.close()


def _at(settings: Settings, port: int) -> Settings:
    values = {name: getattr(settings, name) for name in Settings.__struct_fields__}
    return Settings(**{**values, "port": port})


def wait_for(port: int, alive: Any) -> None:
    """Until somebody listens; every refused connection returns at once, so the kernel paces this."""
    deadline = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=READY_SECONDS)
    pause = threading.Event()
    while dt.datetime.now(dt.UTC) < deadline:
        assert alive(), "the server ended before it listened"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            pause.wait(0.01)
        else:
            return
    raise AssertionError("the server does not listen")


def _serve_forked(settings: Settings, port: int) -> None:
    centre = open_centre(settings)
    uvicorn.Server(server_config(_at(settings, port), create_app(centre))).run()


class ForkedServer:
    """A server process that can be killed without warning and started again on the same port."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.port = free_port()
        self._process: Any = None

    def start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_serve_forked, args=(self._settings, self.port), daemon=True)
        self._process.start()
        wait_for(self.port, self._process.is_alive)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None


def join(
    running_at: str,
    centre: Centre,
    folder: Path,
    name: str,
    wall: Any = wall_clock,
    scopes: tuple[str, ...] = (SCOPE,),
    kind: str = "laptop",
) -> Desktop:
    """A new device: invited, enrolled over the line, its database made."""
    typed = invite(centre, Invitee(name, kind, SCOPE, scopes), dt.timedelta(hours=1))
    keys = DeviceKeys.generate()
    code, trust = read_invitation(typed)
    with HttpCarrier(running_at, 0, keys, wall, trust) as line:
        reply = enrol(line, code, name, LOGIN, keys, wall())
    path = folder / f"{name}.db"
    path.write_bytes(empty_database())
    engine = open_sqlite(path)
    hurry(engine)
    with engine.begin() as connection:
        keep_enrolment(connection, reply, running_at, name)
    replica, enrolment = load_replica(engine, keys, wall)
    return Desktop(path, replica, enrolment, keys, uuid.UUID(bytes=reply.user))


@functools.cache
def empty_database() -> bytes:
    """A migrated file; the migration tool cannot run in two threads at once, so it runs once."""
    with _MAKING, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = open_sqlite(path)
        upgrade(engine)
        engine.dispose()
        return path.read_bytes()


def digests(replica: Replica) -> dict[str, bytes]:
    with replica.engine.connect() as connection:
        return {scope: book.digest for scope, book in read_scopes(connection).items()}


def home_numbers(replica: Replica) -> list[str]:
    with Session(replica.engine) as session:
        return sorted(home.file_number for home in session.query(Household))


def assert_same(desktop: Desktop, centre: Centre) -> None:
    """Nothing lost, nothing doubled, and the digests say so."""
    mine, theirs = home_numbers(desktop.replica), home_numbers(centre.replica)
    assert mine == theirs
    assert len(set(theirs)) == len(theirs)
    here, there = digests(desktop.replica), digests(centre.replica)
    assert here == {scope: there[scope] for scope in here}


def more(name: str, few: int) -> int:
    """How many points to try: ``few`` unless the environment asks for more."""
    return int(os.environ.get(name, few))


def plain_tls() -> ssl.SSLContext:
    """A context that believes anybody, for callers that only look."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
