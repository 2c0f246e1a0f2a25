"""A case told as a chain: its steps, the stays in custody of its people, and how often somebody came back."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, CaseMove, CustodyEpisode, Household, Membership, Person, User

_CASE: Any = Case.__table__
_MOVE: Any = CaseMove.__table__
_STAY: Any = CustodyEpisode.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_HOUSEHOLD: Any = Household.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the case."""

    from_state: str
    to_state: str
    reason: str
    by_ar: str
    by_en: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay in custody; ``is_return`` for one that began after an earlier release."""

    person_id: uuid.UUID
    person_name: str
    status: str
    entry: str
    release: str
    is_return: bool


@dataclass(frozen=True, slots=True)
class CaseChain:
    """A case and what led where it is; steps are the newest first, stays the earliest first."""

    case_id: uuid.UUID
    number: str
    household_id: uuid.UUID | None
    file_number: str
    name: str
    state: str
    restricted: bool
    closure_reason: str
    steps: tuple[StepLine, ...]
    stays: tuple[StayLine, ...]

    @property
    def returns(self) -> int:
        """How often somebody of the family came back to prison."""
        return sum(stay.is_return for stay in self.stays)


def case_chain(desk: Desk, case_id: uuid.UUID) -> CaseChain:
    """Read the chain; stays only for who may see custody. Raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        query = (
            select(_CASE, _HOUSEHOLD.c.file_number, *NAME_COLUMNS)
            .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _CASE.c.household_id)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(_CASE.c.id == case_id)
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            raise RecordMissing(entity="case_file")
        desk.require(Action.VIEW_CASE, row.scope)
        moves = connection.execute(
            select(_MOVE, _USER.c.name_ar, _USER.c.name_en)
            .outerjoin(_USER, _USER.c.id == _MOVE.c.moved_by)
            .where(_MOVE.c.case_id == case_id)
            .order_by(_MOVE.c.moved_at.desc(), _MOVE.c.id.desc())
        ).all()
        own = row.officer_id == desk.user.id
        stays: list[Any] = []
        if desk.may(Action.VIEW_CRIMINAL, row.scope, own=own):
            people = select(_MEMBER.c.person_id).where(
                _MEMBER.c.household_id == row.household_id, _MEMBER.c.removed_at.is_(None)
            )
            stays = list(
                connection.execute(
                    select(_STAY, *NAME_COLUMNS)
                    .join(_PERSON, _PERSON.c.id == _STAY.c.person_id)
                    .where(
                        _STAY.c.person_id.in_(people) | (_STAY.c.person_id == row.person_id),
                        _STAY.c.removed_at.is_(None),
                    )
                    .order_by(_STAY.c.entry_day, _STAY.c.id)
                )
            )
    steps = tuple(
        StepLine(
            move.from_state, move.to_state, move.reason or "", move.name_ar or "", move.name_en or "",
            move.moved_at,
        )
        for move in moves
    )  # fmt: skip
    return CaseChain(
        row.id, row.number, row.household_id, row.file_number or "", full_name(row), row.state,
        row.restricted, row.closure_reason or "", steps, tuple(_stay_lines(stays)),
    )  # fmt: skip


def _stay_lines(rows: list[Any]) -> list[StayLine]:
    released: set[uuid.UUID] = set()
    lines = []
    for row in rows:
        lines.append(
            StayLine(
                row.person_id, full_name(row), row.status, row.entry or "", row.release or "",
                row.person_id in released,
            )
        )  # fmt: skip
        if row.release_day is not None or row.status == "released":
            released.add(row.person_id)
    return lines
