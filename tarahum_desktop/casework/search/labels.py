"""The words of what lists are narrowed by and of what a new family's card offers, in the reader's language."""

from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.form_lists import Language, ListedItem
from tarahum_desktop.models import Committee, Place, ReferenceItem, Service, Team, User

_ITEM: Any = ReferenceItem.__table__
_NAMED: Final[dict[str, Any]] = {
    "committee": Committee.__table__,
    "team": Team.__table__,
    "place": Place.__table__,
    "need": Service.__table__,
}
_USER: Any = User.__table__


def facet_labels(desk: Desk, language: Language) -> dict[str, dict[str, str]]:
    """Facet → code → words, for the filters whose values are rows; an officer's code is the id as text."""
    with desk.reading() as connection:
        labels = {facet: _names(connection, table, language) for facet, table in _NAMED.items()}
        name = _USER.c.name_en if language == "en" else _USER.c.name_ar
        users = connection.execute(select(_USER.c.id, name))
        return labels | {"officer": {str(row[0]): row[1] for row in users if row[1]}}


def reference_list(desk: Desk, list_code: str, language: Language) -> list[ListedItem]:
    """The entries of one reference list in their own order."""
    name = _ITEM.c.name_en if language == "en" else _ITEM.c.name_ar
    query = (
        select(_ITEM.c.code, name)
        .where(_ITEM.c.list_code == list_code, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.position)
    )
    with desk.reading() as connection:
        return [ListedItem(code, text or code) for code, text in connection.execute(query)]


def _names(connection: Connection, table: Any, language: Language) -> dict[str, str]:
    name = table.c.name_en if language == "en" else table.c.name_ar
    return {row[0]: row[1] for row in connection.execute(select(table.c.code, name)) if row[1]}
