"""Plays one part of the day on one machine's desktop, in this process."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tarahum_desktop.demo.day.desk_hands import DeskHands
from tarahum_desktop.demo.day.stages import STAGES
from tarahum_desktop.demo.hands import HandsWaitedError
from tarahum_desktop.demo.world import MACHINES, DemoWorld


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stage; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tarahum-demo-day", description=__doc__)
    parser.add_argument("stage", choices=sorted(STAGES))
    parser.add_argument("--machine", choices=[machine.name for machine in MACHINES], default="laptop")
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    machine = next(machine for machine in MACHINES if machine.name == chosen.machine)
    app = QApplication(sys.argv[:1])
    desk = DeskHands(app, DemoWorld(chosen.world), machine, chosen.out)
    try:
        STAGES[chosen.stage](desk)
    except HandsWaitedError as error:
        desk.picture("stuck")
        sys.stderr.write(f"{chosen.stage}: {error}\n")
        return 1
    finally:
        desk.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
