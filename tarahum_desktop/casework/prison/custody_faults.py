"""Stays that came together by an exchange and cannot all be right: found again at will, settled by a person."""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.prison.stays import STAY, stay_days
from tarahum_desktop.domain.custody_order import MoveDay, faults_of
from tarahum_desktop.models import CustodyMove

_MOVE: Any = CustodyMove.__table__
_PEOPLE_A_READ: Final = 500


@dataclass(frozen=True, slots=True)
class CustodyFaultLine:
    """One fault: its code, the person, the stay or move it is about, and the other stay of a pair."""

    code: str
    scope: str
    person_id: uuid.UUID
    row_id: uuid.UUID
    other_id: uuid.UUID | None


def custody_faults(connection: Connection, scopes: Iterable[str]) -> Iterator[CustodyFaultLine]:
    """Walk the stays of these scopes person by person; reads a whole scope, so it belongs in the background."""
    for scope in scopes:
        query = select(STAY).where(STAY.c.scope == scope, STAY.c.removed_at.is_(None))
        people = itertools.groupby(
            connection.execute(query.order_by(STAY.c.person_id)), key=lambda row: row.person_id
        )
        lists = ((person, list(rows)) for person, rows in people)
        while some := list(itertools.islice(lists, _PEOPLE_A_READ)):
            moves = _moves(connection, [row.id for _, rows in some for row in rows])
            for person, rows in some:
                yield from _faults(scope, person, rows, moves)


def _faults(
    scope: str, person: uuid.UUID, rows: list[Any], moves: dict[uuid.UUID, list[MoveDay]]
) -> Iterator[CustodyFaultLine]:
    mine = [move for row in rows for move in moves.get(row.id, ())]
    for fault in faults_of([stay_days(row) for row in rows], mine):
        other = uuid.UUID(fault.other_id) if fault.other_id else None
        yield CustodyFaultLine(fault.code, scope, person, uuid.UUID(fault.row_id), other)


def _moves(connection: Connection, stays: list[uuid.UUID]) -> dict[uuid.UUID, list[MoveDay]]:
    found: dict[uuid.UUID, list[MoveDay]] = {}
    for at in range(0, len(stays), _PEOPLE_A_READ):
        query = select(_MOVE.c.id, _MOVE.c.episode_id, _MOVE.c.moved_on).where(
            _MOVE.c.episode_id.in_(stays[at : at + _PEOPLE_A_READ]), _MOVE.c.removed_at.is_(None)
        )
        for row in connection.execute(query):
            found.setdefault(row.episode_id, []).append(
                MoveDay(str(row.id), str(row.episode_id), row.moved_on)
            )
    return found
