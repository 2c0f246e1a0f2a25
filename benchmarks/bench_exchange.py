"""New rows from one desktop through the centre to another: three processes, HTTPS, PostgreSQL, encrypted files.

``bench_exchange.py`` starts itself in three roles: the centre, a desktop that writes and sends, a desktop that takes.
"""

import datetime as dt
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import uvicorn
from sqlalchemy import create_engine, text

from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.enrol import enrol, keep_enrolment, load_replica, read_invitation
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.app import create_app, server_config
from tarahum_server.centre import open_centre, prepare, wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings

ADDRESS = "TARAHUM_TEST_POSTGRES"
AMOUNTS = tuple(int(amount) for amount in os.environ.get("TARAHUM_BENCH_ROWS", "10000,100000").split(","))
SCOPE = "ryd"
LOGIN = "ryd.officer1"
ROWS_A_SAVE = 500
DISTRICTS = ("النسيم", "الروضة", "السويدي", "العزيزية", "الشفا")


class Counted:
    """A carrier that counts requests and the bytes of batches."""

    def __init__(self, line: HttpCarrier) -> None:
        self._line = line
        self.requests = 0
        self.bytes = 0

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        call = getattr(self._line, name)

        def counted(message: Any) -> Any:
            reply = call(message)
            self.requests += 1
            if name == "push":
                self.bytes += len(message)
            elif name == "pull":
                self.bytes += sum(len(entry.payload) for entry in reply.entries)
            return reply

        return counted


def peak_mib(process: int | str) -> int:
    """The most memory a process has held since the mark was last set."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def forget_peak(process: int | str) -> None:
    """Set the mark to what is held now."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


def serve(folder: str, database: str, port: str) -> None:
    """The centre's process."""
    settings = Settings(folder=Path(folder), database=database, port=int(port))
    uvicorn.Server(server_config(settings, create_app(open_centre(settings)))).run()


def desktop(folder: str, address: str, rows: str) -> None:
    """A desktop's process: writes rows (or none), then exchanges when told to and says how it went."""
    keys = DeviceKeys.generate()
    code, trust = read_invitation(sys.stdin.readline().strip())
    with HttpCarrier(address, 0, keys, wall_clock, trust) as line:
        reply = enrol(line, code, "bench", LOGIN, keys, wall_clock())
    engine = open_sqlcipher(Path(folder) / f"{uuid.uuid4().hex}.db", bytes(range(32)))
    upgrade(engine)
    with engine.begin() as connection:
        keep_enrolment(connection, reply, address, "bench")
    replica, known = load_replica(engine, keys, wall_clock)
    with HttpCarrier(known.address, replica.device, keys, wall_clock, known.trust) as line:
        exchange(replica, line, known.centre_key, known.centre_device, lambda _progress: None)
        write(replica, uuid.UUID(bytes=reply.user), int(rows))
        print("ready", flush=True)
        sys.stdin.readline()
        counted: Any = Counted(line)
        forget_peak("self")
        start = time.perf_counter()
        outcome = exchange(replica, counted, known.centre_key, known.centre_device, lambda _progress: None)
        took = time.perf_counter() - start
    assert SCOPE in outcome.proven
    moved = max(outcome.pushed, outcome.pulled)
    print(json.dumps([moved, took, counted.requests, counted.bytes, peak_mib("self")]), flush=True)
    engine.dispose()


def write(replica: Any, author: uuid.UUID, rows: int) -> None:
    """Save households as a use case does, a few hundred in a transaction."""
    for start in range(0, rows, ROWS_A_SAVE):
        with captured_session(replica, author) as session:
            session.add_all(a_home(n) for n in range(start, min(rows, start + ROWS_A_SAVE)))
            session.commit()


def a_home(number: int) -> Household:
    """A household with the fields an office fills in."""
    return Household(
        scope=SCOPE,
        file_number=f"RYD-{number:06d}",
        committee_code=SCOPE,
        district=DISTRICTS[number * 7 % 5],
        rooms=number % 6 + 1,
        latitude_e6=24_600_000 + number * 7919 % 200_000,
        longitude_e6=46_600_000 + number * 104_729 % 200_000,
        annual_rent_halalas=(number % 20 + 10) * 100_000,
    )


@contextmanager
def child(*role: str) -> Any:
    """This script in another role; ended at the end."""
    process = subprocess.Popen(
        [sys.executable, __file__, *role], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def tell(process: subprocess.Popen[str], line: str) -> None:
    """One line to a child."""
    stdin: TextIO | None = process.stdin
    assert stdin is not None
    stdin.write(line + "\n")
    stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    """One line from a child."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "a child ended early"
    return line.strip()


def wait_for(port: int) -> None:
    """Until the centre listens."""
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "the centre does not listen"
            time.sleep(0.05)
        else:
            return


def fresh_database() -> str:
    """A new PostgreSQL database, or the embedded file when there is no server."""
    url = os.environ.get(ADDRESS)
    if not url:
        return ""
    name = f"bench_{uuid.uuid4().hex}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return f"{url.rpartition('/')[0]}/{name}"


def measure(rows: int) -> list[list[Any]]:
    """Table lines for one amount."""
    with tempfile.TemporaryDirectory() as folder:
        port = 20_000 + os.getpid() % 20_000
        settings = Settings(folder=Path(folder) / "centre", database=fresh_database(), port=port)
        centre = prepare(settings, ["localhost", "127.0.0.1"])
        seed(centre)
        add_user(centre, LOGIN, "باحث", "Officer", SCOPE)
        grant(centre, LOGIN, "officer", SCOPE)
        address = f"https://127.0.0.1:{port}"
        with (
            child("serve", str(settings.folder), settings.database, str(port)) as server,
            child("desktop", folder, address, str(rows)) as sender,
            child("desktop", folder, address, "0") as taker,
        ):
            wait_for(port)
            for process, name in ((taker, "taker"), (sender, "sender")):
                tell(process, invite(centre, Invitee(name, "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1)))
            lines = []
            for process, way in ((sender, "to the centre"), (taker, "to the other desktop")):
                assert hear(process) == "ready"
                forget_peak(server.pid)
                tell(process, "go")
                moved, took, requests, size, peak = json.loads(hear(process))
                assert moved == rows
                lines.append([rows, way, rows / took, size / rows, requests, peak, peak_mib(server.pid)])
        centre.close()
        return lines


def main() -> None:
    """Print the section."""
    below = "PostgreSQL" if os.environ.get(ADDRESS) else "an embedded SQLite file"
    lines = [line for rows in AMOUNTS for line in measure(rows)]
    print("## A whole exchange\n")
    print(
        "Households saved through captured sessions on an encrypted desktop go over HTTPS to a centre with one worker on "
        f"{below}, and from its log to a second encrypted desktop; all processes on one machine. Peak memory is counted from "
        "the start of each exchange.\n"
    )
    print("| rows | way | rows/s | bytes a row | requests | desktop's peak, MiB | centre's peak, MiB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for rows, way, speed, size, requests, peak, centre in lines:
        print(f"| {rows:,} | {way} | {speed:,.0f} | {size:.1f} | {requests} | {peak} | {centre} |")


if __name__ == "__main__":
    {"serve": serve, "desktop": desktop}.get(sys.argv[1], main)(*sys.argv[2:]) if sys.argv[1:] else main()
