"""Opens a backup without restoring the centre: is it whole, is it ours, and does what is in it fit together."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tarahum_server.backup import POSTGRES_CONTENT, find_program
from tarahum_server.centre import open_centre
from tarahum_server.restore import restore
from tarahum_server.sealed_file import BackupUnreadable, Secret, read_sealed
from tarahum_server.settings import Settings
from tarahum_server.verify import Fault, verify_centre


def check_backup(path: Path, secret: Secret) -> Iterator[Fault]:
    """Every fault of a backup; of one of PostgreSQL, whose rows need a server to be read, that it can be restored.

    Raises:
        BackupUnreadable: it is not whole, or not sealed to this secret.
    """
    reading = _Reading()
    try:
        read_sealed(path, secret, reading)
    finally:
        reading.close()
    if reading.is_postgres:
        return
    # Beside the backup, because its disk has room for one and its folder is as private as the backup needs.
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".verify-") as folder:
        place = Path(folder) / "centre"
        restore(path, place, "", secret)
        centre = open_centre(Settings(folder=place, plain_http=True))
        try:
            yield from verify_centre(centre)
        finally:
            centre.close()


class _Reading:
    """Reads every byte; a dump goes through pg_restore, which writes its statements nowhere."""

    def __init__(self) -> None:
        self.is_postgres = False
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, name: str) -> None:
        if name != POSTGRES_CONTENT:
            return
        self.is_postgres = True
        line = [find_program("pg_restore"), f"--file={os.devnull}"]
        self._process = subprocess.Popen(  # noqa: S603 - a program of the machine
            line, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def piece(self, data: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            try:
                self._process.stdin.write(data)
            except BrokenPipeError as error:
                raise BackupUnreadable(what="dump") from error

    def end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.communicate()
            if process.returncode:
                raise BackupUnreadable(what="dump")

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
