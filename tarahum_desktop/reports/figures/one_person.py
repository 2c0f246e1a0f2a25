"""The record that counts for a delivery's person once two records were found to be one.

Merges name the record that stays. Two merged in opposite directions name each other; then the smaller id counts, as
everywhere (``casework.person_resolver``). A merge points earlier ones on, so two steps reach the end.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case

from tarahum_desktop.models import Person

_PERSON: Any = Person.__table__
_INTO: Any = Person.__table__.alias("merged_into_person")
_STANDS: Any = Person.__table__.alias("standing_person")


def joined(query: Select[Any], given: FromClause) -> Select[Any]:
    """Join each delivery's person, and for the few who were merged the record that stands for them."""
    return (
        query.outerjoin(_PERSON, _PERSON.c.id == given.c.person_id)
        .outerjoin(_INTO, _INTO.c.id == _PERSON.c.merged_into)
        .outerjoin(_STANDS, _STANDS.c.id == _merged_id())
    )


def standing(column: str) -> ColumnElement[Any]:
    """A column of the record that stands for a delivery's person."""
    return case((_PERSON.c.merged_into.is_(None), _PERSON.c[column]), else_=_STANDS.c[column])


def standing_id(given: FromClause) -> ColumnElement[Any]:
    """The id of that record; the id the delivery names for a person who is not here."""
    return case((_PERSON.c.merged_into.is_(None), given.c.person_id), else_=_merged_id())


def _merged_id() -> ColumnElement[Any]:
    ring = _INTO.c.merged_into == _PERSON.c.id
    return case(
        (_INTO.c.id.is_(None), _PERSON.c.merged_into),
        (and_(ring, _PERSON.c.id < _INTO.c.id), _PERSON.c.id),
        (ring, _INTO.c.id),
        (_INTO.c.merged_into.is_not(None), _INTO.c.merged_into),
        else_=_INTO.c.id,
    )
