"""Search-as-you-type over 400,000 invented persons in an encrypted vault: the time of every key typed."""

import statistics
import sys
import time

from sqlalchemy import text

from benchmarks.processes import PASSPHRASE, percentile
from benchmarks.support import OFFICER, cached_office
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.workplace import open_workplace

PERSONS = 400_000
ROUNDS = 3
TARGET_MS = 30
SLOWEST = 5
TYPED = (
    "محمد", "احمد الغامدي", "عبد الله بن سعد", "عبدالرحمن", "نوره القحطاني", "أحمد محمد", "فاطمة بنت علي", "سالم",
    "غامدي", "آل سعود", "1", "10", "1023456", "055", "0551234567", "+966 55", "RYD-2026-1-0004", "ryd-2026", "خالد ع ا",
)  # fmt: skip


def keys(desk: Desk) -> list[tuple[float, float, str]]:
    """Milliseconds of each key by the clock and by the processor, as a person would type the texts."""
    spent = []
    for typed in TYPED:
        for length in range(1, len(typed) + 1):
            begun, worked = time.perf_counter(), time.process_time()
            find(desk, typed[:length])
            work = time.process_time() - worked
            spent.append(((time.perf_counter() - begun) * 1000, work * 1000, typed[:length]))
    return spent


def floor(desk: Desk) -> float:
    """Milliseconds of reading one person by key, the least a query of this store costs; the middle of many."""
    spent = []
    with desk.reading() as connection:
        ids = connection.execute(text("SELECT id FROM person LIMIT 200")).scalars().all()
        for one in ids:
            begun = time.perf_counter()
            connection.execute(text("SELECT first_name FROM person WHERE id = :id"), {"id": one}).all()
            spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    place = open_workplace(
        cached_office(persons), OFFICER.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000
    )
    try:
        rounds = [keys(place.desk) for _ in range(ROUNDS)]
        least = floor(place.desk)
    finally:
        place.lock()
    # The same key has the same work in each round: the middle one is what it costs, the others met other programs.
    typical = [
        (
            statistics.median(wall for wall, _, _ in same),
            statistics.median(work for _, work, _ in same),
            same[0][2],
        )
        for same in zip(*rounds, strict=True)
    ]
    print(f"## Search as you type, {persons:,} persons\n")
    print(
        f"{len(TYPED)} texts (names, numbers, mobiles, file numbers) typed key by key into an encrypted vault, {len(typical)} "
        f"keys, {ROUNDS} times over; the first time begins with nothing read. Beside them one person read by key. Processor time is the firmer figure on a shared machine.\n"
    )
    print("| what | p50, ms | p95, ms | worst, ms | processor p95, ms |\n| --- | ---: | ---: | ---: | ---: |")
    for name, some in (("first time", rounds[0]), ("typical of all times", typical)):
        times, work = [wall for wall, _, _ in some], [work for _, work, _ in some]
        print(
            f"| {name} | {statistics.median(times):.1f} | {percentile(times, 0.95):.1f} | {max(times):.1f} | "
            f"{percentile(work, 0.95):.1f} |"
        )
    print(f"| one person by key | {least:.2f} | | | |")
    slowest = ", ".join(
        f"«{typed}» {spent:.0f}" for spent, _, typed in sorted(typical, reverse=True)[:SLOWEST]
    )
    print(f"\nAim: p95 at most {TARGET_MS} ms. Slowest: {slowest}.")


if __name__ == "__main__":
    main()
