"""Putting a finished report on disk so that a reader never finds half of one."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from tarahum_desktop.domain.errors import TarahumError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FileNotWrittenError(TarahumError):
    """The file could not be written; what stood there before is untouched.

    Codes: ``disk_full``, ``file_not_writable`` (``errno`` among the facts).
    """

    code = "file_not_writable"


def write_file(path: Path, content: bytes) -> None:
    """Write the whole content or nothing: a file beside it, flushed to the disk, then renamed over it.

    Raises:
        FileNotWrittenError: no room (``disk_full``) or no permission or folder (``file_not_writable``).
    """
    try:
        _replace(path, content)
    except OSError as error:
        code = "disk_full" if error.errno in _FULL else "file_not_writable"
        raise FileNotWrittenError(code, errno=error.errno or 0) from None  # the original names the path


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first failure is the one to tell
            part.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; Windows does this by itself and opens no folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
