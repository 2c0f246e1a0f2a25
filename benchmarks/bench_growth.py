"""What becomes of a centre as its log grows: pull latency, push rate and disk from ten thousand entries to ten million."""

import datetime as dt
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, text

from benchmarks.bench_fleet import batch_of, enrolled, family_rows, staffed
from benchmarks.fleet_devices import FleetDevice
from benchmarks.peers.ours import ADDRESS, fresh_database
from tarahum_desktop.sync.carriers.signed_request import signed_text
from tarahum_desktop.sync.exchange.messages import (
    HIGHEST_VERSION,
    LOWEST_VERSION,
    HelloRequest,
    PullRequest,
    PushReply,
    ScopeHave,
    decode,
    encode,
)
from tarahum_server.auth import SignedRequest
from tarahum_server.centre import Centre, prepare
from tarahum_server.desk import Desk
from tarahum_server.place import CentrePlace
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings

SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
LONG: Final = bool(os.environ.get("TARAHUM_LONG"))
WANTED: Final = os.environ.get("TARAHUM_GROWTH_ROWS")
SCOPES: Final = 15
ROUNDS: Final = 60
PUSH_ROWS: Final = 25
PULL_BYTES: Final = 64 * 1024
_BLOCK: Final = 200_000


def sizes() -> list[int]:
    """Log entries to grow to; the largest only when asked for."""
    if WANTED:
        return [int(size) for size in WANTED.split(",")]
    return list(SIZES if LONG else SIZES[:3])


class Caller:
    """Asks a desk as a device does, without the line between them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, device: FleetDevice, name: str, body: bytes) -> tuple[bytes, float]:
        """The answer and its seconds."""
        now, nonce, path = time.time_ns() // 1_000_000, secrets.token_bytes(16), f"/v1/{name}"
        signature = device.key.sign(signed_text("POST", path, device.number, now, nonce, body))
        request = SignedRequest("POST", path, device.number, now, nonce, signature, body)
        start = time.perf_counter()
        said: bytes = getattr(self._desk, name)(request)
        return said, time.perf_counter() - start


def grow(centre: Centre, device: FleetDevice, size: int) -> None:
    """Fill the log with entries of real size, spread over the scopes; only where they lie is measured, not their rows."""
    rows = family_rows(
        "ryd", centre_user(centre), dt.datetime.now(dt.UTC).date(), time.time_ns() // 1_000_000
    )
    payload, _, _ = batch_of(device, [next(rows) for _ in range(PUSH_ROWS)], time.time_ns() // 1_000_000)
    with centre.engine.begin() as connection:
        have = connection.execute(text("SELECT count(*) FROM batch_log")).scalar_one()
    scopes = [f"growth-{number}" for number in range(SCOPES - 1)] + ["ryd"]
    for start in range(have, size, _BLOCK):
        most = min(_BLOCK, size - start)
        with centre.engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            for place, scope in enumerate(scopes):
                share = most // SCOPES + (place < most % SCOPES)
                _append(connection, scope, share, payload)
    with centre.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("ANALYZE batch_log"))


def _append(connection: Any, scope: str, count: int, payload: bytes) -> None:
    head = connection.execute(
        text("SELECT coalesce(max(position), 0) FROM batch_log WHERE scope = :s"), {"s": scope}
    )
    connection.execute(
        text(
            "INSERT INTO batch_log (scope, position, device, first_sequence, last_sequence, rows, payload, received_at) "
            "SELECT :s, :h + n, 1000000, (:h + n) * 25 - 24, (:h + n) * 25, 25, :p, :t FROM generate_series(1, :c) n"
        ),
        {
            "s": scope, "h": head.scalar_one(), "p": payload, "c": count,
            "t": time.time_ns() // 1_000_000,
        },
    )  # fmt: skip
    connection.execute(
        text(
            "INSERT INTO scope_state (scope, next_sequence, head, remote_position, acknowledged, digest, row_count, "
            "complete, horizon, handed, mode) VALUES (:s, 1, 0, 0, 0, :d, 0, false, 0, 0, 'full') ON CONFLICT DO NOTHING"
        ),
        {"s": scope, "d": bytes(8)},
    )
    connection.execute(
        text(
            "UPDATE scope_state SET head = (SELECT max(position) FROM batch_log WHERE scope = :s) WHERE scope = :s"
        ),
        {"s": scope},
    )


def centre_user(centre: Centre) -> Any:
    """Any user of Riyadh who may write."""
    with centre.engine.connect() as connection:
        return connection.execute(text("SELECT id FROM user_account WHERE login = 'ryd.staff'")).scalar_one()


def measure(centre: Centre, devices: list[FleetDevice], caller: Caller) -> dict[str, float]:
    """Seconds of hello, of pulling news, of pulling from the middle, and rows a second of pushing."""
    with centre.engine.connect() as connection:
        head = connection.execute(text("SELECT head FROM scope_state WHERE scope = 'ryd'")).scalar_one()
    device = devices[0]
    found: dict[str, float] = {}

    def pull(position: int) -> Callable[[], float]:
        return lambda: caller.ask(device, "pull", encode(PullRequest("ryd", position, PULL_BYTES)))[1]

    have = {"ryd": ScopeHave(head, 0, bytes(8), 0)}
    hello = encode(HelloRequest(LOWEST_VERSION, HIGHEST_VERSION, 3, time.time_ns() // 1_000_000, have))
    year = encode(HelloRequest(LOWEST_VERSION, HIGHEST_VERSION, 3, time.time_ns() // 1_000_000, {}))
    for name, action in (
        ("hello", lambda: caller.ask(device, "hello", hello)[1]),
        ("news", pull(head - 3)),
        ("middle", pull(head // 2)),
        ("year", lambda: caller.ask(device, "hello", year)[1]),
    ):
        times = [action() for _ in range(ROUNDS)]
        found[name], found[f"{name} least"] = statistics.median(times), min(times)
    found["push"] = push_rate(centre, devices[1], caller)
    return found


def push_rate(centre: Centre, device: FleetDevice, caller: Caller) -> float:
    """Rows a second by the median batch of one device."""
    rows = device_rows(centre, device)
    seconds = []
    for _ in range(ROUNDS):
        now = time.time_ns() // 1_000_000
        payload, last, count = batch_of(device, [next(rows) for _ in range(PUSH_ROWS)], now)
        said, took = caller.ask(device, "push", payload)
        reply = decode(said, PushReply)
        assert reply.code == "ok", reply.code
        device.waiting.append((payload, last, count))
        seconds.append(took)
    return PUSH_ROWS / statistics.median(seconds)


def device_rows(centre: Centre, device: FleetDevice) -> Iterator[tuple[str, dict[str, Any]]]:
    """Families whose ids nobody made before: they hold this moment's time."""
    clock = time.time_ns() // 1_000_000 + 86_400_000 * 30
    with centre.engine.connect() as connection:
        author = connection.execute(
            text("SELECT id FROM user_account WHERE login = :l"), {"l": f"{device.scope}.staff"}
        ).scalar_one()
    return family_rows(device.scope, author, dt.datetime.now(dt.UTC).date(), clock)


def bytes_of_log(engine: Engine) -> int:
    """What the log takes on the disk, indexes included."""
    query = "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'batch_log'::regclass"
    with engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


METHOD: Final = """\
One log on PostgreSQL (without fsync), spread over 15 scopes and its partitions, grows by entries of {rows} changes each, of
real size; one thread asks the centre as a device does, signatures included, without a line between them. Medians of {rounds}
calls with the shortest beside them, which says what the work is where others use the machine; "news" are the last three entries, "middle" is {kib} KiB from half-way. The
machine of {processors} processors had other work as well ({busy:.1f} processes wanted to run, on the average)."""


def main() -> None:
    """Print the section."""
    if not os.environ.get(ADDRESS):
        sys.exit("needs the PostgreSQL that the bench command starts")
    lines = []
    with tempfile.TemporaryDirectory() as folder, fresh_database() as database:
        centre = prepare(Settings(folder=Path(folder) / "centre", database=database), ["localhost"])
        seed(centre)
        staffed(centre)
        devices = [one for one in enrolled(centre) if one.scope == "ryd"]
        caller = Caller(Desk(CentrePlace(centre)))
        for size in sizes():
            print(f"  {size:,} entries", file=sys.stderr, flush=True)
            grow(centre, devices[2], size)
            found = measure(centre, devices, caller)
            cells = " | ".join(
                f"{found[name] * 1000:,.1f} ({found[f'{name} least'] * 1000:,.1f})"
                for name in ("hello", "year", "news", "middle")
            )
            disk = bytes_of_log(centre.engine)
            lines.append(
                f"| {size:,} | {cells} | {found['push']:,.0f} | {disk / 2**20:,.0f} | {disk / size:,.0f} |"
            )
        centre.close()
    print("## A growing log\n")
    print(
        METHOD.format(
            rows=PUSH_ROWS,
            rounds=ROUNDS,
            kib=PULL_BYTES // 1024,
            processors=os.cpu_count(),
            busy=os.getloadavg()[1],
        )
        + "\n"
    )
    print(
        "| log entries | hello, ms | hello of one who has nothing, ms | pull of news, ms | pull from the middle, ms | push, rows/s | disk, MiB | bytes an entry |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
