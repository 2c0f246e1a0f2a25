"""The prison desk over 400,000 invented persons in an encrypted vault: what each key and each list asks for."""

import statistics
import sys
import time
from collections.abc import Callable

from sqlalchemy import text

from benchmarks.processes import PASSPHRASE, percentile
from benchmarks.support import SUPERVISOR, cached_office
from tarahum_desktop.casework.courses.courses import courses
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.kept_work import kept_work
from tarahum_desktop.casework.prison.arrival_people import alike, known_by_numbers
from tarahum_desktop.casework.prison.custody_faults import custody_faults
from tarahum_desktop.casework.prison.desk_place import prison_place
from tarahum_desktop.casework.prison.leaving import find_inside, leaving_soon
from tarahum_desktop.casework.prison.name_hints import name_hints
from tarahum_desktop.casework.prison.requests import requests
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.domain.names import split_name

PERSONS = 400_000
ROUNDS = 7
TARGET_MS = 50
NAMES = (
    "محمد عبدالله سعد القحطاني",
    "عبدالرحمن بن فهد بن علي الغامدي",
    "خالد سعد محمد الحربي",
    "علي حسن سالم الزهراني",
)


def questions(desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    """Each question by its words for the report."""
    with desk.reading() as connection:
        query = "SELECT id_number FROM person WHERE id_number IS NOT NULL LIMIT 200 OFFSET 1000"
        numbers = [row[0] for row in connection.execute(text(query))]
    return [
        ("the desk's place", lambda: prison_place(desk)),
        ("one number", lambda: known_by_numbers(desk, numbers[:1])),
        ("200 numbers, a part of a pasted block", lambda: known_by_numbers(desk, numbers)),
        *((f"same name: {name}", lambda name=name: alike(desk, split_name(name))) for name in NAMES),  # type: ignore[misc]  # a default binds the name
        ("common names", lambda: name_hints(desk)),
        ("who leaves soon", lambda: leaving_soon(desk)),
        ("inside by name", lambda: find_inside(desk, "محمد القحط")),
        ("inside by one letter", lambda: find_inside(desk, "م")),
        ("inside by number", lambda: find_inside(desk, "45")),
        ("waiting requests", lambda: requests(desk)),
        ("courses", lambda: courses(desk)),
        ("kept work of each user", lambda: kept_work(desk)),
    ]


def main() -> int:
    """Ask everything several times; returns 1 when a question is slower than it may be."""
    place = open_workplace(
        cached_office(PERSONS), SUPERVISOR.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000
    )
    slow = 0
    try:
        for name, ask in questions(place.desk):
            ask()
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                ask()
                times.append((time.perf_counter() - start) * 1000)
            worst = percentile(times, 95)
            slow += worst > TARGET_MS
            print(f"{name:45} median {statistics.median(times):7.1f} ms  p95 {worst:7.1f} ms")
        start = time.perf_counter()
        with place.desk.reading() as connection:
            found = sum(1 for _ in custody_faults(connection, ["ryd", "jed", "est"]))
        print(
            f"all stays looked through (in the background): {time.perf_counter() - start:.1f} s, {found} faults"
        )
    finally:
        place.lock()
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
