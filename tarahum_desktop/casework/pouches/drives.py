"""Where removable drives are found on this machine; any other folder may be chosen by hand."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/mounts")
_LINUX_PLACES: Final = ("/media/", "/run/media/", "/mnt/")
_MAC_PLACE: Final = Path("/Volumes")
_REMOVABLE: Final = 2


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive; ``free_bytes`` is -1 when it does not say."""

    folder: Path
    label: str
    free_bytes: int


def find_drives() -> tuple[Drive, ...]:
    """The removable drives that are in now, in order; none that cannot be asked is left out."""
    return tuple(_drive(folder) for folder in sorted(set(_folders())))


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows_folders()
    elif sys.platform == "darwin":
        yield from (path for path in _MAC_PLACE.iterdir() if path.is_mount())
    elif _MOUNTS.is_file():
        yield from mounted(_MOUNTS.read_text("utf-8", errors="replace"))


def mounted(table: str) -> Iterator[Path]:
    """The folders of a Linux mount table where sticks are put; blanks in names are written by their octal numbers there."""
    for line in table.splitlines():
        fields = line.split()
        if len(fields) > 1:
            folder = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
            if folder.startswith(_LINUX_PLACES):
                yield Path(folder)


def _windows_folders() -> Iterator[Path]:
    import ctypes  # noqa: PLC0415 - its Windows part exists on Windows alone

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # the same
    letters = kernel.GetLogicalDrives()
    for at in range(26):
        root = f"{chr(ord('A') + at)}:\\"
        if letters >> at & 1 and kernel.GetDriveTypeW(root) == _REMOVABLE:
            yield Path(root)


def _drive(folder: Path) -> Drive:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = -1
    return Drive(folder, folder.name or os.fspath(folder), free)
