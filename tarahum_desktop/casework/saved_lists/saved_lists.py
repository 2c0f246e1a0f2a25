"""Keeping, reading and forgetting a person's own lists: words, filters and order under a name."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.casework.search.lists import SORTS, Filters, Wish, filters_from
from tarahum_desktop.casework.search.query import LONGEST_QUERY
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import SavedList
from tarahum_desktop.models.ids import new_id

LONGEST_TITLE: Final = 60
MOST_LISTS: Final = 50
_LIST: Any = SavedList.__table__


class ListRefused(CaseworkError):
    """``list_needs_name``: nothing was written as its name; ``too_many_lists``: fact ``most``."""

    code = "list_needs_name"


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list somebody named; ``wish`` opens it from its beginning."""

    id: uuid.UUID
    title: str
    wish: Wish


def saved_lists(desk: Desk) -> list[KeptList]:
    """This person's lists on this machine, by title."""
    query = select(_LIST).where(_LIST.c.user_id == desk.user.id).order_by(_LIST.c.title, _LIST.c.id)
    with desk.reading() as connection:
        return [KeptList(row.id, row.title, _wish(row.filters)) for row in connection.execute(query)]


def save_list(desk: Desk, title: str, wish: Wish) -> KeptList:
    """Keep a list under a name; a name used before gets the new list.

    Raises:
        ListRefused: the name is empty, or there are too many lists.
    """
    name = clean(title)[:LONGEST_TITLE].strip()
    if not name:
        raise ListRefused
    document = {
        "typed": clean(wish.typed)[:LONGEST_QUERY],
        "sort": wish.sort,
        "filters": asdict(wish.filters),
    }
    mine = _LIST.c.user_id == desk.user.id
    with desk.replica.engine.begin() as connection:
        same = connection.scalar(select(_LIST.c.id).where(mine, _LIST.c.title == name))
        if same is not None:
            connection.execute(update(_LIST).where(_LIST.c.id == same).values(filters=document))
            return KeptList(same, name, _wish(document))
        if (connection.scalar(select(func.count()).select_from(_LIST).where(mine)) or 0) >= MOST_LISTS:
            raise ListRefused("too_many_lists", most=MOST_LISTS)
        made = new_id()
        connection.execute(
            insert(_LIST).values(
                id=made, user_id=desk.user.id, title=name, filters=document, made_at=desk.now()
            )
        )
    return KeptList(made, name, _wish(document))


def forget_list(desk: Desk, list_id: uuid.UUID) -> None:
    """Drop one of this person's lists; one that is gone already is no error."""
    with desk.replica.engine.begin() as connection:
        connection.execute(delete(_LIST).where(_LIST.c.id == list_id, _LIST.c.user_id == desk.user.id))


def _wish(document: Any) -> Wish:
    """A list as kept, perhaps by another version of the program."""
    if not isinstance(document, dict):
        return Wish()
    sort, filters = document.get("sort"), document.get("filters")
    return Wish(
        str(document.get("typed") or "")[:LONGEST_QUERY],
        filters_from(filters) if isinstance(filters, dict) else Filters(),
        sort if sort in SORTS else "best",
    )
