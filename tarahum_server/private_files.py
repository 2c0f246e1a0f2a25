"""Files that only their owner may read: the centre's keys."""

import os
from pathlib import Path

from tarahum_desktop.domain.errors import TarahumError

_OTHERS = 0o077


class KeyFileOpen(TarahumError):
    """Others on this machine can read a key file; it must be closed to them before it is used."""

    code = "key_file_open"


def write_private(path: Path, content: bytes) -> None:
    """Create a file that only its owner can read; raises FileExistsError rather than replace a key."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_private(path: Path) -> bytes:
    """The content of such a file; raises KeyFileOpen when others can read it too."""
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise KeyFileOpen
    return path.read_bytes()
