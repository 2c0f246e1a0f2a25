"""Finds the pairs worth scoring among all persons of a replica, in a scratch table of numbers held in memory.

The database does the comparing, outside the interpreter's lock, so that the window stays free. The scratch holds
hashes and row numbers only, and is gone when it is closed.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from tarahum_desktop.casework.duplicates.keys import COLUMNS, KeyMaker, household_key

ROWS_A_READ: Final = 500
LARGEST_BLOCK: Final = 300
"""People under one key beyond which it says nothing: a shared telephone, or a default."""
PAIRS_A_READ: Final = 40
# Few enough that they die young: what outlives two sweeps of the collector calls for one of everything, which holds the window.
_ROWS_A_WRITE: Final = 50
Pause = Callable[[str, int], None]
"""Called between chunks with what is being done and how many rows that was; raises to stop."""

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA temp_store = MEMORY;
CREATE TABLE fact (no INTEGER PRIMARY KEY, father INT, grandfather INT, id INT, id_kind INT, born INT, until INT,
                   mother INT, mobile INT, gender INT, parent INT);
CREATE TABLE key (key INT, no INT, spelled INT, PRIMARY KEY (key, no)) WITHOUT ROWID;
"""
# Whoever contradicts each other plainly is parted here; what is left is scored with its reasons.
_PAIRS: Final = f"""
CREATE TABLE pair AS
SELECT DISTINCT k.no AS a, l.no AS b FROM key k JOIN key l ON l.key = k.key AND l.no > k.no
JOIN fact x ON x.no = k.no JOIN fact y ON y.no = l.no
WHERE k.key NOT IN (SELECT key FROM key GROUP BY key HAVING count(*) > {LARGEST_BLOCK})
  AND (x.id = 0 OR y.id = 0 OR x.id = y.id OR (x.id_kind <> y.id_kind AND x.born = y.born AND x.born <> 0))
  AND (x.id = y.id AND x.id <> 0
    OR (x.gender = 0 OR y.gender = 0 OR x.gender = y.gender)
    AND (k.spelled = 1 OR ((x.father = 0 OR y.father = 0 OR x.father = y.father)
                       AND (x.grandfather = 0 OR y.grandfather = 0 OR x.grandfather = y.grandfather)))
    AND (x.born = 0 OR y.born = 0 OR abs(x.born - y.born) < 1830)
    AND (x.born <> 0 AND x.born <= y.until AND y.born <= x.until
      OR x.mother <> 0 AND x.mother = y.mother OR x.mobile <> 0 AND x.mobile = y.mobile
      OR x.parent <> 0 AND x.parent = y.parent OR x.born = 0 OR y.born = 0))
"""  # noqa: S608 - our own number
_PERSONS: Final = (
    f"SELECT {COLUMNS} FROM person WHERE rowid > ? AND removed_at IS NULL AND merged_into IS NULL "  # noqa: S608 - our own columns
    f"ORDER BY rowid LIMIT {ROWS_A_READ}"
)
_MEMBERS: Final = (
    "SELECT m.rowid, m.household_id, p.rowid, p.first_name FROM membership m JOIN person p ON p.id = m.person_id "  # noqa: S608 - our own number
    "WHERE m.rowid > ? AND m.removed_at IS NULL AND p.removed_at IS NULL AND p.merged_into IS NULL "
    f"ORDER BY m.rowid LIMIT {ROWS_A_READ}"
)


class Blocks:
    """One pass's scratch; close it at the end."""

    def __init__(self, pause: Pause) -> None:
        self._scratch = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._scratch.executescript(_TABLES)
        self._maker, self._pause = KeyMaker(), pause
        self.persons = 0

    def close(self) -> None:
        """Forget everything."""
        self._scratch.close()

    def read_persons(self, reading: Callable[[str, int], list[tuple[Any, ...]]]) -> None:
        """Take in every person, then who lives with whom; ``reading`` gives the rows of a query after a row number."""
        last = 0
        while rows := reading(_PERSONS, last):
            for at in range(0, len(rows), _ROWS_A_WRITE):
                self._take_in(rows[at : at + _ROWS_A_WRITE])
            last, self.persons = rows[-1][0], self.persons + len(rows)
            self._pause("reading", self.persons)
        last = 0
        while members := reading(_MEMBERS, last):
            keys = [
                (household_key(bytes(row[1]), first), row[2], 0)
                for row in members
                if (first := self._maker.first_of(row[3] or ""))
            ]
            self._write("INSERT OR IGNORE INTO key VALUES (?, ?, ?)", keys)
            last = members[-1][0]
            self._pause("reading", self.persons)

    def _take_in(self, rows: Sequence[tuple[Any, ...]]) -> None:
        keyed = [self._maker.keyed(row) for row in rows]
        marks = ",".join("?" * len(keyed[0].facts))
        self._write(f"INSERT INTO fact VALUES ({marks})", [one.facts for one in keyed])  # noqa: S608 - marks
        self._write(
            "INSERT OR IGNORE INTO key VALUES (?, ?, ?)",
            [(key, one.facts[0], spelled) for one in keyed for key, spelled in one.keys],
        )

    def pairs(self) -> Iterator[list[tuple[int, int]]]:
        """Pairs of row numbers, in chunks."""
        self._pause("comparing", 0)
        self._scratch.execute(_PAIRS)
        cursor = self._scratch.execute("SELECT a, b FROM pair ORDER BY a, b")
        while some := cursor.fetchmany(PAIRS_A_READ):
            yield some

    def _write(self, statement: str, rows: Sequence[tuple[int, ...]]) -> None:
        self._scratch.execute("BEGIN")
        self._scratch.executemany(statement, rows)
        self._scratch.execute("COMMIT")
