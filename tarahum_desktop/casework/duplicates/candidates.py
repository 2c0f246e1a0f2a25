"""Who could be the same person as somebody: a few dozen persons found by indexes, never by reading the whole table."""

import uuid
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.domain.names import NameParts, fold
from tarahum_desktop.domain.pair_score import KnownPerson

MOST: Final = 60
_BY_NUMBER: Final = "SELECT id FROM person WHERE id_number = ? LIMIT ?"
_BY_MOBILE: Final = "SELECT id FROM person WHERE mobile = ? LIMIT ?"
_BY_NAME: Final = (
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "WHERE person_search MATCH ? LIMIT ?"
)
_AT_HOME: Final = (
    "SELECT m.person_id FROM membership m WHERE m.household_id = ? AND m.removed_at IS NULL LIMIT ?"
)
_ARTICLE: Final = "ال"
_SHORTEST_BARE: Final = 3


def candidate_ids(connection: Connection, person: KnownPerson, name: NameParts) -> list[uuid.UUID]:
    """Ids of persons worth scoring against ``person``, the surest ways first; at most a few times ``MOST``."""
    found: dict[bytes, None] = {}
    record = person.record
    if record.id_number:
        _add(found, connection, _BY_NUMBER, record.id_number)
    if record.mobile:
        _add(found, connection, _BY_MOBILE, record.mobile)
    for wanted in _name_queries(name):
        _add(found, connection, _BY_NAME, wanted)
    for home in person.households:
        _add(found, connection, _AT_HOME, home)
    return [uuid.UUID(bytes=one) for one in found]


def _add(found: dict[bytes, None], connection: Connection, query: str, value: Any) -> None:
    found.update((bytes(row[0]), None) for row in connection.exec_driver_sql(query, (value, MOST)))


def _name_queries(name: NameParts) -> list[str]:
    """Full-text queries, the narrowest first: a name shared by thousands needs its father to say anything."""
    first, father, family = fold(name.first), fold(name.father), _bare(fold(name.family))
    grandfather = fold(name.grandfather)
    asked = []
    if first and father and grandfather:
        # The family is what is most often written otherwise, and a whole name is narrow enough without it.
        asked.append(_all_of(first, father, grandfather))
    if first and father and family:
        asked.append(_all_of(first, father, family))
    elif first and (father or family):
        asked.append(_all_of(first, father or family))
    return asked


def _all_of(*parts: str) -> str:
    # Folding leaves letters and digits only, so quotes and operators cannot reach the full-text query.
    return " ".join(f'"{word}"' for part in parts for word in part.split())


def _bare(family: str) -> str:
    """Without its article, under which every family is indexed too."""
    bare = family.removeprefix(_ARTICLE)
    return bare if " " not in family and len(bare) >= _SHORTEST_BARE else family
