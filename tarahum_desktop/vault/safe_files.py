"""Replaces small files so that a power cut or a full disk leaves the old content or the new, never a part.

The order (write aside, fsync, rename, fsync of the folder) is what POSIX promises; on Windows ``os.replace``
is atomic on NTFS and a folder cannot be synced.
"""

import errno
import os
import sys
from pathlib import Path

from tarahum_desktop.domain.store_errors import DiskFailed, DiskFull

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, readable by its owner only.

    One writer at a time: the caller holds the folder's lock.

    Raises:
        DiskFull, DiskFailed: the old file is untouched.
    """
    aside = path.with_name(path.name + ".new")
    try:
        _write_through(aside, content)
        aside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        _discard(aside)
        if error.errno in _NO_ROOM:
            raise DiskFull from error
        raise DiskFailed(driver_code=error.errno or 0) from error


def sync_folder(folder: Path) -> None:
    """Make names created or changed in ``folder`` survive a power cut."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_through(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The failure that brought us here is the one to report; the next write truncates this file anyway.
        return
