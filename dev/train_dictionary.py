"""Makes ``resources/sync/batch-1.zdict`` from an invented year, with a seed no test or benchmark uses.

Run once a format version: a shipped dictionary never changes, because batches made with it live for years.
``python -m dev.train_dictionary OUTPUT``
"""

import random
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import zstandard

from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import columns_of
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.clock import make_stamp
from tarahum_desktop.sync.codec.body import pack_body
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.rows import committee_rows
from tarahum_desktop.synthetic.world import read_world

SEED = 977
DICTIONARY_BYTES = 112_640
SIZES = (20, 50, 100, 200, 400)


def sample_batches(seed: int, scale: float, committee: str, rows_a_batch: int) -> list[Batch]:
    """Batches such as an office makes: whole families, one clock reading for each chunk."""
    plan = Plan(read_world(resource("catalogue")), seed, Fraction(str(scale)))
    batches = []
    device, sequence, reading = 7, 1, to_milliseconds_of_start()
    for chunk in committee_rows(plan, committee, rows_a_batch):
        first, groups = sequence, []
        reading += random.Random(sequence).randrange(1 << 34)  # noqa: S311 - spacing of invented clock readings
        for entity, rows in chunk:
            groups.append(columns_of(entity, rows, make_stamp(reading, device), sequence))
            sequence += len(rows)
        batches.append(Batch(BatchHeader(1, committee, device, first, sequence - 1, {}), groups, []))
    return batches


def to_milliseconds_of_start() -> int:
    """A clock reading in 2023."""
    return 1_672_531_200_000 << 16


def main(output: Path) -> None:
    """Train on several batch sizes, so that small and large ones both find their words."""
    samples: list[Any] = []
    for size in SIZES:
        samples += [pack_body(batch)[0] for batch in sample_batches(SEED, 0.05, "ryd", size)]
    trained: Any = zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=9)
    output.write_bytes(trained.as_bytes())
    print(f"{len(samples)} samples, {sum(map(len, samples))} bytes, dictionary {output.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
