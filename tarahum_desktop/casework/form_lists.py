"""The lists a form chooses from, as short as the visit allows: an officer in a village never scrolls the nation."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.models import (
    Draft,
    Facility,
    Membership,
    Person,
    Place,
    ReferenceItem,
    Service,
    User,
)

_DRAFT: Any = Draft.__table__
_FACILITY: Any = Facility.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__
_ITEM: Any = ReferenceItem.__table__
_SERVICE: Any = Service.__table__
_USER: Any = User.__table__

Language = Literal["ar", "en"]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One thing to choose: what is stored, and its words in the reader's language."""

    code: str
    text: str


def form_list(desk: Desk, draft_id: uuid.UUID, name: str, language: Language) -> list[ListedItem]:
    """One of the lists a form document names; empty for a name this program does not know."""
    read = _LISTS.get(name)
    if read is None:
        return []
    with desk.reading() as connection:
        return read(connection, desk, draft_id, language)


def _named(connection: Connection, table: Any, language: Language, *conditions: Any) -> list[ListedItem]:
    shown = table.c.name_en if language == "en" else table.c.name_ar
    query = select(table.c.code, shown).where(table.c.removed_at.is_(None), *conditions).order_by(shown)
    return [ListedItem(code, text or code) for code, text in connection.execute(query)]


def _users(connection: Connection, desk: Desk, _draft: uuid.UUID, language: Language) -> list[ListedItem]:
    shown = _USER.c.name_en if language == "en" else _USER.c.name_ar
    query = (
        select(_USER.c.id, shown)
        .where(
            _USER.c.active, _USER.c.committee_code == desk.user.committee_code, _USER.c.removed_at.is_(None)
        )
        .order_by(_USER.c.id != desk.user.id, shown)
    )
    return [ListedItem(str(row[0]), row[1]) for row in connection.execute(query)]


def _services(connection: Connection, _desk: Desk, _draft: uuid.UUID, language: Language) -> list[ListedItem]:
    return _named(connection, _SERVICE, language)


def _facilities(
    connection: Connection, _desk: Desk, _draft: uuid.UUID, language: Language
) -> list[ListedItem]:
    return _named(connection, _FACILITY, language)


def _places(connection: Connection, desk: Desk, _draft: uuid.UUID, language: Language) -> list[ListedItem]:
    return _named(connection, _PLACE, language, _PLACE.c.committee_code == desk.user.committee_code)


def _nationalities(
    connection: Connection, _desk: Desk, _draft: uuid.UUID, language: Language
) -> list[ListedItem]:
    return _named(connection, _ITEM, language, _ITEM.c.list_code == "nationality")


def _persons(
    connection: Connection, _desk: Desk, draft_id: uuid.UUID, _language: Language
) -> list[ListedItem]:
    home = select(_DRAFT.c.subject_id).where(_DRAFT.c.id == draft_id).scalar_subquery()
    query = (
        select(_PERSON.c.id, *NAME_COLUMNS)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.household_id == home, _MEMBER.c.removed_at.is_(None), _PERSON.c.removed_at.is_(None))
        .order_by(_MEMBER.c.id)
    )
    return [ListedItem(str(row.id), full_name(row)) for row in connection.execute(query)]


_Read = Callable[[Connection, Desk, uuid.UUID, Language], list[ListedItem]]
_LISTS: Final[dict[str, _Read]] = {
    "users": _users,
    "services": _services,
    "facilities": _facilities,
    "places": _places,
    "nationalities": _nationalities,
    "persons": _persons,
    "members": _persons,
}
