"""A centre, an office that serves, and laptops, each a process of its own that may be killed at any moment.

Children are forked; the parent holds no open database while they live. What a child says was kept was committed before it
said so.
"""

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import uvicorn
from fastapi import APIRouter, FastAPI

from tarahum_desktop.bootstrap.hub import HubPlace
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.trust import Trust
from tarahum_desktop.sync.exchange.answers import OF_A_HUB
from tarahum_desktop.sync.exchange.enrol import load_replica
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.hub import exchange_with_hub
from tarahum_desktop.sync.exchange.relay import OtherSide, note_serving
from tarahum_server.centre import wall_clock
from tarahum_server.desk import Desk
from tarahum_server.metrics import Metrics
from tarahum_server.routes import Counter, add_calls
from tarahum_server.settings import Settings
from tests.faults.killed import Child, fork
from tests.server.centres import SCOPE, Desktop, a_home

PAUSE_SECONDS = 0.01
Say = Callable[[bytes], None]


@dataclass
class Member:
    """One process of the crowd: what it does, and what it said it kept in all its lives."""

    work: Callable[[Say], None]
    child: Child | None = None
    kept: set[bytes] = field(default_factory=set)

    def start(self) -> None:
        self.child = fork(self.work)

    def kill(self) -> None:
        if self.child is not None:
            said = self.child.kill()
            # The last line may have been cut off by the kill: it was not said then.
            self.kept.update(line for line in said.split(b"\n")[:-1] if line)
            self.child = None


def write_and_exchange(
    desktop: Desktop, name: str, hub_port: int, hub_key: bytes, hub_device: int
) -> Callable[[Say], None]:
    """A laptop: it saves, says so, and meets whoever answers, for ever."""

    def work(say: Say) -> None:
        draw = random.Random(os.getpid())
        replica, known = load_replica(open_sqlite(desktop.folder), desktop.keys, wall_clock)
        centre = OtherSide(known.centre_device, known.centre_key, is_centre=True)
        hub = OtherSide(hub_device, hub_key, is_centre=False)
        for turn in range(10**9):
            numbers = [f"{name}-{os.getpid()}-{turn}-{n}" for n in range(draw.randint(1, 5))]
            with captured_session(replica, desktop.user) as session:
                session.add_all(a_home(number) for number in numbers)
                session.commit()
            say("".join(f"{number}\n" for number in numbers).encode())
            with contextlib.suppress(TarahumError):
                if draw.random() < 0.5:
                    with desktop.line() as line:
                        exchange(replica, line, known.centre_key, known.centre_device, lambda _p: None)
                else:
                    with HttpCarrier(
                        f"http://127.0.0.1:{hub_port}", replica.device, desktop.keys, wall_clock, Trust()
                    ) as line:
                        exchange_with_hub(replica, line, hub, centre, lambda _p: None)
            time.sleep(PAUSE_SECONDS)

    return work


def serve_and_exchange(desktop: Desktop, name: str, port: int) -> Callable[[Say], None]:
    """An office: it answers its laptops, writes, and meets the centre, for ever."""

    def work(say: Say) -> None:
        replica, known = load_replica(open_sqlite(desktop.folder), desktop.keys, wall_clock)
        with replica.engine.begin() as connection:
            note_serving(connection, serving=True)
        centre = OtherSide(known.centre_device, known.centre_key, is_centre=True)
        settings = Settings(folder=desktop.folder.parent, plain_http=True, port=port, threads=3)
        desk = Desk(HubPlace(replica, centre, SCOPE))
        app = FastAPI(openapi_url=None)
        router = APIRouter()
        add_calls(router, Counter(desk, Metrics(), settings), desk, OF_A_HUB)
        app.include_router(router)
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", access_log=False)
        )
        threading.Thread(target=server.run, daemon=True).start()
        for turn in range(10**9):
            number = f"{name}-{os.getpid()}-{turn}"
            with captured_session(replica, desktop.user) as session:
                session.add(a_home(number))
                session.commit()
            say(f"{number}\n".encode())
            with contextlib.suppress(TarahumError), desktop.line() as line:
                exchange(replica, line, known.centre_key, known.centre_device, lambda _p: None)
            time.sleep(PAUSE_SECONDS)

    return work
