"""What re-packing saves, what catching up behind the horizon takes, and what it takes to find one row of 100,000."""

import datetime as dt
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete

from dev.train_dictionary import sample_batches
from tarahum_desktop.models import Person
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_desktop.sync.exchange.heal import Healed, heal_scope
from tarahum_desktop.sync.exchange.messages import SnapshotReply, SnapshotRequest, encode
from tarahum_desktop.sync.exchange.pace import Pace
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot, take_snapshot
from tarahum_desktop.sync.mend_book import mend_book
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.synthetic.load import load_year
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.world import read_world
from tarahum_server.compaction import Compacted, compact

ROWS: Final = 100_000
SCOPE: Final = "ryd"
NOW_MS: Final = 1_900_000_000_000
SIZES: Final = (5, 20, 50)


@dataclass
class Line:
    """Hands each request to the answering half and counts requests and bytes."""

    centre: Replica
    requests: int = 0
    size: int = 0

    def ask(self, call: Any, request: Any) -> Any:
        """Any call."""
        return self._counted(request, ANSWERS[call.name].reply(self.centre, _device(), request))

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """One page."""
        with self.centre.engine.execution_options(read_only=True).connect() as connection:
            reply = answer_snapshot(connection, self.centre, _device(), request)
        self._counted(request, reply)
        return reply

    def _counted(self, request: Any, reply: Any) -> Any:
        self.requests += 1
        self.size += len(encode(request)) + len(encode(reply))
        return reply


def _device() -> KnownDevice:
    return KnownDevice(2, "bench", b"", frozenset({SCOPE}), revoked=False)


def _replica(folder: Path, number: int) -> Replica:
    made = Replica(open_sqlite(folder / f"{number}.db"), number, SigningKey.generate(), lambda: NOW_MS)
    upgrade(made.engine)
    return made


def fill(centre: Replica, wanted: int) -> int:
    """Apply invented batches, sealed as devices seal them, until there are enough rows; returns how many."""
    signer, rows = SigningKey.generate(), 0
    for batch in sample_batches(5, 1.0, SCOPE, 2_000):
        payload = seal_batch(batch, signer)
        with centre.engine.begin() as connection:
            apply_batch(connection, centre, batch, payload)
        rows += batch.rows
        if rows >= wanted:
            break
    return rows


def packed(rows_a_batch: int) -> tuple[Compacted, float]:
    """What packing a log of batches of one size does, and the seconds it takes."""
    with tempfile.TemporaryDirectory() as folder:
        centre = _replica(Path(folder), 1)
        plan = Plan(read_world(resource("catalogue")), 1, Fraction("0.1"))
        with BulkWriter(centre, rows_a_batch=rows_a_batch) as writer:
            load_year(plan, writer.write, [SCOPE])
        start = time.perf_counter()
        done = compact(centre, from_milliseconds(NOW_MS) + dt.timedelta(days=1))
        took = time.perf_counter() - start
        centre.engine.dispose()
    return done, took


@dataclass
class Found:
    """One row of many: what finding and taking it cost, and what taking all of them again would have."""

    healed: Healed
    requests: int
    size: int
    seconds: float
    snapshot_size: int
    snapshot_seconds: float
    rows: int


def found() -> Found:
    """Lose one row of 100,000 and heal it; then catch up by a whole snapshot over rows that are here."""
    with tempfile.TemporaryDirectory() as folder:
        centre, laptop = _replica(Path(folder), 1), _replica(Path(folder), 2)
        rows = fill(centre, ROWS)
        key = centre.signer.public  # type: ignore[attr-defined] # made above as a SigningKey
        line: Any = Line(centre)
        take_snapshot(laptop, line, SCOPE, Pace(), key, lambda _rows, _touched: None)
        with laptop.engine.begin() as connection:
            one = connection.execute(Person.__table__.select().limit(1).offset(777)).one()
            connection.execute(delete(Person).where(Person.id == one.id))
        mend_book(laptop, SCOPE)
        line = Line(centre)
        start = time.perf_counter()
        healed = heal_scope(laptop, line, SCOPE, (1, key), lambda _rows, _touched: None)
        seconds = time.perf_counter() - start
        again: Any = Line(centre)
        start = time.perf_counter()
        take_snapshot(laptop, again, SCOPE, Pace(), key, lambda _rows, _touched: None, anew=True)
        caught_up = time.perf_counter() - start
        with centre.engine.connect() as there, laptop.engine.connect() as here:
            assert read_scopes(there)[SCOPE].digest == read_scopes(here)[SCOPE].digest
        centre.engine.dispose()
        laptop.engine.dispose()
    return Found(healed, line.requests, line.size, seconds, again.size, caught_up, rows)


def main() -> None:
    """Print the section."""
    print("## Re-packing, catching up, healing\n")
    print(
        "Rows of the invented year in signed batches as devices make them. Packing runs in one process; bytes are"
        " those of the log's payloads. Healing and catching up run between two files in one process, bytes both ways.\n"
    )
    print("| changes a batch | entries | packs | bytes a batch | packed to | entries packed/s |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in SIZES:
        done, took = packed(size)
        print(
            f"| {size} | {done.entries:,} | {done.packs} | {done.bytes_before / done.entries:,.0f} |"
            f" {done.bytes_after / done.bytes_before:.0%} | {done.entries / took:,.0f} |"
        )
    one = found()
    print("\n| measure | figure |\n| --- | ---: |")
    print(f"| rows in the scope | {one.rows:,} |")
    print(f"| requests to find and mend one that was lost | {one.requests} |")
    print(f"| bytes for it | {one.size:,} |\n| seconds, both sides' counting included | {one.seconds:.1f} |")
    print(f"| bytes of a whole snapshot instead | {one.snapshot_size:,} |")
    print(f"| catching up by it over rows that are here, rows/s | {one.rows / one.snapshot_seconds:,.0f} |")


if __name__ == "__main__":
    main()
