"""What can go wrong with files and databases, as types a person can be told about.

They stand here, below every table and driver, so that the lock screen can name a full disk without loading either.
"""

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


class DatabaseAway(DatabaseError):
    """The database's server ends, is starting, was replaced or cannot be reached; trying again is safe."""

    code = "database_away"


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
