"""From a driver's numbers to the errors a person is told: one dictionary for SQLite, SQLCipher and PostgreSQL."""

import shutil
from pathlib import Path

from tarahum_desktop.domain.store_errors import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseClosed,
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DiskFailed,
    DiskFull,
    NotAVault,
)

__all__ = [
    "DatabaseAway",
    "DatabaseBusy",
    "DatabaseClosed",
    "DatabaseDamaged",
    "DatabaseError",
    "DatabaseMissing",
    "DiskFailed",
    "DiskFull",
    "NotAVault",
    "typed_error",
]

# Primary result codes, https://www.sqlite.org/rescode.html
_FULL, _IO, _CANNOT_OPEN = 13, 10, 14
_BUSY = frozenset({5, 6})
_CORRUPT, _NOT_A_DATABASE, _SHORT_READ = 11, 26, 522
_SHARED_FILE_STEP = 32 * 1024  # bytes by which the file beside the WAL grows

# SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_PG_FULL = frozenset({"53100"})
_PG_BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
# The server ends, is starting or recovering; 25006: it takes no writes (a standby, or a primary that was put back).
_PG_AWAY = frozenset({"57P01", "57P02", "57P03", "25006"})
_PG_CONNECTION = "08"
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
    if state in _PG_AWAY or (state or "").startswith(_PG_CONNECTION) or _lost_its_line(error, state):
        return DatabaseAway()
    return None


def _lost_its_line(error: BaseException | None, state: str | None) -> bool:
    """Whether libpq itself speaks: no server was there to name a state."""
    kind = type(error)
    return state is None and kind.__name__ == "OperationalError" and kind.__module__.startswith("psycopg")


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
