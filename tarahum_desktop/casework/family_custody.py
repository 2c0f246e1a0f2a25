"""The chain of a family's stays in custody: from entry by way of each facility to release, and every return."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.family_lines import CustodyLine, FacilityMoveLine
from tarahum_desktop.models import CustodyEpisode, CustodyMove, Facility

_STAY: Any = CustodyEpisode.__table__
_MOVE: Any = CustodyMove.__table__
_FACILITY: Any = Facility.__table__


def read_stays(connection: Connection, people: Sequence[uuid.UUID]) -> list[Any]:
    """The stays of some people with the facility of each, the latest first."""
    query = (
        select(_STAY, _FACILITY.c.name_ar, _FACILITY.c.name_en)
        .outerjoin(_FACILITY, _FACILITY.c.code == _STAY.c.facility_code)
        .where(_STAY.c.person_id.in_(people), _STAY.c.removed_at.is_(None))
        .order_by(_STAY.c.entry_day.desc(), _STAY.c.id.desc())
    )
    return list(connection.execute(query))


def custody_lines(
    connection: Connection, stays: Sequence[Any], names: Mapping[uuid.UUID, str]
) -> tuple[CustodyLine, ...]:
    """Stays as a chain, the latest first; a stay that began after an earlier release is a return."""
    moves = _moves(connection, [stay.id for stay in stays])
    released: dict[uuid.UUID, int] = {}
    lines = []
    for row in reversed(stays):
        before = released.get(row.person_id, 0)
        if row.release_day is not None or row.status == "released":
            released[row.person_id] = before + 1
        lines.append(
            CustodyLine(
                row.id, row.person_id, names.get(row.person_id, ""), row.status, row.name_ar or "", row.name_en or "",
                row.entry_day, row.expected_release_day, row.release_day, row.entry or "", row.expected_release or "",
                row.release or "", row.release_type or "", before, tuple(moves.get(row.id, ())),
            )
        )  # fmt: skip
    return tuple(reversed(lines))


def _moves(connection: Connection, stays: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[FacilityMoveLine]]:
    """Moves between facilities by stay, the earliest first."""
    left = _FACILITY.alias("left_facility")
    query = (
        select(_MOVE, _FACILITY.c.name_ar, _FACILITY.c.name_en, left.c.name_ar.label("from_ar"),
               left.c.name_en.label("from_en"))
        .outerjoin(_FACILITY, _FACILITY.c.code == _MOVE.c.to_facility)
        .outerjoin(left, left.c.code == _MOVE.c.from_facility)
        .where(_MOVE.c.episode_id.in_(stays), _MOVE.c.removed_at.is_(None))
        .order_by(_MOVE.c.moved_on, _MOVE.c.id)
    )  # fmt: skip
    found: dict[uuid.UUID, list[FacilityMoveLine]] = {}
    for row in connection.execute(query) if stays else ():
        found.setdefault(row.episode_id, []).append(
            FacilityMoveLine(
                row.moved_on, row.from_ar or "", row.from_en or row.from_ar or "", row.name_ar or row.to_facility,
                row.name_en or row.name_ar or row.to_facility, row.note or "",
            )
        )  # fmt: skip
    return found
