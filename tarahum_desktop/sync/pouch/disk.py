"""Files on a stick: written aside, forced out, read back, renamed; and what the system's refusals mean to a person."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from tarahum_desktop.sync.pouch.errors import StickFull, StickGone, StickReadOnly, StickUnfaithful

ASIDE: Final = ".part"
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def plain_disk_errors(needed: int = 0) -> Iterator[None]:
    """Raise StickFull, StickReadOnly or StickGone for what the system says."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StickFull(needed=needed, free=0) from error
        if error.errno in _READ_ONLY:
            raise StickReadOnly from error
        raise StickGone from error


def require_room(folder: Path, needed: int) -> None:
    """Raises StickFull before anything is written."""
    with plain_disk_errors(needed):
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise StickFull(needed=needed, free=free)


def write_aside(path: Path, write: Callable[[BinaryIO], None], check: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place, force it out, read it back, and only then give it its name.

    ``check`` gets the file as the disk has it and raises when it is not what was written. Whatever happens before the
    end, there is either the whole file under its name or none.
    """
    aside = path.with_name(f".{path.name}{ASIDE}")
    try:
        with plain_disk_errors():
            with aside.open("wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
                _forget_copy(file.fileno())
            with aside.open("rb") as file:
                check(file)
            aside.replace(path)
            _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):  # the failure that brought us here is the one to tell
            aside.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file in the same way; raises StickFull, StickReadOnly, StickGone or StickUnfaithful."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    def check(file: BinaryIO) -> None:
        if file.read() != content:
            raise StickUnfaithful

    write_aside(path, write, check)


def clear_leftovers(folder: Path, suffix: str) -> None:
    """Remove files that a writing left behind which was broken off; they never had their name."""
    with suppress(OSError):
        for left in folder.glob(f".*{suffix}{ASIDE}"):
            left.unlink(missing_ok=True)


def _forget_copy(descriptor: int) -> None:
    """Ask the system to drop its copy in memory, so that reading back reads the stick where the system can do so."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems of sticks cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
