"""Loads the invented year at scale 1 into the embedded centre and into PostgreSQL, log and digests included."""

import os
import resource as usage
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from sqlalchemy import Engine

from tarahum_desktop.models.engine import open_postgres, open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.synthetic.load import load_national, load_year
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import Row
from tarahum_desktop.synthetic.world import read_world

SEED = 20230101
ADDRESS = "TARAHUM_TEST_POSTGRES"


def load(plan: Plan, write: Callable[[str, list[Row]], object]) -> int:
    """Everything; returns the rows."""

    def tell(scope: str, rows: int) -> None:
        print(f"  {scope}: {rows:,} rows so far", file=sys.stderr, flush=True)

    return load_national(resource("catalogue"), write).total() + load_year(plan, write, progress=tell).total()


def load_into(engine: Engine, plan: Plan) -> tuple[int, float]:
    """Rows and seconds of a load into an empty database."""
    upgrade(engine)
    replica = Replica(engine, 1, SigningKey.generate(), lambda: time.time_ns() // 1_000_000)
    start = time.perf_counter()
    with BulkWriter(replica) as writer:
        rows = load(plan, writer.write)
    seconds = time.perf_counter() - start
    assert writer.written == rows
    engine.dispose()
    return rows, seconds


def main() -> None:
    """Print the table."""
    scale = sys.argv[1] if len(sys.argv) > 1 else "1"
    plan = Plan(read_world(resource("catalogue")), SEED, Fraction(scale))
    start = time.perf_counter()
    rows = load(plan, lambda _entity, _rows: None)
    results = [("made, not stored", rows, time.perf_counter() - start)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "centre.db"
        results.append(("embedded SQLite", *load_into(open_sqlite(path), plan)))
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    if ADDRESS in os.environ:
        results.append(("PostgreSQL", *load_into(open_postgres(os.environ[ADDRESS]), plan)))
    peak = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss // 1024
    print(f"## The invented year at scale {scale}\n")
    print("One process makes the rows and writes them with change log, signatures and digests.\n")
    print("| into | rows | seconds | rows/s |\n| --- | --- | --- | --- |")
    for name, count, seconds in results:
        print(f"| {name} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} |")
    print(f"\nEmbedded file: {size / 1e6:,.0f} MB. Peak memory of the process: {peak:,} MiB.")


if __name__ == "__main__":
    main()
