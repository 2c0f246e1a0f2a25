"""Brings a centre back from its backup, into an empty place only: nothing that is there is ever written over."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec
from sqlalchemy import inspect

from tarahum_desktop.models.engine import open_postgres, open_sqlite
from tarahum_desktop.sync.resuming import begin_resuming
from tarahum_server.backup import ABOUT, POSTGRES_CONTENT, SQLITE_CONTENT, About, postgres_program
from tarahum_server.centre import DATABASE_FILE, wall_clock
from tarahum_server.devices import BadRequest
from tarahum_server.sealed_file import BackupUnreadable, Secret, read_sealed
from tarahum_server.settings import FILE_NAME

RESUME_DAYS: Final = 14
_MOST_ABOUT: Final = 64 * 1024


def restore(path: Path, folder: Path, database: str, secret: Secret, resume_days: int = RESUME_DAYS) -> About:
    """Restore a backup to a folder (new or empty but for its settings) and, for PostgreSQL, to an empty database.

    The centre then waits for its devices, for ``resume_days`` at most (see ``sync.resuming``); 0 waits for nobody.

    Raises:
        BadRequest: ``folder`` or ``database`` is not empty, or the database is of another kind.
        BackupUnreadable: nothing of it stays then.
    """
    _refuse_full(folder)
    if database:
        _refuse_tables(database)
    half = folder.with_name(f"{folder.name}.restoring")
    half.mkdir(mode=0o700, parents=True)
    try:
        with _unpacking(half, database) as unpacking:
            read_sealed(path, secret, unpacking)
            about = unpacking.finish()
        _wait_for_devices(half, database, resume_days)
        if folder.exists():
            for kept in folder.iterdir():  # its own settings
                shutil.move(str(kept), half / kept.name)
            folder.rmdir()
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return about


def _wait_for_devices(folder: Path, database: str, days: int) -> None:
    engine = open_postgres(database, pool_size=1) if database else open_sqlite(folder / DATABASE_FILE)
    try:
        with engine.begin() as connection:
            begin_resuming(connection, wall_clock(), days)
    finally:
        engine.dispose()


def _refuse_full(folder: Path) -> None:
    if folder.exists() and {each.name for each in folder.iterdir()} - {FILE_NAME}:
        raise BadRequest(what="folder")


def _refuse_tables(database: str) -> None:
    engine = open_postgres(database, pool_size=1)
    try:
        if inspect(engine).get_table_names():
            raise BadRequest(what="database")
    finally:
        engine.dispose()


@contextmanager
def _unpacking(folder: Path, database: str) -> Iterator["_Unpacking"]:
    made = _Unpacking(folder, database)
    try:
        yield made
    finally:
        made.close()


class _Unpacking:
    """Writes contents to their places as they come; the database takes its own in one transaction."""

    def __init__(self, folder: Path, database: str) -> None:
        self._folder, self._database = folder, database
        self._file: IO[bytes] | None = None
        self._restoring: _PostgresRestore | None = None
        self._about = bytearray()
        self._name = ""

    def begin(self, name: str) -> None:
        self._name = name
        if name == ABOUT:
            return
        if (name == POSTGRES_CONTENT) != bool(self._database) and name in {POSTGRES_CONTENT, SQLITE_CONTENT}:
            raise BadRequest(what="database")
        if name == POSTGRES_CONTENT:
            self._restoring = _PostgresRestore(self._database)
            return
        place = self._folder / (DATABASE_FILE if name == SQLITE_CONTENT else name)
        if not place.resolve().is_relative_to(self._folder.resolve()):
            raise BackupUnreadable(what="changed")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Keys are among them, so all of it is for the owner alone.
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "wb")

    def piece(self, data: bytes) -> None:
        if self._name == ABOUT:
            self._about += data
            if len(self._about) > _MOST_ABOUT:
                raise BackupUnreadable(what="changed")
        elif self._file is not None:
            self._file.write(data)
        elif self._restoring is not None:
            self._restoring.write(data)

    def end(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def finish(self) -> About:
        """Everything came and was whole: let the database keep it."""
        try:
            about = msgspec.json.decode(self._about, type=About)
        except (msgspec.DecodeError, ValueError) as error:
            raise BackupUnreadable(what="changed") from error
        if self._restoring is not None:
            self._restoring.finish()
            self._restoring = None
        return about

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        if self._restoring is not None:
            self._restoring.give_up()


class _PostgresRestore:
    """pg_restore fed by a pipe; killed before the end of its input it leaves nothing, being one transaction."""

    def __init__(self, database: str) -> None:
        self._closing = postgres_program("pg_restore", database)
        program, environment, target = self._closing.__enter__()
        line = [program, "--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={target}"]
        self._process = subprocess.Popen(  # noqa: S603 - as for the dump
            line, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
        except BrokenPipeError as error:
            raise BadRequest(what="database") from error

    def finish(self) -> None:
        try:
            self._process.communicate()
            if self._process.returncode:
                raise BadRequest(what="database")
        finally:
            self._closing.__exit__(None, None, None)

    def give_up(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._closing.__exit__(None, None, None)
