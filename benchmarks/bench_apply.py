"""Applying batches to an encrypted replica, beside a plain bulk insert of the same rows.

The yardstick is what SQLAlchemy Core does with lists of dictionaries of model values: no signature, no merge,
no digest, no log. Both commit after the same rows.
"""

import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from dev.train_dictionary import sample_batches
from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.change import Batch, InsertGroup
from tarahum_desktop.sync.codec.envelope import open_batch, seal_batch
from tarahum_desktop.sync.replica import Replica, RowIndex
from tarahum_desktop.sync.shapes import from_wire, shapes
from tarahum_desktop.sync.signatures import SigningKey, verify

ROUNDS = 3
ROWS_A_BATCH = 2_000
NOW_MS = 1_900_000_000_000


def models_of(group: InsertGroup, scope: str) -> list[dict[str, Any]]:
    """The rows of a group as a program would hand them to SQLAlchemy."""
    known = shapes()[group.entity].by_name
    rows: list[dict[str, Any]] = []
    for at, row_id in enumerate(group.row_ids):
        author = group.authors[at]
        row = {
            "id": uuid.UUID(bytes=row_id),
            "scope": scope,
            "stamp": group.stamps[at],
            "author": uuid.UUID(bytes=author) if author else None,
        }
        for name, column in zip(group.names, group.columns, strict=True):
            row[name] = from_wire(known[name].kind, column[at])
        rows.append(row)
    return rows


def seconds(work: Callable[[Engine], None]) -> float:
    """How long the work takes on a new encrypted database."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlcipher(Path(folder) / "replica.db", bytes(range(32)))
        try:
            upgrade(engine)
            start = time.perf_counter()
            work(engine)
            return time.perf_counter() - start
        finally:
            engine.dispose()


def main() -> None:
    """Print the section."""
    key = SigningKey.generate()
    batches: list[Batch] = [b for code in ("jed", "asr") for b in sample_batches(5, 0.1, code, ROWS_A_BATCH)]
    payloads = [seal_batch(batch, key) for batch in batches]
    plain = [
        [(shapes()[g.entity].table, models_of(g, batch.header.scope)) for g in batch.inserts]
        for batch in batches
    ]
    rows = sum(batch.rows for batch in batches)

    def insert_plainly(engine: Engine) -> None:
        for groups in plain:
            with engine.begin() as connection:
                for table, records in groups:
                    connection.execute(insert(table), records)

    def receive(indexes: tuple[RowIndex, ...]) -> Callable[[Engine], None]:
        def work(engine: Engine) -> None:
            replica = Replica(engine, 1, key, lambda: NOW_MS, indexes=indexes)
            for payload in payloads:
                batch = open_batch(payload, lambda _device: key.public, verify)
                with engine.begin() as connection:
                    apply_batch(connection, replica, batch, payload)

        return work

    best = [float("inf")] * 3
    for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine meets all of them
        works = (insert_plainly, receive(()), receive((PersonIndex(),)))
        best = [min(known, seconds(work)) for known, work in zip(best, works, strict=True)]
    report(rows, len(batches), best)


def report(rows: int, batches: int, best: list[float]) -> None:
    """Print method and table."""
    print("## Applying batches\n")
    print(
        f"{rows:,} rows of an invented year in {batches} signed batches go into a new SQLCipher database, one transaction a "
        "batch, with the disk asked to keep each. Applying verifies, decodes, checks every value, inserts, and keeps digest, "
        f"vector, clock and log. Beside it the same rows as one Core `insert()` a table and batch. Best of {ROUNDS}, in turns.\n"
    )
    print("| way | rows/s | to the plain insert |\n| --- | ---: | ---: |")
    names = ("SQLAlchemy Core bulk insert", "verify, decode and apply", "the same with the index of persons")
    for name, took in zip(names, best, strict=True):
        print(f"| {name} | {rows / took:,.0f} | {best[0] / took:.2f} |")


if __name__ == "__main__":
    main()
