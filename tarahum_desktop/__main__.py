"""Starts the desktop."""

import argparse
import os
import sys
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import platformdirs

FOLDER_HELP: Final = "where this machine keeps its vault"
NO_DISPLAY: Final = (
    "This machine has no display, so no window can open. Start a desktop session first, "
    "or set QT_QPA_PLATFORM=offscreen for automatic runs."
)
_SMOKE_PASSPHRASE: Final = "smoke test passphrase"  # noqa: S105 - opens nothing but a vault thrown away at once


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
    if chosen.smoke_test:
        return smoke_test()
    return run(chosen.folder)


def default_folder() -> Path:
    """The vault's usual place for this user."""
    return Path(platformdirs.user_data_dir("tarahum", appauthor=False)) / "vault"


def display_there() -> bool:
    """Whether a window can open; without one Qt would end the process with an abort."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(folder: Path) -> int:
    """Show the window until it is closed."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - not needed to say that there is no display

    from tarahum_desktop.bootstrap.program import Program  # noqa: PLC0415 - as above

    app = QApplication(sys.argv[:1])
    program = Program(app, folder)
    program.start()
    code = app.exec()
    program.stop()
    return code


def smoke_test() -> int:
    """Prove that what a frozen program carries is whole: window, fonts, words, cipher, tables."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as in run

    from tarahum_desktop.bootstrap.program import Program  # noqa: PLC0415 - as in run
    from tarahum_desktop.models.migrations import current_revision, head_revision, upgrade  # noqa: PLC0415 - as in run
    from tarahum_desktop.vault.vault import UserSlot, create_vault, unlock  # noqa: PLC0415 - as in run

    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "vault"
        with create_vault(folder, UserSlot("smoke", uuid.uuid4()), _SMOKE_PASSPHRASE) as vault:
            upgrade(vault.engine)
        with unlock(folder, "smoke", _SMOKE_PASSPHRASE) as vault:
            whole = current_revision(vault.engine) == head_revision()
        program = Program(app, folder)
        program.start()
        app.processEvents()
        shown = program.window is not None and program.window.isVisible()
        program.stop()
    sys.stdout.write(f"vault {'opened' if whole else 'failed'}, window {'shown' if shown else 'failed'}\n")
    return 0 if whole and shown else 1


if __name__ == "__main__":
    sys.exit(main())
