"""Lets contents of attachments go that this machine need not keep, and more of them when its disk is short."""

import shutil
from typing import Final

from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.sync.blobs.sweep import Pause, Swept, sweep_desktop

# Below this an operating system begins to fail at other things.
WANTED_FREE: Final = 2 * 1024 * 1024 * 1024


def sweep_contents(place: Workplace, pause: Pause) -> Swept:
    """Sweep once; ``pause`` is called between short transactions and may end it by raising."""
    free = shutil.disk_usage(place.vault.folder).free
    return sweep_desktop(place.replica, max(0, WANTED_FREE - free), pause)
