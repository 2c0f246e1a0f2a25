"""Runs the window until it is closed, or proves that a frozen program is whole."""

import sys
import tempfile
import uuid
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from tarahum_desktop.bootstrap.program import Program

_SMOKE_PASSPHRASE: Final = "smoke test passphrase"  # noqa: S105 - opens nothing but a vault thrown away at once


def run(folder: Path) -> int:
    """Show the window until it is closed."""
    app = QApplication(sys.argv[:1])
    program = Program(app, folder)
    program.start()
    code = app.exec()
    program.stop()
    return code


def smoke_test() -> int:
    """Prove that what a frozen program carries is whole: window, fonts, words, cipher, tables."""
    from tarahum_desktop.models.migrations import current_revision, head_revision, upgrade  # noqa: PLC0415 - the lock screen does without
    from tarahum_desktop.vault.vault import UserSlot, create_vault, unlock  # noqa: PLC0415 - the lock screen does without

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
