"""Builds the demonstration and opens the desktop on it, or plays the day where no window can open."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import platformdirs

from tarahum_desktop.demo.day.story import DayBrokenError, play_day
from tarahum_desktop.demo.world import MACHINES, DemoWorld, Machine, build_world

DEFAULT_SCALE: Final = Fraction(1, 5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, build what is missing, and show it; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl+C: what was started is stopped too
    try:
        world = ready_world(chosen.folder.absolute(), chosen.scale)
        if chosen.scripted or not _display_there():
            return _scripted(world, announce_display=not chosen.scripted)
        return _open(world, next(machine for machine in MACHINES if machine.name == chosen.machine))
    except DayBrokenError as error:
        sys.stderr.write(f"The day broke off: {error}\n")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def ready_world(folder: Path, scale: Fraction) -> DemoWorld:
    """The demonstration in a folder, built if it is not there."""
    world = DemoWorld(folder)
    if world.complete:
        say(f"The demo world is in {folder}, built before; remove that folder for a new one.")
        return world
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(
            f"{folder} holds something that is not a finished demo world. Remove it, or name another."
        )
    say(f"Building a demo world of invented people in {folder}.")
    began = time.monotonic()
    world = build_world(folder, scale, lambda: time.time_ns() // 1_000_000, say)
    say(f"Built in {time.monotonic() - began:.0f} seconds.")
    return world


def say(sentence: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tarahum-demo", description=__doc__)
    usual = Path(platformdirs.user_data_dir("tarahum", appauthor=False)) / "demo"
    parser.add_argument(
        "--folder", type=Path, default=usual, help="where the demo world lies or is to be built"
    )
    parser.add_argument(
        "--scale",
        type=Fraction,
        default=DEFAULT_SCALE,
        help="share of the invented year, 0.001 to 10; default 1/5",
    )
    parser.add_argument(
        "--machine", choices=[one.name for one in MACHINES], default="office", help="which to open"
    )
    parser.add_argument(
        "--scripted", action="store_true", help="play the day without a window, also with a display"
    )
    return parser


def _open(world: DemoWorld, machine: Machine) -> int:
    with world.server() as server:
        say(f"The centre answers at {server.address}.")
        for one in MACHINES:
            mark = " (opening now)" if one is machine else ""
            say(f"  {one.name:7} login {one.login:14} passphrase: {one.passphrase}{mark}")
        say("Close the window or press Ctrl+C to stop everything.")
        command = [sys.executable, "-m", "tarahum_desktop", "--folder", str(world.vault(machine))]
        with subprocess.Popen(command) as desktop:  # noqa: S603 - our own program
            try:
                return desktop.wait()
            except KeyboardInterrupt:
                desktop.terminate()
                raise


def _scripted(world: DemoWorld, *, announce_display: bool) -> int:
    if announce_display:
        say("This machine has no display, so no window can open. Playing one day of an officer instead.")
    out = world.folder / "day"
    results = play_day(world, out, say)
    laptop = results["laptop"]
    keys = laptop["keys_until_the_power_cut"] + laptop["keys_afterwards"]
    say(f"Receipt of the visit: {laptop['receipt']}. Keys pressed: {keys}.")
    say(f"Pictures, the visit report (PDF) and what was found are in {out}.")
    return 0


def _display_there() -> bool:
    if sys.platform != "linux":
        return True
    if os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}:
        return False
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


if __name__ == "__main__":
    sys.exit(main())
