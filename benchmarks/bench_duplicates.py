"""People registered twice among 400,000: the warning while typing, and the pass beside a window that must stay free."""

import os
import resource
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.processes import PASSPHRASE, finish, in_fresh_process, percentile
from benchmarks.support import OFFICER, cached_office

PERSONS: Final = 400_000
TARGET_SECONDS: Final = 60
TARGET_TYPED_MS: Final = 50
TARGET_HELD_MS: Final = 50
STEP_MILLISECONDS: Final = 5
TYPED: Final = 200


def watch(folder: str) -> None:
    """A window's ticks while the whole pass runs in another thread of the same program."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - each role loads its own things only
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415 - as above

    place = _open(folder)
    app = QApplication([])
    label = QLabel("مرحبا")
    label.show()
    gaps: list[float] = []
    done: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: done.append(_pass(place)))
    own: list[float] = []
    last = [time.perf_counter(), _waited()]

    def tick() -> None:
        now, waited = time.perf_counter(), _waited()
        late = max(0.0, now - last[0] - STEP_MILLISECONDS / 1000)
        gaps.append(late)
        if waited - last[1] <= late / 2:
            own.append(late)  # else this program was ready, and others on the machine had its processors
        last[:] = [now, waited]
        if not thread.is_alive():
            app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    thread.start()
    timer.start(STEP_MILLISECONDS)
    app.exec()
    thread.join()
    held = {
        "p99": percentile(gaps, 0.99) * 1000, "max": max(gaps) * 1000, "ticks": len(gaps),
        "over": sum(gap > TARGET_HELD_MS / 1000 for gap in own), "own": max(own) * 1000,
    }  # fmt: skip
    finish({**done[0], **held})


def _waited() -> float:
    """Seconds that the threads of this program, ready to run, have waited for a processor."""
    tasks = Path("/proc/self/task").iterdir()
    return sum(int((task / "schedstat").read_text("ascii").split()[1]) for task in tasks) / 1e9


def _resident() -> float:
    """Megabytes of memory in use now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 2**20


def _open(folder: str) -> Any:
    from tarahum_desktop.casework.workplace import open_workplace  # noqa: PLC0415 - as above

    return open_workplace(Path(folder), OFFICER.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000)


def _pass(place: Any) -> dict[str, Any]:
    from tarahum_desktop.casework.duplicates.scan import (  # noqa: PLC0415 - as above
        look_for_duplicates,
        yielding,
    )
    from tarahum_desktop.casework.exceptions.scan import look_for_exceptions  # noqa: PLC0415 - as above

    before, most = _resident(), [0.0]

    def pause(doing: str, rows: int) -> None:
        most[0] = max(most[0], _resident())
        yielding(doing, rows)

    begun, worked = time.perf_counter(), time.process_time()
    done = look_for_duplicates(place.replica, whole=True, pause=pause)
    seconds, work = time.perf_counter() - begun, time.process_time() - worked
    begun = time.perf_counter()
    look_for_duplicates(place.replica, pause=yielding)
    again = time.perf_counter() - begun
    begun = time.perf_counter()
    troubles = look_for_exceptions(place.replica, yielding)
    return {
        "seconds": seconds, "work": work, "persons": done.persons, "scored": done.scored, "kept": done.kept,
        "again": again, "rules": time.perf_counter() - begun, "troubles": troubles, "memory": most[0] - before,
    }  # fmt: skip


def floor(folder: str) -> None:
    """The least any pass costs: the same columns of every person read once, and nothing done with them."""
    from tarahum_desktop.casework.duplicates.keys import COLUMNS  # noqa: PLC0415 - as above

    place = _open(folder)
    begun = time.perf_counter()
    with place.desk.reading() as connection:
        rows = 0
        for _row in connection.exec_driver_sql(f"SELECT {COLUMNS} FROM person"):  # noqa: S608 - our own columns
            rows += 1
    finish({"seconds": time.perf_counter() - begun, "persons": rows})


def typed(folder: str) -> None:
    """The warning for people who are on record, as the last letter of their name is typed."""
    from tarahum_desktop.casework.duplicates.typed import PersonTyped, similar_people  # noqa: PLC0415 - as above

    place = _open(folder)
    with place.desk.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT first_name, father_name, grandfather_name, family_name, id_number, birth, mobile, mother_name FROM person "
            "WHERE rowid % (SELECT max(rowid) / ? FROM person) = 1",
            (TYPED,),
        ).all()
    spent, warned = [], 0
    for row in rows:
        first, father, grandfather, family, number, birth, mobile, mother = (part or "" for part in row)
        for whole in (False, True):
            asked = PersonTyped(first, father, grandfather, family)
            if whole:
                asked = replace(asked, id_number=number, birth=birth, mother_name=mother, mobile=mobile)
            begun = time.perf_counter()
            found = similar_people(place.desk, asked)
            spent.append((time.perf_counter() - begun) * 1000)
            warned += whole and bool(found)
    finish({
        "p50": statistics.median(spent), "p95": percentile(spent, 0.95), "max": max(spent), "asked": len(spent),
        "warned": warned, "rows": len(rows),
    })  # fmt: skip


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    office = cached_office(persons)
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(Path(scratch) / "vault")
        shutil.copytree(office, folder)  # findings are written
        least = in_fresh_process(__file__, "floor", folder)
        done = in_fresh_process(__file__, "watch", folder)
        asked = in_fresh_process(__file__, "typed", folder)
    print(f"## People registered twice, {persons:,} persons\n")
    print(
        "The whole pass in a thread of a program whose window ticks every "
        f"{STEP_MILLISECONDS} ms; what a tick comes too late is how long the window was held; «by itself» leaves out ticks at which other programs had the processors. The floor reads the same columns of "
        "every person once. Then the pass again with nothing changed, and the warning for people who are on record, with and without more than the name.\n"
    )
    print(
        "| what | seconds | persons/s | pairs scored | proposed | more memory, MB |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    print(f"| bare scan | {least['seconds']:.1f} | {least['persons'] / least['seconds']:,.0f} | | | |")
    print(
        f"| whole pass ({done['work']:.1f} s of processor) | {done['seconds']:.1f} | {done['persons'] / done['seconds']:,.0f} | "
        f"{done['scored']:,} | {done['kept']:,} | {done['memory']:.0f} |"
    )
    print(f"| again, nothing changed | {done['again']:.2f} | | | | |")
    print(f"| all rules of exceptions | {done['rules']:.1f} | | | {done['troubles']:,} | |\n")
    print(
        "| held | p99, ms | longest, ms | longest by itself, ms | of these over 50 ms |\n| --- | ---: | ---: | ---: | ---: |"
    )
    print(
        f"| window | {done['p99']:.1f} | {done['max']:.1f} | {done['own']:.1f} | {done['over']} of {done['ticks']:,} |\n"
    )
    print("| warning while typing | p50, ms | p95, ms | worst, ms |\n| --- | ---: | ---: | ---: |")
    print(f"| {asked['asked']} times | {asked['p50']:.1f} | {asked['p95']:.1f} | {asked['max']:.1f} |")
    print(
        f"\nOf {asked['rows']} people with everything typed, {asked['warned']} were found. Aims: pass at most {TARGET_SECONDS} s, window held at most {TARGET_HELD_MS} ms, "
        f"warning p95 at most {TARGET_TYPED_MS} ms."
    )


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    roles: dict[str, Callable[..., None]] = {"watch": watch, "floor": floor, "typed": typed}
    roles.get(sys.argv[1], main)(*sys.argv[2:]) if sys.argv[1:] else main()
