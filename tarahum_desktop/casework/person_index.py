"""Keeps the words by which persons are found by name.

Identity numbers and mobiles are not among them: their columns have indexes of their own, and a word that only one
person has costs a full-text index most. A derived table beside ``person``, brought up to date in the transaction that changes a person, whether typed here
or arrived in a batch. It is on the apply path, so it works in bulk and below the ORM. The full-text table
``person_search`` follows it by triggers.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.domain.names import fold

_ROWS_A_READ: Final = 500
_MOST_REMEMBERED: Final = 50_000
_ARTICLE: Final = "ال"
_SHORTEST_BARE: Final = 3

_READ: Final = (
    "SELECT id, first_name, father_name, grandfather_name, family_name, removed_at "
    "FROM person WHERE id IN ({marks})"
)
_WRITE: Final = (
    "INSERT INTO person_index (person_id, words) VALUES (?, ?) ON CONFLICT (person_id) "
    "DO UPDATE SET words = excluded.words WHERE words <> excluded.words"
)
_DROP: Final = "DELETE FROM person_index WHERE person_id = ?"


class PersonIndex:
    """The search index of persons; one for each replica on a file database."""

    entity = "person"

    def __init__(self) -> None:
        # A few thousand names cover a country; folding one again for each bearer would cost more than the writing.
        self._folded: dict[str, str] = {}

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:
        """Index these persons anew; persons marked as removed are no longer found."""
        ids = iter(row_ids)
        while some := list(islice(ids, _ROWS_A_READ)):
            marks = ",".join("?" * len(some))
            rows = connection.exec_driver_sql(_READ.format(marks=marks), tuple(some)).all()
            kept = [(row[0], self._words(row)) for row in rows if row[5] is None]
            gone = [(row[0],) for row in rows if row[5] is not None]
            if kept:
                connection.exec_driver_sql(_WRITE, kept)
            if gone:
                connection.exec_driver_sql(_DROP, gone)

    def _words(self, row: Any) -> str:
        names = [self._fold(part) for part in row[1:5] if part]
        words = dict.fromkeys(" ".join(names).split())
        if names and row[4]:
            words.update(dict.fromkeys(_family_variants(names[-1])))
        return " ".join(words)

    def _fold(self, text: str) -> str:
        found = self._folded.get(text)
        if found is None:
            if len(self._folded) >= _MOST_REMEMBERED:
                self._folded.clear()
            found = self._folded[text] = fold(text)
        return found


def _family_variants(folded: str) -> Iterator[str]:
    """Other ways a family is asked for: «غامدي» for «الغامدي», «السعود» for «آل سعود»."""
    words = folded.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == _ARTICLE and following:
            yield _ARTICLE + following
        elif word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _SHORTEST_BARE:
            yield word.removeprefix(_ARTICLE)


def rebuild(connection: Connection) -> int:
    """Make the whole index anew, after a change of the folding; returns how many persons it holds."""
    connection.exec_driver_sql("DELETE FROM person_index")
    index = PersonIndex()
    last, count = b"", 0
    query = "SELECT id FROM person WHERE id > ? ORDER BY id LIMIT ?"
    while ids := [row[0] for row in connection.exec_driver_sql(query, (last, 10_000))]:
        index.refresh(connection, ids)
        last, count = ids[-1], count + len(ids)
    return count
