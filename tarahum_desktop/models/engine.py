"""Opens databases: the encrypted file of a desktop, the plain file and the PostgreSQL of a server.

The only file that knows a database driver. Every engine made here behaves alike: a transaction is real
(DDL included), a writer takes the write lock when it begins, a reader marked ``read_only`` takes none and
cannot write, and driver failures arrive as the types of ``database_errors``.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from tarahum_desktop.models.database_errors import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseClosed,
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DiskFailed,
    DiskFull,
    NotAVault,
    typed_error,
)
from tarahum_desktop.models.postgres_address import read_address

__all__ = [
    "KEY_BYTES",
    "DatabaseAway",
    "DatabaseBusy",
    "DatabaseClosed",
    "DatabaseDamaged",
    "DatabaseError",
    "DatabaseMissing",
    "DiskFailed",
    "DiskFull",
    "NotAVault",
    "check_database",
    "open_postgres",
    "open_sqlcipher",
    "open_sqlite",
    "probe_database",
    "read_cipher_salt",
]

KEY_BYTES = 32
SALT_BYTES = 16
_PAGE_BYTES = 4096
_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_SECONDS = 10.0
# One writer, a few readers. Each connection may hold its own 32 MB of pages, so the number is a memory limit.
_POOL_SIZE = 4
_POOL_OVERFLOW = 4

_LAST_USE = "last_use"
_REST_SECONDS = 1.0
# A database whose machine vanished says nothing: without these its connections would be waited for by the hour.
_NOTICE_DEAD_LINES = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}

_FILE_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # what was said to be saved survives a power cut
    "PRAGMA temp_store = MEMORY",  # sorting never spills readable rows to a temp folder
    "PRAGMA cache_size = -32768",  # KiB; one desk's lists stay decrypted, measured on 400,000 persons
    "PRAGMA secure_delete = FAST",  # what is deleted is overwritten wherever its page is written anyway
    "PRAGMA journal_size_limit = 67108864",  # a long exchange does not leave a huge WAL behind
)


def open_sqlcipher(path: Path, key: bytes | bytearray) -> Engine:
    """Open, or create, an encrypted database with a raw 32-byte key.

    The key is kept by reference, never copied: after a caller who passed a bytearray has overwritten it with
    zeros, this engine opens no more connections and says ``DatabaseClosed``.
    Mark a reader with ``engine.execution_options(read_only=True)`` or the same option on a connection.

    Raises:
        NotAVault: the file is, or would have become, plain SQLite.
        DatabaseDamaged: the first page cannot be read with this key.
    """
    import sqlcipher3.dbapi2 as driver  # noqa: PLC0415 - a server has no encrypted file and does not install it

    _refuse_plaintext(path)
    engine = _file_engine(path, lambda: _connect_sqlcipher(path, key), driver)
    try:
        # The first page is written by now; SQLCipher without a key would have written it in the clear.
        _refuse_plaintext(path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def empty_write_ahead_log(engine: Engine) -> bool:
    """Move what waits in the log beside a file database into the file; False when somebody is still reading it there."""
    driver = engine.raw_connection()
    try:
        return not driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        driver.close()


def rewrite_file(engine: Engine) -> bool:
    """Write a file database anew without its unused pages, which may hold what was deleted, and empty its log.

    Returns False when another connection is reading or writing; nothing was changed then.
    """
    driver = engine.raw_connection()
    try:
        cursor = driver.cursor()
        cursor.execute("PRAGMA query_only = OFF")
        cursor.execute("VACUUM")
        return not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except engine.dialect.loaded_dbapi.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    finally:
        driver.close()


def open_sqlite(path: Path) -> Engine:
    """Open, or create, the server's embedded database: the same behaviour without encryption.

    It stands on Python's own SQLite, so that a server installs no encryption library it does not use.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _settle(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection

    return _file_engine(path, connect, sqlite3)


def open_postgres(url: str, *, pool_size: int = 8, statement_timeout_ms: int = 30_000) -> Engine:
    """Open a PostgreSQL database by psycopg 3.

    ``url`` is ``postgresql://user@host/name``, or with several hosts (see ``postgres_address``); any driver named in
    it is replaced. A statement that runs longer than the timeout is stopped by the server and arrives as ``DatabaseBusy``; waiting for a lock has
    a third of that time, so that one stuck transaction does not fill the pool.
    """
    options = (
        f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={statement_timeout_ms // 3}"
        " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
        # A plan kept from the days when a table was empty reads all of it for ever after.
        " -c plan_cache_mode=force_custom_plan"
    )
    address = read_address(url)
    engine = create_engine(
        address.url,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        pool_recycle=1800,
        connect_args={
            "application_name": "tarahum",
            "options": options,
            "connect_timeout": 10,
            **_NOTICE_DEAD_LINES,
            **address.options,
        },
    )
    event.listen(engine, "begin", _begin_postgres)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _ask_after_rest)
    event.listen(engine, "handle_error", _raise_typed)
    return engine


def probe_database(path: Path, key: bytes | bytearray) -> None:
    """Prove cheaply (one page, under a millisecond) that the file is there, whole in size, and opens with the key.

    Raises:
        DatabaseMissing, NotAVault: nothing there, or a plain file there.
        DatabaseDamaged: which ``header`` or ``truncated``; the caller has already proven the key elsewhere.
    """
    _examine(path, key, lambda _connection: None)


def check_database(path: Path, key: bytes | bytearray) -> None:
    """Read and authenticate every page (about 100 MB/s).

    Both checks are needed: the cipher's own finds no missing tail, and SQLite's finds no damage in free pages.

    Raises:
        DatabaseMissing, NotAVault, DatabaseDamaged: as the probe, and which ``page`` for damage further in.
    """

    def read_everything(connection: Any) -> None:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found is None or found[0] != "ok":
            raise DatabaseDamaged(which="page")
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise DatabaseDamaged(which="page")

    _examine(path, key, read_everything)


def read_cipher_salt(path: Path) -> bytes:
    """Return the 16 salt bytes an encrypted file begins with; they are not secret."""
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def _connect_sqlcipher(path: Path, key: bytes | bytearray) -> Any:
    import sqlcipher3.dbapi2 as driver  # noqa: PLC0415 - see open_sqlcipher

    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    if isinstance(key, bytearray) and not any(key):
        raise DatabaseClosed
    connection = driver.connect(
        str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        # The level, not ``cipher_log = NONE``: that would create a log file called NONE in the working folder.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")  # a PRAGMA takes no parameters; hex only
        connection.execute("PRAGMA cipher_memory_security = OFF")  # 5 to 12 times slower, measured
        _settle(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: Any, path: Path) -> None:
    for pragma in _FILE_PRAGMAS:
        connection.execute(pragma)
    if path.stat().st_size == 0:
        # Write the first page by an ordinary transaction: it names a full disk, which the next statement hides.
        connection.execute("PRAGMA user_version = 0")
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise DiskFailed(driver_code=0)


def _file_engine(path: Path, connect: Callable[[], Any], driver: Any) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=connect,
        module=driver,
        poolclass=QueuePool,
        hide_parameters=True,  # an error text may reach a log; the values of a row never may
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_OVERFLOW,
        pool_use_lifo=True,  # the connection used last, for its pages are decrypted already
    )
    event.listen(engine, "begin", _begin_file)
    event.listen(engine, "handle_error", lambda context: _raise_typed(context, path.parent))
    try:
        # One connection alone creates the file; several at once would be in each other's way.
        engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _begin_file(connection: Connection) -> None:
    """Take the write lock at once, so that no transaction fails half-way for want of it."""
    read_only = bool(connection.get_execution_options().get("read_only", False))
    # A reader that could write would ask for the lock late and meet SQLITE_BUSY_SNAPSHOT, which no waiting cures.
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    # It goes with BEGIN, where a statement of its own would be one more round trip.
    driver.read_only = True if connection.get_execution_options().get("read_only", False) else None


def _note_use(_driver: Any, record: ConnectionPoolEntry) -> None:
    record.info[_LAST_USE] = time.monotonic()


def _ask_after_rest(driver: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A restarted database costs one round trip and no failed request, but not one for each of many requests a second."""
    used = record.info.get(_LAST_USE)
    if used is None or time.monotonic() - used < _REST_SECONDS:
        return  # it was opened this moment, or spoke a moment ago
    if driver.closed or not _answers(driver):
        raise InvalidatePoolError


def _answers(driver: Any) -> bool:
    try:
        driver.execute("")
        driver.rollback()
    except driver.Error:
        return False
    return True


def _raise_typed(context: ExceptionContext, folder: Path | None = None) -> None:
    typed = typed_error(context.original_exception, folder)
    if typed is None:
        return
    if isinstance(typed, DatabaseDamaged | DatabaseAway):
        # After damage the errors of a SQLite connection stick to it; and a primary that is none any more stays so.
        context.is_disconnect = True
    raise typed from context.original_exception


def _refuse_plaintext(path: Path) -> None:
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
                raise NotAVault


def _size_is_wrong(path: Path) -> bool:
    """Tell whether no whole number of pages is there; while a WAL waits, a page may rightly be half written."""
    size = path.stat().st_size
    if size < _PAGE_BYTES:
        return True
    wal = path.with_name(path.name + "-wal")
    return size % _PAGE_BYTES != 0 and not (wal.exists() and wal.stat().st_size > 0)


def _examine(path: Path, key: bytes | bytearray, further: Callable[[Any], None]) -> None:
    if not path.is_file():
        raise DatabaseMissing
    _refuse_plaintext(path)
    if _size_is_wrong(path):
        raise DatabaseDamaged(which="truncated")
    connection = None
    first_page_read = False
    try:
        connection = _connect_sqlcipher(path, key)
        connection.execute("PRAGMA schema_version").fetchone()
        first_page_read = True
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        further(connection)
    except DatabaseError:
        raise
    except Exception as error:
        typed = typed_error(error, path.parent)
        if typed is None:
            raise
        # SQLite compares the size named in an authentic first page with the file before anything else.
        if typed.facts.get("which") == "page" and not first_page_read:
            raise DatabaseDamaged(which="truncated") from error
        raise typed from error
    finally:
        if connection is not None:
            connection.close()
