"""A family in one line, for lists of families on their way."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.models import Household, Person, Place

_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__


def head_query(connection: Connection, households: Collection[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """File number, head and place of households, by id; those not here are left out."""
    query = (
        select(
            _HOUSEHOLD.c.id,
            _HOUSEHOLD.c.file_number,
            *NAME_COLUMNS,
            _PLACE.c.name_ar.label("place_ar"),
            _PLACE.c.name_en.label("place_en"),
        )
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == _HOUSEHOLD.c.place_code)
        .where(_HOUSEHOLD.c.id.in_(list(households)))
    )
    return {row.id: row for row in connection.execute(query)}


def head_name(home: Any) -> str:
    """The head's name of such a line, empty when the family is not here."""
    return full_name(home) if home is not None else ""
