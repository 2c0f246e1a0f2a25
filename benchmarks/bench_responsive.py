"""How long the window's event loop is held while 100,000 rows arrive from a centre over HTTPS."""

import datetime as dt
import gc
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.processes import PASSPHRASE, finish, in_fresh_process, percentile

ROWS = 100_000
STEP_MILLISECONDS = 5
TARGET_MS = 50
SCOPE = "ryd"
LOGIN = f"{SCOPE}.officer1"
EXCHANGE = "tarahum-exchange"
OTHERS = "other programs"
_SEED = 7
_HELD_FROM = 0.02
_PATIENCE = 600.0


class Watch:
    """Notes how late each tick comes, and what held the late ones."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.own_gaps: list[float] = []
        self.holders: Counter[str] = Counter()
        self._last = (time.perf_counter(), time.thread_time(), _waited())
        self._swept_from = self._swept = 0.0
        gc.callbacks.append(self._sweep)

    def tick(self, *, counts: bool) -> None:
        """One tick; ``counts`` while the exchange runs."""
        before, self._last = self._last, (time.perf_counter(), time.thread_time(), _waited())
        passed, worked, waited = (now - then for now, then in zip(self._last, before, strict=True))
        late = max(0.0, passed - STEP_MILLISECONDS / 1000)
        swept, self._swept = self._swept, 0.0
        if not counts:
            return
        holder = self._holder(late, {OTHERS: waited, "garbage collection": swept, "window": worked})
        self.gaps.append(late)
        if holder != OTHERS:
            self.own_gaps.append(late)
        if late > _HELD_FROM:
            self.holders[holder] += 1

    def _holder(self, late: float, causes: dict[str, float]) -> str:
        found = next((name for name, seconds in causes.items() if seconds > late / 2), "")
        return found or _place_of(EXCHANGE) if late > _HELD_FROM else ""

    def _sweep(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._swept_from = time.perf_counter()
        else:
            self._swept += time.perf_counter() - self._swept_from


def watch(folder: str) -> None:
    """Unlock the real program and watch its ticks while its own exchange runs."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - each role loads its own things only

    from benchmarks.window import start, unlock  # noqa: PLC0415 - as above

    app, program = start(Path(folder))
    unlock(app, program, LOGIN)
    assert program.workspace is not None
    runner = program.workspace.exchanger.runner
    seen = Watch()

    def tick() -> None:
        seen.tick(counts=runner.running)
        if not runner.running and runner.last is not None:
            app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(STEP_MILLISECONDS)
    QTimer.singleShot(round(_PATIENCE * 1000), app.quit)
    runner.start()
    app.exec()
    end = runner.last
    assert end is not None
    if end.outcome is None:
        raise RuntimeError(end.error)
    finish({
        **_figures(seen.gaps), "rows": end.progress.pulled, "seconds": end.seconds, "own": max(seen.own_gaps) * 1000,
        "holders": dict(seen.holders.most_common(5)),
    })  # fmt: skip


def _figures(gaps: list[float]) -> dict[str, Any]:
    return {
        "ticks": len(gaps), "max": max(gaps) * 1000, "p999": percentile(gaps, 0.999) * 1000,
        "p99": percentile(gaps, 0.99) * 1000, "over": sum(gap > TARGET_MS / 1000 for gap in gaps),
    }  # fmt: skip


def _waited() -> float:
    """Seconds that this process's window and exchange, both ready to run, have waited for a processor."""
    tasks = [os.getpid(), *(one.native_id for one in threading.enumerate() if one.name == EXCHANGE)]
    return (
        sum(int(Path(f"/proc/self/task/{task}/schedstat").read_text("ascii").split()[1]) for task in tasks)
        / 1e9
    )


def _place_of(name: str) -> str:
    """Where a thread stands, in our own code: it gave the interpreter away a moment ago."""
    thread = next((one for one in threading.enumerate() if one.name == name), None)
    frame: FrameType | None = sys._current_frames().get(thread.ident or 0) if thread else None  # noqa: SLF001 - documented; there is no other way
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("tarahum_desktop"):
            return f"{module.removeprefix('tarahum_desktop.')}:{frame.f_code.co_name}"
        frame = frame.f_back
    return "elsewhere"


def idle() -> None:
    """The floor: the same ticks in a bare window beside a thread that only sleeps, on this machine at this moment."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - as above
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415 - as above

    app = QApplication([])
    label = QLabel("مرحبا")
    label.show()
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(max(0.0, now - last[0] - STEP_MILLISECONDS / 1000))
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(STEP_MILLISECONDS)
    QTimer.singleShot(10_000, app.quit)
    app.exec()
    finish({**_figures(gaps), "rows": 0, "seconds": 10.0, "own": max(gaps) * 1000, "holders": {}})


def measure(scratch: Path) -> list[tuple[str, dict[str, Any]]]:
    """A centre, two machines that joined before the rows came, and both exchanges."""
    from tarahum_desktop.demo.server_process import ServerProcess  # noqa: PLC0415 - as above
    from tarahum_server.centre import prepare, wall_clock  # noqa: PLC0415 - as above
    from tarahum_server.settings import FILE_NAME, read_settings  # noqa: PLC0415 - as above

    folder = scratch / "centre"
    folder.mkdir()
    (folder / FILE_NAME).write_text(f"port = {_free_port()}\n", "utf-8")
    centre = prepare(read_settings(folder, {}), ["localhost", "127.0.0.1"])
    try:
        codes = _furnish(centre)
        with ServerProcess(folder) as server:
            for name, code in codes.items():
                _join(scratch / name, server.address, name, code, wall_clock, exchanged=name == "log")
            rows = _load(centre)
            print(f"the centre holds {rows:,} rows", file=sys.stderr, flush=True)
            return [
                ("nothing, a bare window", in_fresh_process(__file__, "idle")),
                *(
                    (f"{way} of {rows:,} rows", in_fresh_process(__file__, "watch", str(scratch / name)))
                    for name, way in (("log", "the log"), ("snapshot", "the snapshot"))
                ),
            ]
    finally:
        centre.close()


def _furnish(centre: Any) -> dict[str, str]:
    from tarahum_desktop.resource_files import resource  # noqa: PLC0415 - as above
    from tarahum_desktop.sync.bulk import BulkWriter  # noqa: PLC0415 - as above
    from tarahum_desktop.synthetic.national import staff_rows  # noqa: PLC0415 - as above
    from tarahum_server.devices import Invitee, invite  # noqa: PLC0415 - as above
    from tarahum_server.seeds import seed  # noqa: PLC0415 - as above

    seed(centre)
    with BulkWriter(centre.replica) as writer:
        for entity, rows in staff_rows(resource("catalogue")):
            writer.write(entity, rows)
    return {
        name: invite(centre, Invitee(name, "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
        for name in ("log", "snapshot")
    }


def _join(folder: Path, address: str, name: str, code: str, wall: Any, *, exchanged: bool) -> None:
    from tarahum_desktop.casework.exchanges import exchange_now  # noqa: PLC0415 - as above
    from tarahum_desktop.casework.workplace import Joining, join_centre  # noqa: PLC0415 - as above

    place = join_centre(folder, Joining(address, code, LOGIN, name), PASSPHRASE, wall)
    try:
        if exchanged:
            with place.line() as line:
                exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
    finally:
        place.lock()


def _load(centre: Any) -> int:
    """The invented year of one committee, as large as it takes, in batches as devices send them."""
    from tarahum_desktop.resource_files import resource  # noqa: PLC0415 - as above
    from tarahum_desktop.sync.bulk import BulkWriter  # noqa: PLC0415 - as above
    from tarahum_desktop.synthetic.load import load_year  # noqa: PLC0415 - as above
    from tarahum_desktop.synthetic.plan import Plan  # noqa: PLC0415 - as above
    from tarahum_desktop.synthetic.world import read_world  # noqa: PLC0415 - as above

    class Enough(Exception):
        """Taken what was wanted."""

    taken = 0

    def write(entity: str, rows: list[Any]) -> None:
        nonlocal taken
        if taken >= ROWS:
            raise Enough
        writer.write(entity, rows)
        taken += len(rows)

    writer = BulkWriter(centre.replica, rows_a_batch=200)
    with writer, suppress(Enough):
        load_year(Plan(read_world(resource("catalogue")), _SEED, Fraction(2)), write, [SCOPE])
    return taken


def _free_port() -> int:
    import socket  # noqa: PLC0415 - as above

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    """Print the section."""
    with tempfile.TemporaryDirectory() as scratch:
        lines = measure(Path(scratch))
    print("## The window while rows arrive\n")
    print(
        f"A timer of {STEP_MILLISECONDS} ms ticks in the real program, offscreen and on Today, while its own exchange takes "
        "rows from a centre in another process on this machine. What a tick comes too late is how long the event loop was "
        "held, by the program or by others on the machine: the first line is a bare window at the same moment. «Held by» "
        "names where the exchange stood after ticks more than 20 ms late, the window where it worked itself, or other programs where the kernel says that both "
        "waited for a processor most of that time; «longest by itself» leaves these out.\n"
    )
    print(
        "| while taking | rows | seconds | p99, ms | p99.9, ms | longest, ms | longest by itself, ms | over 50 ms | held by |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for name, found in lines:
        held = ", ".join(f"{place} × {count}" for place, count in found["holders"].items())
        print(
            f"| {name} | {found['rows']:,} | {found['seconds']:.1f} | {found['p99']:.1f} | {found['p999']:.1f} | "
            f"{found['max']:.1f} | {found['own']:.1f} | {found['over']} of {found['ticks']:,} | {held} |"
        )
    print(f"\nAim: never more than {TARGET_MS} ms.")


if __name__ == "__main__":
    roles: dict[str, Callable[..., None]] = {"watch": watch, "idle": idle}
    roles.get(sys.argv[1], main)(*sys.argv[2:]) if sys.argv[1:] else main()
