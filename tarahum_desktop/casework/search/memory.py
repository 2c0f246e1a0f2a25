"""What the search of one unlocked replica keeps in memory: its words, its numbers, and what filters ask of families.

Loaded in the background after unlocking (``warm``) and kept up to date by the indexes; a small replica loads it with
its first question. It lives with the replica and goes when the machine is locked.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine

from tarahum_desktop.casework.search.family_book import FamilyBook
from tarahum_desktop.casework.search.vocabulary import NumberBook, WordBook

_SMALL: Final = 5_000
"""Persons up to which loading takes no longer than a blink."""
_MOST_TOUCHED: Final = 20_000
_VOCABULARY: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.name_word USING fts5vocab('main', 'person_search', 'row')"
)
_JOINED: Final = (
    ("ids", "SELECT group_concat(id_number, char(10)) FROM person"),
    ("mobiles", "SELECT group_concat(substr(mobile, 5), char(10)) FROM person"),
    ("files", "SELECT group_concat(file_number, char(10)) FROM household"),
)


class SearchMemory:
    """One for each replica.

    Attributes:
        words: the folded words of all persons.
        ids, mobiles, files: identity numbers, mobiles without +966, and file numbers.
        stopping: set to end a load that runs, as the machine is being locked.
    """

    def __init__(self) -> None:
        self.words = WordBook()
        self.ids, self.mobiles, self.files = NumberBook(), NumberBook(), NumberBook()
        self.stopping = threading.Event()
        self._families: FamilyBook | None = None
        self._has_words = False
        self._touched: dict[str, dict[bytes, None]] = {}
        self._again: dict[str, dict[bytes, None]] = {}
        self._overflowed = False
        self._seen: object = None
        self._lock = threading.RLock()

    def add_persons(self, words: Iterable[tuple[bytes, str]], rows: Sequence[Any]) -> None:
        """Take up persons just indexed; ``rows`` hold identity number and mobile at 6 and 7."""
        self.words.add({word for _person, text in words for word in text.split()})
        self.ids.add(row[6] for row in rows if row[6])
        self.mobiles.add(row[7][4:] for row in rows if row[7])
        self.touched("person", [row[0] for row in rows])

    def touched(self, entity: str, row_ids: Iterable[bytes]) -> None:
        """Note changed rows, for the facts of their families; too many at once and all are read anew."""
        with self._lock:
            noted = self._touched.setdefault(entity, {})
            noted.update(dict.fromkeys(row_ids))
            if len(noted) > _MOST_TOUCHED:
                self._overflowed = True
                noted.clear()

    def warm(self, engine: Engine, today: str) -> None:
        """Load everything; reads only, and keeps nobody from writing."""
        with engine.execution_options(read_only=True).connect() as connection:
            self._load_words(connection)
        with engine.execution_options(read_only=True).connect() as connection:
            self._load_families(connection, today)
            connection.exec_driver_sql(
                "PRAGMA shrink_memory"
            )  # whole tables went by; nobody asks for them again

    def need_words(self, connection: Connection) -> bool:
        """Whether words and numbers are in memory; loads them where that takes a blink."""
        if not self._has_words and _is_small(connection):
            self._load_words(connection)
        return self._has_words

    def need_families(self, connection: Connection, today: str) -> FamilyBook | None:
        """The facts of families, up to date; None while they are still being loaded."""
        if self._families is None or self._families.today != today or self._overflowed:
            if self._families is not None or _is_small(connection):
                self._load_families(connection, today)
        else:
            self._bring_up(connection)
        return self._families

    def _load_words(self, connection: Connection) -> None:
        connection.exec_driver_sql(
            "PRAGMA query_only = OFF"
        )  # the list of words is a view in memory, not a write
        connection.exec_driver_sql(_VOCABULARY)
        connection.exec_driver_sql("PRAGMA query_only = ON")
        self.words.add(row[0] for row in connection.exec_driver_sql("SELECT term FROM temp.name_word"))
        for name, query in _JOINED:
            book: NumberBook = getattr(self, name)
            book.load(connection.exec_driver_sql(query).scalar() or "")
        self._has_words = True

    def _load_families(self, connection: Connection, today: str) -> None:
        with self._lock:
            self._overflowed = False
            pending = {entity: dict(ids) for entity, ids in self._touched.items()}
            seen = _state(connection)
        book = FamilyBook(connection, today, self.stopping)
        with self._lock:
            # Rows noted before the load may belong to a transaction that had not ended when it began.
            self._again, self._seen, self._families = pending, seen, book

    def _bring_up(self, connection: Connection) -> None:
        """Read anew the families whose rows changed.

        A row is noted while its transaction still runs, so it is read until the books of the scopes have moved on: there is one
        writer at a time, and each commit that changed rows moves them.
        """
        state = _state(connection)
        with self._lock:
            fresh, self._touched = self._touched, {}
            moved = state != self._seen
            if not any(fresh.values()) and not moved:
                return
            wanted = {
                entity: {**self._again.get(entity, {}), **fresh.get(entity, {})}
                for entity in {*fresh, *self._again}
            }
            self._again, self._seen = (fresh if moved else wanted), state
        assert self._families is not None
        if any(wanted.values()):
            self._families.read_again(connection, wanted)


def _state(connection: Connection) -> tuple[Any, ...]:
    query = "SELECT scope, digest, next_sequence, row_count FROM scope_state ORDER BY scope"
    return tuple(tuple(row) for row in connection.exec_driver_sql(query))


def _is_small(connection: Connection) -> bool:
    return (connection.exec_driver_sql("SELECT max(no) FROM person_index").scalar() or 0) <= _SMALL
