"""Words for the codes that values in question may hold beside those of the reference lists: prisons, places, offices."""

from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.family_signals import reference_lists
from tarahum_desktop.models import Committee, Facility, Place, Scope, Service, Team

_TABLES: Final[tuple[tuple[str, Any], ...]] = (
    ("facility", Facility.__table__),
    ("place", Place.__table__),
    ("service", Service.__table__),
    ("committee", Committee.__table__),
    ("team", Team.__table__),
    ("scope", Scope.__table__),
)

LISTS_OF_TABLES: Final = frozenset(name for name, _ in _TABLES)
"""The lists that are not among the reference lists."""


def decision_lists(desk: Desk, language: str) -> dict[str, dict[str, str]]:
    """The reference lists and the catalogue: list code → item code → words in the reader's language."""
    lists = reference_lists(desk, language)
    with desk.reading() as connection:
        for name, table in _TABLES:
            query = select(table.c.code, table.c.name_ar, table.c.name_en)
            lists[name] = {
                row.code: (row.name_en or row.name_ar) if language == "en" else row.name_ar
                for row in connection.execute(query)
            }
    return lists
