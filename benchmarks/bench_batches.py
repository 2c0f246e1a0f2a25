"""Batches of 200 rows: bytes a row against the columnar floor, and rows a second each way.

The floor is the same rows as columnar MessagePack (ids as 16 bytes) under zstd-19 with a dictionary of the
same size, trained on the same other world; it has no stamps, authors or signature, ours has.
"""

import time
from collections.abc import Callable
from typing import Any

import msgspec
import zstandard

from dev.train_dictionary import DICTIONARY_BYTES, SEED, SIZES, sample_batches
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.codec.body import pack_body
from tarahum_desktop.sync.codec.envelope import open_batch, seal_batch
from tarahum_desktop.sync.signatures import SigningKey, verify

ROUNDS = 5


def floor_document(batch: Batch) -> bytes:
    """The rows as columnar MessagePack."""
    return msgspec.msgpack.encode(
        [[group.entity, group.names, group.row_ids, group.columns] for group in batch.inserts]
    )


def floor_compressor() -> zstandard.ZstdCompressor:
    """zstd-19 with a dictionary trained on the floor's own documents."""
    samples = [floor_document(batch) for size in SIZES for batch in sample_batches(SEED, 0.05, "ryd", size)]
    dictionary = zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=19)
    return zstandard.ZstdCompressor(level=19, dict_data=dictionary)


def best_seconds(work: Callable[[], Any]) -> float:
    """The shortest of several runs."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the table."""
    key = SigningKey.generate()
    batches = [batch for code in ("jed", "asr", "qsm") for batch in sample_batches(5, 0.1, code, 200)]
    rows = sum(batch.rows for batch in batches)
    floor = floor_compressor()
    floor_bytes = sum(len(floor.compress(floor_document(batch))) for batch in batches)
    payloads = [seal_batch(batch, key) for batch in batches]
    ours = sum(map(len, payloads))
    packing = best_seconds(lambda: [pack_body(batch) for batch in batches])
    sealing = best_seconds(lambda: [seal_batch(batch, key) for batch in batches])
    opening = best_seconds(
        lambda: [open_batch(payload, lambda _device: key.public, verify) for payload in payloads]
    )
    print("## Batches of 200 rows\n")
    print(
        f"{rows} rows of the invented year in {len(batches)} batches. Ours carries stamps, authors and signature; the floor is"
    )
    print(
        "columnar MessagePack under zstd-19 with a dictionary of the same size. Aims: at most 1.15 times the floor, 50,000 rows/s.\n"
    )
    print("| measure | figure |\n| --- | --- |")
    print(f"| bytes a row, ours | {ours / rows:.1f} |")
    print(f"| bytes a row, floor (zstd-19, no stamps, no signature) | {floor_bytes / rows:.1f} |")
    print(f"| ratio | {ours / floor_bytes:.2f} |")
    print(f"| columns only, rows/s | {rows / packing:,.0f} |")
    print(f"| encode and sign, rows/s | {rows / sealing:,.0f} |")
    print(f"| verify and decode, rows/s | {rows / opening:,.0f} |")


if __name__ == "__main__":
    main()
