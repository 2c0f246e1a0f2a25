"""Lets one program at a time open a vault's folder.

The lock belongs to the open file, so the system frees it when the program ends in any way. It is taken per open
file (``flock``), not per process (``lockf``), so that a second opening inside the same program is refused too.
"""

import os
import sys
from pathlib import Path

from tarahum_desktop.vault.errors import VaultInUse

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Held from construction until ``release``."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _try_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise VaultInUse from error
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Free the folder; a second call does nothing. The file stays: removing it would race with others."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
