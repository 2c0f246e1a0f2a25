"""Search over 400,000 invented persons in an encrypted vault: every key typed, parts, misspellings, numbers and filters."""

import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import text

from benchmarks.processes import PASSPHRASE, percentile
from benchmarks.support import OFFICER, cached_office
from tarahum_desktop.bootstrap.sweeping import spare_what_stays
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_index import memory_of
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.search.lists import SORTS, Filters, Wish, browse
from tarahum_desktop.casework.workplace import Workplace, open_workplace

PERSONS = 400_000
ROUNDS = 3
TARGET_MS = 50
FIRST_PAINT_MS = 100
SLOWEST = 5
TYPED = (
    "محمد", "احمد الغامدي", "عبد الله بن سعد", "عبدالرحمن", "نوره القحطاني", "أحمد محمد", "فاطمة بنت علي", "سالم",
    "غامدي", "آل سعود", "1", "10", "1023456", "055", "0551234567", "+966 55", "RYD-2026-1-0004", "ryd-2026", "خالد ع ا",
)  # fmt: skip
PARTS = ("رحمن", "هراني", "عزيز", "حطان", "خالد حطان", "محمد رحمن")
MISSPELT = (
    "قحظاني", "القحتاني", "غمدي", "الغامذي", "محمم", "عبدالرحمان", "خالد القحظاني", "حمد الغمدي", "زهرني", "سلعم", "ظظظظ",
)  # fmt: skip
NUMBERS = ("4567", "123456", "00034", "12-00034", "1234567", "99999999", "RYD-2026-1-000034-1")
PLACES = ("النسيم", "حي النسيم", "محمد النسيم")
FILTERS = (
    Filters(), Filters(overdue=True), Filters(state="active", overdue=True), Filters(children=True, women=True),
    Filters(committee="jed", kind="prisoner"), Filters(need="BC-06", old_study=True), Filters(place="riyadh"),
)  # fmt: skip
WORDS_OF_LISTS = ("", "محمد", "م", "القحظاني", "عبد الله", "النسيم")


class Asked(NamedTuple):
    """One question: its words for the report, and how it is asked."""

    name: str
    ask: Callable[[], object]


def typed_by_key(desk: Desk, texts: tuple[str, ...]) -> list[Asked]:
    """Each beginning of each text, as a person types it."""
    return [
        Asked(text[:length], lambda part=text[:length]: find(desk, part))  # type: ignore[misc]  # a default binds the part
        for text in texts
        for length in range(1, len(text) + 1)
    ]


def lists(desk: Desk) -> list[Asked]:
    """Filters with and without words, in each order; the first page of 200 and a later one."""
    wishes = [
        Wish(typed, filters, SORTS[at % len(SORTS)], 0 if at % 2 else 400)
        for at, (typed, filters) in enumerate(
            (typed, filters) for typed in WORDS_OF_LISTS for filters in FILTERS
        )
    ]
    return [
        Asked(f"{wish.typed} {wish.filters.chosen()}", lambda wish=wish: browse(desk, wish))  # type: ignore[misc]  # as above
        for wish in wishes
    ]


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


def timed(asked: list[Asked]) -> list[tuple[float, float]]:
    """Milliseconds of each question by the clock and by the processor."""
    spent = []
    for one in asked:
        begun, worked = time.perf_counter(), time.process_time()
        one.ask()
        work = time.process_time() - worked
        spent.append(((time.perf_counter() - begun) * 1000, work * 1000))
    return spent


def row(name: str, asked: list[Asked], least: float) -> str:
    """A line of the table; the same question has the same work in each round, so the middle is what it costs."""
    rounds = [timed(asked) for _ in range(ROUNDS)]
    typical = [statistics.median(wall for wall, _ in same) for same in zip(*rounds, strict=True)]
    work = [statistics.median(work for _, work in same) for same in zip(*rounds, strict=True)]
    first = percentile([wall for wall, _ in rounds[0]], 0.95)
    worst = sorted(zip(typical, (one.name for one in asked), strict=True), reverse=True)[:SLOWEST]
    p95 = percentile(typical, 0.95)
    slowest = ", ".join(f"«{words.strip()}» {spent:.0f}" for spent, words in worst)
    return (
        f"| {name} | {len(asked)} | {first:.1f} | {statistics.median(typical):.1f} | {p95:.1f} | "
        f"{percentile(work, 0.95):.1f} | {p95 / least:.0f} | {slowest} |"
    )


def report(place: Workplace, persons: int) -> None:
    """Print method and tables."""
    desk, memory = place.desk, memory_of(place.replica)
    cold = timed(typed_by_key(desk, ("محمد القحطاني",)))
    begun = time.perf_counter()
    memory.warm(place.replica.engine, desk.today().isoformat())
    warmed = time.perf_counter() - begun
    spare_what_stays()  # as the program does
    least = floor(desk)
    print(f"## Search and lists, {persons:,} persons\n")
    print(
        f"Into an encrypted vault; each question {ROUNDS} times over. The floor is one person read by key: {least:.2f} ms. "
        f"Before anything was read, the keys of one name took {max(wall for wall, _ in cold):.0f} ms at most. Warming after unlocking reads words, "
        f"numbers and the facts of families in {warmed:.1f} s on a thread of its own.\n"
    )
    print(
        "| what | questions | first time p95, ms | p50, ms | p95, ms | processor p95, ms | p95 to the floor | slowest, ms |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for name, texts in (
        ("names and numbers, key by key", TYPED), ("parts of words", PARTS), ("misspelt names", MISSPELT),
        ("parts of numbers, serials", NUMBERS), ("places", PLACES),
    ):  # fmt: skip
        print(row(name, typed_by_key(desk, texts), least))
    print(row("filters, words and orders, 200 rows with counts", lists(desk), least))
    print(f"\nAim: p95 at most {TARGET_MS} ms, and the first 200 rows of a list within {FIRST_PAINT_MS} ms.")


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    place = open_workplace(
        cached_office(persons), OFFICER.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000
    )
    try:
        report(place, persons)
    finally:
        place.lock()


if __name__ == "__main__":
    main()
