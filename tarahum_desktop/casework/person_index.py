"""Keeps the words by which persons are found: names, temporary keys, inmate numbers and second telephones.

Identity numbers and mobiles are not among them: their columns have indexes of their own, and a word that only one
person has costs a full-text index most. A derived table beside ``person``, brought up to date in the transaction that
changes a person, whether typed here or arrived in a batch. It is on the apply path, so it works in bulk and below the
ORM. The full-text table ``person_search`` follows it by triggers.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.casework.search.memory import SearchMemory
from tarahum_desktop.domain.identifiers import check_mobile
from tarahum_desktop.domain.names import FOLD_VERSION, fold
from tarahum_desktop.sync.replica import Replica, RowIndex
from tarahum_desktop.sync.settings import read_setting, write_setting

_WORDS_VERSION: Final = 2
INDEX_VERSION: Final = f"{FOLD_VERSION}.{_WORDS_VERSION}"
"""Stored with an index that is complete: another folding, or other words, and it is made anew."""
_VERSION: Final = "search/index_version"
_REACHED: Final = "search/index_reached"
_PERSONS_A_STEP: Final = 1_000
_ROWS_A_READ: Final = 500
_MOST_REMEMBERED: Final = 50_000
_COUNTRY: Final = "+966"
_ARTICLE: Final = "ال"
_SHORTEST_BARE: Final = 3

_READ: Final = (
    "SELECT id, first_name, father_name, grandfather_name, family_name, coalesce(removed_at, merged_into), id_number, mobile, "
    "mobile_alt, temporary_key FROM person WHERE id IN ({marks})"
)
_INMATES: Final = (
    "SELECT person_id, inmate_number FROM custody_episode "
    "WHERE person_id IN ({marks}) AND inmate_number IS NOT NULL AND removed_at IS NULL"
)
_PRISONERS: Final = (
    "SELECT DISTINCT person_id FROM custody_episode WHERE id IN ({marks}) AND inmate_number IS NOT NULL"
)
_FILES: Final = "SELECT file_number FROM household WHERE id IN ({marks})"
_WRITE: Final = (
    "INSERT INTO person_index (person_id, words) VALUES (?, ?) ON CONFLICT (person_id) "
    "DO UPDATE SET words = excluded.words WHERE words <> excluded.words"
)
_DROP: Final = "DELETE FROM person_index WHERE person_id = ?"


class PersonIndex:
    """The search index of persons; one for each replica on a file database.

    Attributes:
        memory: what the search of this replica keeps in memory; gone with the replica when the machine is locked.
    """

    entity = "person"

    def __init__(self, memory: SearchMemory | None = None) -> None:
        self.memory = memory or SearchMemory()
        # A few thousand names cover a country; folding one again for each bearer would cost more than the writing.
        self._folded: dict[str, str] = {}

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:
        """Index these persons anew; persons removed or gone from here are no longer found."""
        for some in _chunks(row_ids):
            marks = ",".join("?" * len(some))
            rows = connection.exec_driver_sql(_READ.format(marks=marks), some).all()
            inmates: dict[bytes, list[str]] = {}
            for person_id, number in connection.exec_driver_sql(_INMATES.format(marks=marks), some):
                inmates.setdefault(person_id, []).append(number)
            kept = [(row[0], self._words(row, inmates.get(row[0], ()))) for row in rows if row[5] is None]
            there = {person_id for person_id, _words in kept}
            gone = [(person_id,) for person_id in some if person_id not in there]
            if kept:
                connection.exec_driver_sql(_WRITE, kept)
            if gone:
                connection.exec_driver_sql(_DROP, gone)
            self.memory.add_persons(kept, rows)

    def _words(self, row: Any, inmates: Any) -> str:
        names = [self._fold(part) for part in row[1:5] if part]
        words = dict.fromkeys(" ".join(names).split())
        if names and row[4]:
            words.update(dict.fromkeys(_family_variants(names[-1])))
        for code in (row[8] and check_mobile(row[8]).value.removeprefix(_COUNTRY), row[9], *inmates):
            if code:  # one person's alone, so folding it again for others saves nothing
                words.update(dict.fromkeys(fold(code).split()))
        return " ".join(words)

    def _fold(self, text: str) -> str:
        found = self._folded.get(text)
        if found is None:
            if len(self._folded) >= _MOST_REMEMBERED:
                self._folded.clear()
            found = self._folded[text] = fold(text)
        return found


class CustodyIndex:
    """Lets prisoners be found by their inmate number: a stay that has one has its person indexed anew."""

    entity = "custody_episode"

    def __init__(self, persons: PersonIndex) -> None:
        self._persons = persons

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:
        """Index the people of these stays."""
        self._persons.memory.touched("custody_episode", row_ids)
        for some in _chunks(row_ids):
            query = _PRISONERS.format(marks=",".join("?" * len(some)))
            people = [row[0] for row in connection.exec_driver_sql(query, some)]
            if people:
                self._persons.refresh(connection, people)


class HouseholdIndex:
    """Takes up new file numbers, so that a serial alone finds the family."""

    entity = "household"

    def __init__(self, memory: SearchMemory) -> None:
        self._memory = memory

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:
        """Take up the file numbers of these households."""
        self._memory.touched("household", row_ids)
        for some in _chunks(row_ids):
            query = _FILES.format(marks=",".join("?" * len(some)))
            self._memory.files.add(row[0] for row in connection.exec_driver_sql(query, some))


class FactIndex:
    """Remembers which rows of one kind changed, for the facts that filters ask about."""

    def __init__(self, entity: str, memory: SearchMemory) -> None:
        self.entity, self._memory = entity, memory

    def refresh(self, connection: Connection, row_ids: list[bytes]) -> None:  # noqa: ARG002 - read when next asked
        """Note these rows; nothing is read while a batch is being applied."""
        self._memory.touched(self.entity, row_ids)


def search_indexes() -> list[RowIndex]:
    """Everything a desktop's search keeps up to date, over one memory."""
    persons = PersonIndex()
    memory = persons.memory
    facts = [
        FactIndex(entity, memory) for entity in ("membership", "case_file", "visit", "plan_item", "follow_up")
    ]
    return [persons, CustodyIndex(persons), HouseholdIndex(memory), *facts]


def memory_of(replica: Replica) -> SearchMemory:
    """What the search of a replica keeps in memory; empty for a replica that is not searched."""
    kept = (index.memory for index in replica.indexes if isinstance(index, PersonIndex))
    return next(kept, None) or SearchMemory()


def _chunks(row_ids: list[bytes]) -> Iterator[tuple[bytes, ...]]:
    ids = iter(row_ids)
    while some := tuple(islice(ids, _ROWS_A_READ)):
        yield some


def _family_variants(folded: str) -> Iterator[str]:
    """Other ways a family is asked for: «غامدي» for «الغامدي», «السعود» for «آل سعود»."""
    words = folded.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == _ARTICLE and following:
            yield _ARTICLE + following
        elif word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _SHORTEST_BARE:
            yield word.removeprefix(_ARTICLE)


def index_some(replica: Replica) -> bool:
    """Index some persons anew where the index was made by another folding; False once all of it is of this program.

    One short transaction a call, so that typing goes on beside it, and a kill in between costs no more than the last.
    """
    if _index_version(replica) == INDEX_VERSION:
        return False
    persons = next(index for index in replica.indexes if isinstance(index, PersonIndex))
    with replica.engine.begin() as connection:
        reached = read_setting(connection, _REACHED)
        last = reached[1] if reached and reached[0] == INDEX_VERSION else b""
        query = "SELECT id FROM person WHERE id > ? ORDER BY id LIMIT ?"
        ids = [row[0] for row in connection.exec_driver_sql(query, (last, _PERSONS_A_STEP))]
        if ids:
            persons.refresh(connection, ids)
            write_setting(connection, _REACHED, [INDEX_VERSION, ids[-1]])
        else:
            write_setting(connection, _REACHED, None)
            write_setting(connection, _VERSION, INDEX_VERSION)
    return bool(ids)


def _index_version(replica: Replica) -> str | None:
    with replica.engine.execution_options(read_only=True).connect() as connection:
        version: str | None = read_setting(connection, _VERSION)
        return version
