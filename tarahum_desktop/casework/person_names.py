"""A person's name as one line, from the columns of a row."""

from typing import Any, Final

from sqlalchemy import ColumnElement

from tarahum_desktop.domain.names import Gender, NameParts
from tarahum_desktop.models import Person

_PERSON: Any = Person.__table__
NAME_COLUMNS: Final[tuple[ColumnElement[Any], ...]] = (
    _PERSON.c.first_name,
    _PERSON.c.father_name,
    _PERSON.c.grandfather_name,
    _PERSON.c.family_name,
    _PERSON.c.gender,
)


def full_name(row: Any) -> str:
    """The shown form of a row that has ``NAME_COLUMNS``; empty when the person has not arrived here."""
    if row.first_name is None:
        return ""
    parts = NameParts(
        row.first_name, row.father_name or "", row.grandfather_name or "", row.family_name or ""
    )
    return parts.full(Gender.FEMALE if row.gender == Gender.FEMALE else Gender.MALE)
