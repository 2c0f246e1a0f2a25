"""From starting Python to a painted lock screen, against the least a Qt program from Python can be."""

import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import finish, in_fresh_process, medians, since_spawn

ROUNDS = 15
TARGET = 2.5


def floor() -> None:
    """A bare window with one word from right to left."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - each role loads its own things only
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415 - as above

    app = QApplication([])
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    label = QLabel("مرحبا")
    label.resize(1280, 800)
    label.show()
    label.repaint()
    app.processEvents()
    finish({"wall": since_spawn(), "cpu": time.process_time()})


def lock(folder: str) -> None:
    """The program until its lock screen names who may enter; what it loads after that, while somebody types, is not counted."""
    from benchmarks.window import start  # noqa: PLC0415 - as above

    start(Path(folder))
    finish({"wall": since_spawn(), "cpu": time.process_time()})


def main() -> None:
    """Print the section."""
    from tarahum_desktop.models.migrations import upgrade  # noqa: PLC0415 - as above
    from tarahum_desktop.vault.vault import UserSlot, create_vault  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as scratch:
        folder = str(Path(scratch) / "vault")
        with create_vault(Path(folder), UserSlot("officer", uuid.uuid4()), "a bench passphrase") as vault:
            upgrade(vault.engine)
        roles = {"a bare window": ("floor",), "the lock screen": ("lock", folder)}
        runs = {
            name: [in_fresh_process(__file__, *role)] for name, role in roles.items()
        }  # compiles, fills caches
        for _ in range(ROUNDS):
            for name, role in roles.items():
                runs[name].append(in_fresh_process(__file__, *role))
    found = {name: medians(some[1:]) for name, some in runs.items()}
    bare = found["a bare window"]
    print("## Start\n")
    print(
        f"From the process's start until everything is painted, offscreen; medians of {ROUNDS} runs, a bare PySide6 window "
        "with one right-to-left label and the program taking turns. Processor time counts all threads and is the firmer "
        "figure where a machine is shared.\n"
    )
    print("| what | wall, ms | ratio | processor, ms | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for name, figures in found.items():
        wall, cpu = figures["wall"], figures["cpu"]
        print(
            f"| {name} | {wall * 1000:.0f} | {wall / bare['wall']:.2f} | {cpu * 1000:.0f} | {cpu / bare['cpu']:.2f} |"
        )
    print(f"\nAim: at most {TARGET} times the bare window.")


if __name__ == "__main__":
    roles: dict[str, Callable[..., None]] = {"floor": floor, "lock": lock}
    roles.get(sys.argv[1], main)(*sys.argv[2:]) if sys.argv[1:] else main()
