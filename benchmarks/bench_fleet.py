"""A thousand devices of fifteen committees against one centre: a day in ten minutes, then a Monday morning."""

import asyncio
import datetime as dt
import os
import random
import ssl
import subprocess
import sys
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.families import Families
from benchmarks.fleet_devices import Fleet, FleetDevice, Tally
from benchmarks.peers.legs import free_port, peak_mib, wait_for
from benchmarks.peers.ours import ADDRESS, fresh_database
from benchmarks.processes import percentile
from tarahum_desktop.domain.permissions import DERIVED_ROLES, Role
from tarahum_desktop.models import Device
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.bulk import columns_of
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.clock import COUNTER_BITS, make_stamp
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_server.centre import Centre, prepare
from tarahum_server.people import add_user, grant
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings
from tarahum_server.verify import verify_centre

COMMITTEES: Final = (
    "ryd", "mkk", "jed", "tif", "mdn", "qsm", "est", "asr", "tbk", "hal", "nbr", "jzn", "njr", "bhh", "jwf",
)  # fmt: skip
DEVICES: Final = int(os.environ.get("TARAHUM_FLEET_DEVICES", "1000"))
SECONDS: Final = int(os.environ.get("TARAHUM_FLEET_SECONDS", "600"))
WORKERS: Final = int(os.environ.get("TARAHUM_FLEET_WORKERS", "2"))
VISITS: Final = max(1, round(SECONDS / 150))
LATE: Final = DEVICES // 20
LATE_BATCHES: Final = 20
SEED: Final = 20261123
Row = dict[str, Any]


def staffed(centre: Centre) -> dict[str, uuid.UUID]:
    """One user in each committee who writes what a whole office does."""
    staff = {}
    for scope in COMMITTEES:
        staff[scope] = add_user(centre, f"{scope}.staff", "موظف", "Staff", scope)
        for role in sorted(set(Role) - DERIVED_ROLES):
            grant(centre, f"{scope}.staff", role.value, scope)
    return staff


def enrolled(centre: Centre) -> list[FleetDevice]:
    """The devices, known to the centre by their own keys."""
    made = [
        FleetDevice(2 + at, COMMITTEES[at % len(COMMITTEES)], SigningKey.generate(), {}, deque())
        for at in range(DEVICES)
    ]
    now = from_milliseconds(centre.replica.wall())
    with captured_session(centre.replica, None) as session:
        session.add_all(
            Device(
                scope="national", number=one.number, name=f"device {one.number}", kind="laptop", committee_code=one.scope,
                signing_key=one.key.public, sealing_key=bytes(32), scopes=["national", one.scope], enrolled_at=now,
            )
            for one in made
        )  # fmt: skip
        session.flush()
        publish(session.connection(), centre.replica)
        session.commit()
    with centre.engine.connect() as connection:
        heads = {scope: book.head for scope, book in read_scopes(connection).items()}
    for one in made:
        one.positions = {scope: heads.get(scope, 0) for scope in ("national", one.scope)}
    return made


def sealed(devices: list[FleetDevice], staff: dict[str, uuid.UUID], chance: random.Random) -> None:
    """Each device's batches of 5 to 50 new rows, signed before the clock runs."""
    today, now = dt.datetime.now(dt.UTC).date(), time.time_ns() // 1_000_000
    rows = {scope: family_rows(scope, staff[scope], today, now) for scope in COMMITTEES}
    for place, device in enumerate(devices):
        count = LATE_BATCHES if place >= DEVICES - LATE else 2 * VISITS
        for _ in range(count + 1):  # one is left for Monday
            some = list(islice(rows[device.scope], chance.randint(5, 50)))
            device.waiting.append(batch_of(device, some, now))


def family_rows(scope: str, author: uuid.UUID, today: dt.date, now: int) -> Iterator[tuple[str, Row]]:
    """Rows of invented families without end, in the order an officer writes them."""
    # Ids hold a time: a day apart, no two committees make the same.
    maker = Families((author, author), today, now - 86_400_000 * (1 + COMMITTEES.index(scope)), 1)
    while True:
        for entity, rows in maker.tables(scope, 1).items():
            yield from ((entity, {**row, "author": author}) for row in rows)


def batch_of(device: FleetDevice, some: list[tuple[str, Row]], now: int) -> tuple[bytes, int, int]:
    """``(sealed batch, last sequence, rows)``."""
    first = device.waiting[-1][1] + 1 if device.waiting else 1
    groups, at = [], first
    for entity in dict.fromkeys(name for name, _ in some):
        rows = [row for name, row in some if name == entity]
        groups.append(columns_of(entity, rows, make_stamp((now << COUNTER_BITS) + at, device.number), at))
        at += len(rows)
    header = BatchHeader(3, device.scope, device.number, first, at - 1, {})
    return seal_batch(Batch(header, groups, []), device.key), at - 1, at - first


def run(folder: Path, database: str) -> tuple[Tally, Tally, list[int], float]:
    """Both parts; the centre's processes' peak memory in MiB; seconds that Monday took."""
    port = free_port()
    settings = Settings(folder=folder / "centre", database=database, port=port, workers=WORKERS)
    centre = prepare(settings, ["localhost", "127.0.0.1"])
    seed(centre)
    devices = enrolled_and_ready(centre)
    environment = os.environ | {
        "TARAHUM_SERVER_DATABASE": database, "TARAHUM_SERVER_PORT": str(port), "TARAHUM_SERVER_WORKERS": str(WORKERS),
    }  # fmt: skip
    line = [sys.executable, "-m", "tarahum_server", "run", "--folder", str(settings.folder)]
    context = ssl.create_default_context(cadata=settings.authority_pem())
    context.check_hostname = False
    with subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            fleet = Fleet(devices, port, context)
            print("  a day", file=sys.stderr, flush=True)
            day = asyncio.run(fleet.a_day(SECONDS, VISITS, random.Random(SEED), LATE))
            print(f"  Monday ({len(day.errors)} errors before)", file=sys.stderr, flush=True)
            start = time.perf_counter()
            monday = asyncio.run(fleet.all_at_once())
            took = time.perf_counter() - start
            peaks = [peak_mib(process) for process in workers_of(server.pid)]
        finally:
            server.terminate()
    faults = list(verify_centre(centre))
    assert not faults, faults[:5]
    centre.close()
    return day, monday, peaks, took


def enrolled_and_ready(centre: Centre) -> list[FleetDevice]:
    """Staff, devices and their sealed batches."""
    staff = staffed(centre)
    devices = enrolled(centre)
    start = time.perf_counter()
    sealed(devices, staff, random.Random(SEED))
    batches = sum(len(one.waiting) for one in devices)
    print(f"  sealed {batches:,} batches in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return devices


def workers_of(process: int) -> list[int]:
    """The processes that answer: the children that Python started, or the one itself."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    serving = [
        int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return serving or [process]


def table(parts: dict[str, Tally]) -> None:
    """Requests and exchanges of each part."""
    print("| part | what | number | p50, ms | p99, ms | longest, ms | errors |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for part, tally in parts.items():
        for name, times in (*sorted(tally.requests.items()), ("whole exchange", tally.exchanges)):
            shown = (percentile(times, 0.5), percentile(times, 0.99), max(times))
            cells = " | ".join(f"{seconds * 1000:,.0f}" for seconds in shown)
            errors = len(tally.errors) if name == "whole exchange" else ""
            print(f"| {part} | {name} | {len(times):,} | {cells} | {errors} |")


METHOD: Final = """\
{devices:,} simulated devices of 15 committees against one centre with {workers} workers on {database}; all of it, devices
included, on one machine of {processors} processors that others used too ({busy:.1f} processes wanted to run, on the average
of the run). Every device has its own key and number; its batches of 5 to 50 new rows are signed before the clock runs, and
each exchange is the real one over its own TLS connection: hello, push batch by batch against signed receipts, pull of what
colleagues wrote in both scopes, hello. In a day of {seconds} s each comes {visits} times with two batches, and {late} come
once, after weeks, with {late_batches} batches. Then all come in the same moment with one batch more. Times are the
devices': from the first byte sent to the answer read, waiting for a busy centre and coming again included; the longest
exchange is the longest that any device waited. At the end the centre's rows, log, vectors and signatures are recomputed."""


def main() -> None:
    """Print the section."""
    with tempfile.TemporaryDirectory() as folder, fresh_database() as database:
        day, monday, peaks, took = run(Path(folder), database)
    print("## A fleet\n")
    print(
        METHOD.format(
            devices=DEVICES,
            workers=WORKERS,
            processors=os.cpu_count(),
            busy=os.getloadavg()[1],
            seconds=SECONDS,
            visits=VISITS,
            late=LATE,
            late_batches=LATE_BATCHES,
            database="PostgreSQL (without fsync)" if os.environ.get(ADDRESS) else "an embedded SQLite file",
        )
        + "\n"
    )
    table({"a day": day, "Monday": monday})
    print(
        f"\nIn the day {day.rows:,} rows in {day.batches:,} batches were confirmed and {day.taken:,} batches of colleagues "
        f"taken. On Monday all {len(monday.exchanges):,} were done after {took:.0f} s ({monday.rows:,} rows up, "
        f"{monday.taken:,} batches down); a request was told to come again {monday.turned_away:,} times (in the day "
        f"{day.turned_away:,}). Peak memory of a worker: {max(peaks)} MiB."
    )
    for error in sorted({*day.errors, *monday.errors})[:5]:
        print(f"  {error}", file=sys.stderr)
    errors = len(day.errors) + len(monday.errors)
    assert errors == 0, errors


if __name__ == "__main__":
    main()
