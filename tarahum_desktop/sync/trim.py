"""Lets go of this machine's own log behind what the centre was proven to hold and nobody here waits for.

A batch once applied is read again only to hand it on. So it goes when it is old enough; and where rows have left a
scope, all of the log that was written before goes at once, because it still says what those rows said.
"""

import datetime as dt
from typing import Any, Final

from sqlalchemy import Connection, Engine, and_, delete, func, insert, or_, select

from tarahum_desktop.models import BatchLog, LocalSetting
from tarahum_desktop.models.engine import empty_write_ahead_log, rewrite_file
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope, read_scopes
from tarahum_desktop.sync.settings import read_setting, write_setting

KEEP_DAYS: Final = 30
_DAYS_KEY: Final = "log_days"
_WAITED_FOR: Final = "log_from:"
_LEFT: Final = "rows_left:"
_SCRUB_KEY: Final = "free_pages"
_SCRUB_AT_MOST: Final = 64 * 1024 * 1024
_PAGE_OVERHEAD: Final = 128  # of a page of overflow, with what the cipher keeps in it
_LOG: Any = BatchLog.__table__
_SETTING: Any = LocalSetting.__table__


def keep_log_days(connection: Connection, days: int) -> None:
    """For how long this machine keeps entries for others who come to it; an office that serves laptops keeps more."""
    write_setting(connection, _DAYS_KEY, days)


def keep_log_from(connection: Connection, scope: str, position: int | None) -> None:
    """Keep a scope's log after a position, because somebody has only acknowledged that much; None when nobody waits."""
    write_setting(connection, _WAITED_FOR + scope, position)


def note_left(connection: Connection, book: ScopeBook) -> None:
    """Rows of a scope have been let go: what the log holds by now still says what they said."""
    write_setting(connection, _LEFT + book.scope, book.head)


def trim_log(replica: Replica, scope: str, proven_head: int) -> int:
    """Let go of what may go; call it after the digests were proven equal. Returns how many entries went.

    Args:
        replica: this machine; never a centre, whose log is the one the others read.
        scope: a scope held in full.
        proven_head: this log's head when the digests were read: the centre holds everything up to there.
    """
    with replica.engine.execution_options(read_only=True).connect() as connection:
        if _last_to_go(connection, replica, scope, proven_head) is None:
            return 0
    with replica.engine.begin() as connection:
        book = open_scope(connection, scope)
        last = _last_to_go(connection, replica, scope, proven_head)
        if last is None:
            return 0
        gone = connection.execute(delete(_LOG).where(_LOG.c.scope == scope, _LOG.c.position <= last))
        book.horizon = max(book.horizon, last)
        book.save(connection)
        left = read_setting(connection, _LEFT + scope)
        if left is not None and left <= last:
            write_setting(connection, _LEFT + scope, None)
    if left is not None:
        scrub(replica.engine)
    return int(gone.rowcount)


def _last_to_go(connection: Connection, replica: Replica, scope: str, proven_head: int) -> int | None:
    """The last position of those that go, all of them from the beginning; None when there is none."""
    waited, days, left = (
        read_setting(connection, key) for key in (_WAITED_FOR + scope, _DAYS_KEY, _LEFT + scope)
    )
    before = from_milliseconds(replica.wall()) - dt.timedelta(days=KEEP_DAYS if days is None else days)
    young = and_(_LOG.c.received_at >= before, _LOG.c.position > (left or 0))
    book = read_scopes(connection)[scope]
    unconfirmed = and_(_LOG.c.device == replica.device, _LOG.c.last_sequence > book.acknowledged)
    first_kept = select(func.min(_LOG.c.position)).where(_LOG.c.scope == scope, or_(young, unconfirmed))
    kept = connection.execute(first_kept).scalar()
    ends = [proven_head, *([waited] if waited is not None else []), *([kept - 1] if kept is not None else [])]
    query = select(func.max(_LOG.c.position)).where(_LOG.c.scope == scope, _LOG.c.position <= min(ends))
    last: int | None = connection.execute(query).scalar()
    return last


def scrub(engine: Engine) -> None:
    """Overwrite the file's unused pages, and empty its write-ahead log, so that nothing deleted can be read there.

    The pages are filled in one transaction and given back in the next: SQLite does not write what is freed in the
    transaction that changed it.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        free, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("freelist_count", "page_size")
        )
        room = max(0, free - 2) * (size - _PAGE_OVERHEAD)
        if 0 < room <= _SCRUB_AT_MOST:
            filling = insert(_SETTING).values(key=_SCRUB_KEY, value=func.zeroblob(room))
            connection.execute(filling)
    if room > _SCRUB_AT_MOST:
        rewrite_file(engine)  # somebody may be reading: then the next time is soon enough
        return
    with engine.begin() as connection:
        connection.execute(delete(_SETTING).where(_SETTING.c.key == _SCRUB_KEY))
    empty_write_ahead_log(engine)
