"""Starts the desktop."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import platformdirs

FOLDER_HELP: Final = "where this machine keeps its vault"
NO_DISPLAY: Final = (
    "This machine has no display, so no window can open. Start a desktop session first, "
    "or set QT_QPA_PLATFORM=offscreen for automatic runs."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments and run the program; returns its exit code."""
    parser = argparse.ArgumentParser(prog="tarahum-desktop", description=__doc__)
    parser.add_argument("--folder", type=Path, default=default_folder(), help=FOLDER_HELP)
    parser.add_argument(
        "--smoke-test", action="store_true", help="create and open a vault, show the lock screen, and end"
    )
    chosen = parser.parse_args(arguments)
    if not display_there():
        sys.stderr.write(f"{NO_DISPLAY}\n")
        return 2
    from tarahum_desktop.bootstrap.run import run, smoke_test  # noqa: PLC0415 - Qt is not needed to say that

    return smoke_test() if chosen.smoke_test else run(chosen.folder)


def default_folder() -> Path:
    """The vault's usual place for this user."""
    return Path(platformdirs.user_data_dir("tarahum", appauthor=False)) / "vault"


def display_there() -> bool:
    """Whether a window can open; without one Qt would end the process with an abort."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
