"""What can go wrong with a database, as types a person can be told about.

Drivers speak in numbers and English sentences; the rest of the program speaks in codes. This file is the
one dictionary between the two, for SQLite, SQLCipher and PostgreSQL.
"""

import shutil
from pathlib import Path

from tarahum_desktop.domain.errors import TarahumError


class DatabaseError(TarahumError):
    """Root of the failures of the store below the rows."""

    code = "database_failed"


class DiskFull(DatabaseError):
    """No room for the write; the transaction was undone and nothing saved before it is touched."""

    code = "disk_full"


class DiskFailed(DatabaseError):
    """The system refused to read, write or open the file. Fact ``driver_code``: SQLite's extended code."""

    code = "disk_failed"


class DatabaseBusy(DatabaseError):
    """Another connection held the lock longer than the patience set; trying again is safe."""

    code = "database_busy"


class DatabaseDamaged(DatabaseError):
    """The content is not what was written. Fact ``which``: ``header``, ``page`` or ``truncated``."""

    code = "database_damaged"


class DatabaseMissing(DatabaseError):
    """There is no file at the place."""

    code = "database_missing"


class DatabaseClosed(DatabaseError):
    """The key was taken away while somebody still held the engine."""

    code = "database_closed"


class NotAVault(DatabaseError):
    """An unencrypted SQLite file stands where an encrypted one belongs."""

    code = "not_a_vault"


# Primary result codes, https://www.sqlite.org/rescode.html
_FULL, _IO, _CANNOT_OPEN = 13, 10, 14
_BUSY = frozenset({5, 6})
_CORRUPT, _NOT_A_DATABASE, _SHORT_READ = 11, 26, 522
_SHARED_FILE_STEP = 32 * 1024  # bytes by which the file beside the WAL grows

# SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_PG_FULL = frozenset({"53100"})
_PG_BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
_PG_DAMAGED = frozenset({"XX001", "XX002"})


def typed_error(error: BaseException | None, folder: Path | None = None) -> DatabaseError | None:
    """Name a driver's error, or None when it is about the statement rather than the store.

    ``folder`` is where a database file lies: SQLite speaks of an I/O error when the file that readers and
    writers share cannot grow on a full disk, and only a look at the disk tells the two apart.
    """
    sqlite_code = getattr(error, "sqlite_errorcode", None)
    if isinstance(sqlite_code, int):
        typed = _from_sqlite(sqlite_code)
        return DiskFull() if isinstance(typed, DiskFailed) and _has_no_room(folder) else typed
    state = getattr(error, "sqlstate", None)
    if state in _PG_FULL:
        return DiskFull()
    if state in _PG_BUSY:
        return DatabaseBusy()
    if state in _PG_DAMAGED:
        return DatabaseDamaged(which="page")
    return None


def _has_no_room(folder: Path | None) -> bool:
    return folder is not None and folder.is_dir() and shutil.disk_usage(folder).free < _SHARED_FILE_STEP


def _from_sqlite(code: int) -> DatabaseError | None:
    primary = code & 0xFF
    if primary == _FULL:
        return DiskFull()
    if primary in _BUSY:
        return DatabaseBusy()
    if primary == _NOT_A_DATABASE:
        return DatabaseDamaged(which="header")
    if primary == _CORRUPT or code == _SHORT_READ:
        return DatabaseDamaged(which="page")
    if primary in (_IO, _CANNOT_OPEN):
        return DiskFailed(driver_code=code)
    return None
