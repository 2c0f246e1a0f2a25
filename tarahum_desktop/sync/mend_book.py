"""Mends the book of a scope whose rows are right: a digest and a count that were worked out wrong, or rotted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert

from tarahum_desktop.models import HealRecord
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_hashes import recount
from tarahum_desktop.sync.scope_book import open_scope, read_scopes
from tarahum_desktop.sync.settings import read_setting, write_setting

COUNTED_KEY: Final = "rows_counted"
_MENDING: Final = "mending:"
_WEEK_MS: Final = 7 * 24 * 60 * 60 * 1000
_RECORD: Any = HealRecord.__table__


def count_when_due(replica: Replica) -> list[str]:
    """Once a week, count the rows of every scope; returns the scopes whose book was wrong, and writes them down.

    A digest is kept up to date by what is written and so cannot know of a row that rotted; counting does, and the
    comparison that follows finds which one.
    """
    now = replica.now()
    with replica.engine.execution_options(read_only=True).connect() as connection:
        last = read_setting(connection, COUNTED_KEY)
        scopes = list(read_scopes(connection))
    if last is not None and 0 <= now - last < _WEEK_MS:
        return []
    mended = [] if last is None else [scope for scope in scopes if mend_book(replica, scope)]
    with replica.engine.begin() as connection:
        write_setting(connection, COUNTED_KEY, now)
        for scope in mended:
            moment, detail = from_milliseconds(now), {"book": True}
            counts = {"peer": replica.device, "found": 0, "healed": 0}
            connection.execute(
                insert(_RECORD).values(id=new_id(), scope=scope, at=moment, detail=detail, **counts)
            )
    return mended


def mend_book(replica: Replica, scope: str) -> bool:
    """Count a scope's rows anew and correct its book by the difference; returns whether it was wrong.

    Rows and book are read at one moment without holding anybody up; what is written meanwhile changes both alike, so
    the difference still holds when it is booked. Where two count at the same time only the later one books.
    """
    if _difference(replica, scope) is None:
        return False
    key, token = _MENDING + scope, new_id().hex
    with replica.engine.begin() as connection:
        write_setting(connection, key, token)
    difference = _difference(replica, scope)
    with replica.engine.begin() as connection:
        book = open_scope(connection, scope)
        if difference is None or read_setting(connection, key) != token:
            return False
        rows, amount = difference
        book.add(amount, rows=rows)
        book.save(connection)
        write_setting(connection, key, None)
    return True


def _difference(replica: Replica, scope: str) -> tuple[int, int] | None:
    """By how much rows and hashes exceed the book; None where it is right."""
    with _one_moment(replica.engine) as connection:
        book = read_scopes(connection).get(scope)
        if book is None:
            return None
        rows, digest = recount(connection, scope)
    if (rows, digest) == (book.row_count, book.digest):
        return None
    return rows - book.row_count, int.from_bytes(digest, "big") - int.from_bytes(book.digest, "big")


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    options = {"read_only": True}
    if engine.dialect.name == "postgresql":  # a reader of a file sees one moment anyway
        options |= {"isolation_level": "REPEATABLE READ"}  # type: ignore[dict-item] # of the dialect's own kind
    with engine.execution_options(**options).connect() as connection:
        yield connection
