"""A new device takes 100,000 rows: pages made by a centre, signed, verified and put into an encrypted replica."""

import resource
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dev.train_dictionary import sample_batches
from tarahum_desktop.models.engine import open_sqlcipher, open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.messages import SnapshotReply, SnapshotRequest
from tarahum_desktop.sync.exchange.pace import Pace
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot, take_snapshot
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey

ROWS = 100_000
SCOPE = "ryd"
NOW_MS = 1_900_000_000_000


@dataclass
class Line:
    """Hands each request to the answering half and keeps the time that took."""

    centre: Replica
    answering: float = 0.0
    sizes: list[int] = field(default_factory=list)

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """One page."""
        start = time.perf_counter()
        device = KnownDevice(2, "bench", b"", frozenset({SCOPE}), revoked=False)
        with self.centre.engine.execution_options(read_only=True).connect() as connection:
            reply = answer_snapshot(connection, self.centre, device, request)
        self.answering += time.perf_counter() - start
        self.sizes.append(len(reply.page))
        return reply


def fill(centre: Replica) -> int:
    """Apply invented batches until there are enough rows; returns how many."""
    rows = 0
    for batch in sample_batches(5, 1.0, SCOPE, 2_000):
        with centre.engine.begin() as connection:
            apply_batch(connection, centre, batch, b"")
        rows += batch.rows
        if rows >= ROWS:
            break
    return rows


def main() -> None:
    """Print the section."""
    with tempfile.TemporaryDirectory() as folder:
        centre = Replica(open_sqlite(Path(folder) / "centre.db"), 1, SigningKey.generate(), lambda: NOW_MS)
        upgrade(centre.engine)
        fill(centre)
        key = SigningKey.generate()
        centre.signer = key
        laptop = Replica(
            open_sqlcipher(Path(folder) / "laptop.db", bytes(range(32))),
            2,
            SigningKey.generate(),
            lambda: NOW_MS,
        )
        upgrade(laptop.engine)
        line: Any = Line(centre)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        rows = take_snapshot(laptop, line, SCOPE, Pace(), key.public, lambda _rows, _touched: None)
        took = time.perf_counter() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        with centre.engine.connect() as there, laptop.engine.connect() as here:
            assert read_scopes(there)[SCOPE].digest == read_scopes(here)[SCOPE].digest
        centre.engine.dispose()
        laptop.engine.dispose()
    report(rows, took, line, grown)


def report(rows: int, took: float, line: Line, grown: int) -> None:
    """Print method and table."""
    print("## Snapshot of a new device\n")
    print(
        f"A centre on a plain file answers page by page in the same process, a new SQLCipher replica verifies and inserts; the "
        f"page size doubles from {Pace().rows} rows. At the end both digests are equal.\n"
    )
    print("| measure | figure |\n| --- | ---: |")
    print(f"| rows | {rows:,} |\n| rows/s, both sides in one process | {rows / took:,.0f} |")
    print(f"| rows/s, the taking side alone | {rows / (took - line.answering):,.0f} |")
    print(f"| bytes a row | {sum(line.sizes) / rows:.1f} |\n| pages | {len(line.sizes)} |")
    print(f"| memory grown at the peak, MiB | {grown / 1024:.0f} |")


if __name__ == "__main__":
    main()
