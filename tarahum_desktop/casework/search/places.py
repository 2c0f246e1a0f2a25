"""Families by what people call the place they live in: a town, a village, a district."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.casework.search.family_book import Bits, FamilyBook
from tarahum_desktop.casework.search.names import exact_steps

MOST_PEOPLE: Final = 15_000
"""People of one name that are looked through for those who fit something else, too."""
# Joined by the database: fetching tens of thousands of rows would cost more than finding them.
_NUMBERS: Final = (
    "SELECT group_concat(no) FROM (SELECT rowid AS no FROM person_search WHERE person_search MATCH ? LIMIT ?)"
)


def bits_of_place(book: FamilyBook, words: Sequence[str]) -> Bits:
    """The families in places or districts whose name has a word beginning with each of these words."""
    bits = book.any_of("place", (code for code, name in book.place_names.items() if _fits(words, name)))
    return bits | book.any_of("district", (name for name in book.facets["district"] if _fits(words, name)))


def named_in(
    connection: Connection, book: FamilyBook, words: Sequence[str], among: Bits, most: int
) -> list[int]:
    """The positions, among some families, of those with a member of this name; whole words come before beginnings."""
    found: dict[int, None] = {}
    for _how, asked in exact_steps(words):
        if len(found) < most:
            found.update(dict.fromkeys(book.homes_of(people_asked(connection, asked), among)))
    return list(found)[:most]


def people_asked(connection: Connection, asked: str) -> list[int]:
    """The numbers in the index of the people a full-text question finds."""
    joined: str | None = connection.exec_driver_sql(_NUMBERS, (asked, MOST_PEOPLE)).scalar()
    return [int(no) for no in joined.split(",")] if joined else []


def _fits(words: Sequence[str], name: str) -> bool:
    parts = name.split()
    bare = [part.removeprefix("ال") for part in parts]
    return all(any(part.startswith(word) for part in (*parts, *bare)) for word in words)
