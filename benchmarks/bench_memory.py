"""What the open program keeps in memory with 40,000 persons in the vault."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import finish, in_fresh_process, medians

PERSONS = 40_000
ROUNDS = 3
TARGET_MB = 200


def pss_mb() -> float:
    """This process's proportional share of memory in MB, as the kernel counts it."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def floor() -> None:
    """A bare window."""
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415 - each role loads its own things only

    app = QApplication([])
    label = QLabel("مرحبا")
    label.resize(1280, 800)
    label.show()
    app.processEvents()
    finish({"bare": pss_mb()})


def measure(folder: str) -> None:
    """Lock screen, Today, then a search."""
    from benchmarks.window import screen, start, unlock, wait  # noqa: PLC0415 - as above
    from tarahum_desktop.ui.families.view import FamiliesView  # noqa: PLC0415 - as above

    app, program = start(Path(folder))
    locked = pss_mb()
    unlock(app, program, "officer")
    today = pss_mb()
    assert program.workspace is not None
    assert program.workspace.window is not None
    program.workspace.window.open_screen("families")
    families = screen(program, "families")
    assert isinstance(families, FamiliesView)
    for length in range(1, 8):
        families.presenter.search("احمد ال"[:length])
        app.processEvents()
    wait(app, lambda: families.table.model().rowCount() > 0)
    finish({"locked": locked, "today": today, "searched": pss_mb()})


def main() -> None:
    """Print the section."""
    from benchmarks.support import cached_office  # noqa: PLC0415 - not part of what is measured

    folder = str(cached_office(PERSONS))
    bare = medians([in_fresh_process(__file__, "floor") for _ in range(ROUNDS)])["bare"]
    found = medians([in_fresh_process(__file__, "measure", folder) for _ in range(ROUNDS)])
    print(f"## Memory with {PERSONS:,} persons\n")
    print(
        "Proportional set size (smaps_rollup) of the real program, offscreen, in a fresh process; medians of "
        f"{ROUNDS} runs beside a bare PySide6 window.\n"
    )
    print("| state | MB | times the bare window |\n| --- | ---: | ---: |")
    for name, size in (
        ("a bare window", bare), ("lock screen", found["locked"]), ("Today", found["today"]),
        ("Today and Families after a search", found["searched"]),
    ):  # fmt: skip
        print(f"| {name} | {size:.0f} | {size / bare:.1f} |")
    print(f"\nAim: at most {TARGET_MB} MB with everything open.")


if __name__ == "__main__":
    roles: dict[str, Callable[..., None]] = {"floor": floor, "measure": measure}
    roles.get(sys.argv[1], main)(*sys.argv[2:]) if sys.argv[1:] else main()
