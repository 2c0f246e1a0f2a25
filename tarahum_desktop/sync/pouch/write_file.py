"""One pouch file from its frames: sealed while they are made, then read back from the stick."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from tarahum_desktop.sync.pouch.disk import require_room, write_aside
from tarahum_desktop.sync.pouch.errors import PouchError, PouchHalfCopied, StickUnfaithful
from tarahum_desktop.sync.pouch.frames import FrameSource
from tarahum_desktop.sync.pouch.header import Header, check_whole, read_header
from tarahum_desktop.sync.pouch.seal import seal_stream

_SPARE_BYTES: Final = 1024 * 1024
Report = Callable[[int], None]


class _Hashing:
    """Passes bytes on to a file and takes their hash."""

    def __init__(self, file: BinaryIO, report: Report) -> None:
        self._file, self._report = file, report
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> int:
        self._file.write(piece)
        self._digest.update(piece)
        self.size += len(piece)
        self._report(self.size)
        return len(piece)

    @property
    def fingerprint(self) -> bytes:
        return self._digest.digest()


def write_file(
    folder: Path,
    header: Header,
    frames: Iterator[bytes],
    keys: Sequence[bytes],
    about_bytes: int,
    report: Report,
) -> Header:
    """Write a pouch into a folder; returns its header with size and fingerprint.

    Raises:
        StickFull, StickReadOnly, StickGone, StickUnfaithful: nothing is left there under the pouch's name.
    """
    require_room(folder, about_bytes + _SPARE_BYTES)
    done = header

    def write(file: BinaryIO) -> None:
        nonlocal done
        done = write_into(file, header, frames, keys, report)

    def check(file: BinaryIO) -> None:
        try:
            found = read_header(file)
            check_whole(file, found)
        except (PouchError, PouchHalfCopied) as error:
            raise StickUnfaithful from error
        if found != done:
            raise StickUnfaithful

    write_aside(folder / header.file_name, write, check)
    return done


def write_into(
    file: BinaryIO, header: Header, frames: Iterator[bytes], keys: Sequence[bytes], report: Report
) -> Header:
    """Write a pouch into an open file that can be sought."""
    file.write(header.pack())
    sealed = _Hashing(file, report)
    seal_stream(FrameSource(frames), sealed, keys)
    done = dataclasses.replace(header, size=sealed.size, fingerprint=sealed.fingerprint)
    file.seek(0)
    file.write(done.pack())
    return done
