"""The same new rows from one desktop to a server and on to a second desktop: this program beside Anki, PouchDB and Kinto."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable

from benchmarks.peers import anki_peer, kinto_peer, ours, pouchdb_peer
from benchmarks.peers.install import Missing, anki_python, kinto_python, pouchdb_project
from benchmarks.peers.legs import WAYS, Leg, busy_share

FEW, SOME, MANY = 1_000, 10_000, 100_000
ROUNDS = {FEW: 3, SOME: 3, MANY: 1}
OURS, ANKI = "Tarahum", "Anki"
POUCH, POUCH_WIDE = "PouchDB, batches of 100 (default)", "PouchDB, batches of 1,000"
KINTO, KINTO_WIDE = "Kinto in memory, batches of 25 (default)", "Kinto in memory, batches of 200"
KINTO_KEPT = "Kinto on PostgreSQL, batches of 200"
# What takes a peer many minutes is left out, and what takes it some is done in the first round only.
TOO_SLOW = frozenset(
    {(POUCH, MANY), (KINTO, SOME), (KINTO, MANY), (KINTO_WIDE, MANY), (KINTO_KEPT, SOME), (KINTO_KEPT, MANY)}
)
ONCE = frozenset({(POUCH_WIDE, MANY), (KINTO_WIDE, SOME)})
Peer = Callable[[int], list[Leg]]
Results = dict[tuple[str, int, str], list[Leg]]


def peers(missing: list[str]) -> dict[str, Peer]:
    """Whoever can be measured here; those who cannot are named with the reason."""
    found: dict[str, Peer] = {OURS: ours.legs_beside_peers}
    try:
        anki_python()
        found[ANKI] = anki_peer.legs
    except Missing as reason:
        missing.append(f"Anki was not measured: {reason}.")
    try:
        pouchdb_project()
        found[POUCH] = lambda rows: pouchdb_peer.legs(rows, 100)
        found[POUCH_WIDE] = lambda rows: pouchdb_peer.legs(rows, 1_000)
    except Missing as reason:
        missing.append(f"PouchDB was not measured: {reason}.")
    try:
        kinto_python()
        found[KINTO] = lambda rows: kinto_peer.legs(rows, kinto_peer.DEFAULT_BATCH, "")
        found[KINTO_WIDE] = lambda rows: kinto_peer.legs(rows, kinto_peer.WIDE_BATCH, "")
        if os.environ.get(ours.ADDRESS):
            found[KINTO_KEPT] = _kinto_on_postgres
    except Missing as reason:
        missing.append(f"Kinto was not measured: {reason}.")
    return found


def _kinto_on_postgres(rows: int) -> list[Leg]:
    with ours.fresh_database() as database:
        return kinto_peer.legs(
            rows, kinto_peer.WIDE_BATCH, database.replace("postgresql+psycopg", "postgresql")
        )


def amounts() -> dict[int, int]:
    """Rounds by amount of rows; the large amount only when asked for, as it takes minutes."""
    given = os.environ.get("TARAHUM_BENCH_ROWS")
    if given:
        return {int(rows): 1 for rows in given.split(",")}
    full = os.environ.get("BENCH_FULL") == "1"
    return {rows: rounds for rows, rounds in ROUNDS.items() if full or rows != MANY}


def run(found: dict[str, Peer], busy: list[float]) -> Results:
    """All rounds; in each the programs take turns, so that a busy moment of the machine meets all of them."""
    results: Results = {}
    end = time.monotonic() + 60 * float(os.environ.get("TARAHUM_BENCH_MINUTES", "120"))
    wanted = amounts()
    for each in range(max(wanted.values())):
        for rows in (rows for rows, rounds in wanted.items() if each < rounds):
            for name, peer in found.items():
                if time.monotonic() > end or (name, rows) in (TOO_SLOW | ONCE if each else TOO_SLOW):
                    continue
                busy.append(busy_share())
                print(f"  {rows:,} rows by {name}", file=sys.stderr, flush=True)
                for leg in peer(rows):
                    results.setdefault((name, rows, leg.way), []).append(leg)
                    print(f"    {leg}", file=sys.stderr, flush=True)
    return dict(sorted(results.items(), key=lambda found: found[0][1]))


def middle(numbers: Iterable[float]) -> float:
    """The median."""
    return statistics.median(list(numbers))


def spread(legs: list[Leg]) -> str:
    """Rows a second: the median, and from where to where when there were several rounds."""
    speeds = sorted(leg.speed for leg in legs)
    shown = f"{middle(speeds):,.0f}"
    return shown if len(speeds) == 1 else f"{shown} ({speeds[0]:,.0f}–{speeds[-1]:,.0f})"


def table(results: Results) -> None:
    """Every program, amount and way."""
    print(
        "| program | rows | way | rows/s | rows/s of processor | bytes a row, up + down | requests | client's peak, MiB | server's peak, MiB |"
    )
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for (name, rows, way), legs in results.items():
        up = middle(leg.bytes_up / leg.rows for leg in legs)
        down = middle(leg.bytes_down / leg.rows for leg in legs)
        requests = middle(leg.requests for leg in legs)
        client, server = (max(leg.client_mib for leg in legs), max(leg.server_mib for leg in legs))
        print(
            f"| {name} | {rows:,} | {way} | {spread(legs)} | {middle(leg.work for leg in legs):,.0f} | {up:.1f} + {down:.1f} | {requests:.0f} | {client} | {server} |"
        )


def ratios(results: Results) -> None:
    """Ours to each peer."""
    print(
        "\n| Tarahum to | rows | speed "
        + " | speed ".join(WAYS)
        + " | by processor "
        + " | by processor ".join(WAYS)
        + " | bytes "
        + " | bytes ".join(WAYS)
        + " |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, rows in dict.fromkeys((name, rows) for name, rows, _ in results if name != OURS):
        cells = []
        for measure in (lambda leg: leg.speed, lambda leg: leg.work, lambda leg: leg.bytes_a_row):
            for way in WAYS:
                if (OURS, rows, way) not in results:
                    continue
                mine, theirs = (middle(map(measure, results[who, rows, way])) for who in (OURS, name))
                cells.append(f"{mine / theirs:.2f}")
        print(f"| {name} | {rows:,} | {' | '.join(cells)} |")


METHOD = """\
The rows are one committee's share of the invented year in its own mixture (families, persons, memberships, consents,
custody, cases, visits, ratings, plan items, deliveries, follow-ups). Every program gets the same rows: here as model rows
saved through captured sessions, in PouchDB as JSON documents without empty fields, in Anki as notes, one a row, whose type
is the table and whose fields are the texts of all the row's fields, its id and author among them. Anki makes one card a note.
In Kinto a row is a record of one collection; its taker keeps the text of each record in a plain SQLite file.

This program runs as it ships: SQLCipher files, HTTPS, signed requests and batches, merge, digests compared at the end, a
centre with one worker on an embedded SQLite file, as the peers' servers keep theirs embedded. The peers have no TLS, no signatures and no encrypted files. Each client starts with its
rows saved and its login done; the clock runs from the word to go until the client says that it has finished. Bytes are TCP
payload at a counting proxy on the loopback address, TLS handshake and headers included. Peak memory counts from the word to
go, for the client and the server's own process, PostgreSQL not included. Seconds of processor are those of the client and the server; where the machine is busy they
are the firmer figure. All processes share one machine of {processors} processors; the programs take turns ({rounds}; medians, with least–most).
Before the rounds other programs kept {busy:.0%} of the processors busy (least {least:.0%}, most {most:.0%}).
"""


def main() -> None:
    """Print the section."""
    missing: list[str] = []
    busy: list[float] = []
    found = peers(missing)
    results = run(found, busy)
    versions = [f"Anki {anki_peer.version()}"] if ANKI in found else []
    versions += [f"Kinto {kinto_peer.version()}"] if KINTO in found else []
    versions += [f"PouchDB {pouchdb_peer.version()}"] if POUCH in found else []
    print("## New rows, beside Anki, PouchDB and Kinto\n")
    print(
        METHOD.format(
            processors=os.cpu_count(),
            rounds=", ".join(
                f"{rows:,} rows in {times} {'rounds' if times > 1 else 'round'}"
                for rows, times in amounts().items()
            ),
            busy=statistics.mean(busy),
            least=min(busy),
            most=max(busy),
        )
    )
    print(" ".join([*[f"Measured: {', '.join(versions)}."] * bool(versions), *missing]) + "\n")
    table(results)
    ratios(results)
    print(
        "\nAims: 5 times PouchDB's speed at a fifth of its bytes; faster than Anki both ways at 0.6 of its bytes."
    )


if __name__ == "__main__":
    main()
