"""Steps made by somebody whose role had ended by then: the exception ``role_ended``.

A role may end while its holder is out of reach. The centre refuses such a batch by the day of the change and keeps it
in quarantine; here the machine that made it, and every office that holds both rows, can say which step it is, so that
somebody entitled decides again.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action, Grant, Role, may, roles_in
from tarahum_desktop.models import Case, CaseMove, Household, Person, RoleGrant, Ruling, User
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import to_milliseconds

KIND: Final = "role_ended"
_LOOKS_BACK: Final = dt.timedelta(days=60)
_MOST: Final = 200
_MOVE: Any = CaseMove.__table__
_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_GRANT: Any = RoleGrant.__table__
_RULING: Any = Ruling.__table__


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step whose maker held no role there on that day, as the grants are known now."""

    move_id: uuid.UUID
    case_id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    name: str
    from_state: str
    to_state: str
    by_ar: str
    by_en: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class LateMove:
    """The step alone, as the pass over all records finds it."""

    id: uuid.UUID
    scope: str
    case_id: uuid.UUID
    from_state: str
    to_state: str
    moved_by: uuid.UUID | None
    on: dt.date


def late_moves(connection: Connection, scopes: Sequence[str], day: dt.date) -> tuple[LateMove, ...]:
    """Steps of the sixty days before a day whose maker had no right to move cases there by then, the newest first."""
    ended = _people_with_ended_roles(connection, day)
    if not ended:
        return ()
    since = dt.datetime.combine(day - _LOOKS_BACK, dt.time(), SAUDI_TIME)
    query = (
        select(
            _MOVE.c.id, _MOVE.c.scope, _MOVE.c.case_id, _MOVE.c.from_state, _MOVE.c.to_state, _MOVE.c.moved_by,
            _MOVE.c.moved_at,
        )
        .where(
            _MOVE.c.scope.in_(scopes), _MOVE.c.id >= make_id(to_milliseconds(since), 0), _MOVE.c.moved_by.in_(ended),
            _MOVE.c.removed_at.is_(None),
        )
        .order_by(_MOVE.c.id.desc())
        .limit(_MOST)
    )  # fmt: skip
    rows = connection.execute(query).all()
    grants = {person: _grants(connection, person) for person in {row.moved_by for row in rows}}
    return tuple(
        LateMove(
            row.id, row.scope, row.case_id, row.from_state, row.to_state, row.moved_by,
            row.moved_at.astimezone(SAUDI_TIME).date(),
        )
        for row in rows
        if not _held(grants[row.moved_by], row)
    )  # fmt: skip


def late_steps(desk: Desk) -> tuple[LateStep, ...]:
    """The steps that somebody entitled must decide again, the newest first; one that was settled is left out."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        moves = late_moves(connection, scopes, desk.today()) if scopes else ()
        if not moves:
            return ()
        settled = set(
            connection.scalars(
                select(_RULING.c.subject).where(
                    _RULING.c.subject.in_([move.id.hex for move in moves]), _RULING.c.kind == KIND,
                    _RULING.c.removed_at.is_(None),
                )
            )
        )  # fmt: skip
        told = _told(connection, [move.id for move in moves if move.id.hex not in settled])
    return tuple(
        LateStep(
            row.id, row.case_id, row.household_id, row.file_number or "", full_name(row), row.from_state,
            row.to_state, row.by_ar or "", row.by_en or "", row.moved_at,
        )
        for row in told
    )  # fmt: skip


def _told(connection: Connection, moves: list[uuid.UUID]) -> Sequence[Any]:
    """The steps with the names a person reads."""
    query = (
        select(
            _MOVE.c.id, _MOVE.c.case_id, _MOVE.c.from_state, _MOVE.c.to_state, _MOVE.c.moved_at, _CASE.c.household_id,
            _HOUSEHOLD.c.file_number, *NAME_COLUMNS, _USER.c.name_ar.label("by_ar"), _USER.c.name_en.label("by_en"),
        )
        .join(_CASE, _CASE.c.id == _MOVE.c.case_id)
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_USER, _USER.c.id == _MOVE.c.moved_by)
        .where(_MOVE.c.id.in_(moves))
        .order_by(_MOVE.c.id.desc())
    )  # fmt: skip
    return connection.execute(query).all()


def _held(grants: list[Grant], move: Any) -> bool:
    """Whether the maker had the right to move cases there on the day, by any role."""
    day = move.moved_at.astimezone(SAUDI_TIME).date()
    return bool(roles_in(grants, move.scope, day)) or may(grants, Action.MOVE_CASE, move.scope, day)


def _people_with_ended_roles(connection: Connection, today: dt.date) -> list[uuid.UUID]:
    """Only they can be meant; mostly nobody is, and then no step is read."""
    query = (
        select(_GRANT.c.user_id).where(_GRANT.c.last_day < today, _GRANT.c.removed_at.is_(None)).distinct()
    )
    return list(connection.scalars(query))


def _grants(connection: Connection, user_id: uuid.UUID) -> list[Grant]:
    known = {role.value for role in Role}
    query = select(_GRANT).where(_GRANT.c.user_id == user_id, _GRANT.c.removed_at.is_(None))
    return [
        Grant(Role(row.role), row.scope_code, row.first_day or dt.date.min, row.last_day)
        for row in connection.execute(query)
        if row.role in known
    ]
