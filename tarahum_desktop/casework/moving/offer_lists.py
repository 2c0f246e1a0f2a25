"""Families on their way: what others offer us, and what we offered."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.moving.lines import head_name, head_query
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState
from tarahum_desktop.models import Case, Committee, Place, Relocation

MOST_SHOWN: Final = 200
_RELOCATION: Any = Relocation.__table__
_COMMITTEE: Any = Committee.__table__
_PLACE: Any = Place.__table__
_CASE: Any = Case.__table__


@dataclass(frozen=True, slots=True)
class IncomingOffer:
    """A family another committee offers; what is known of it until it is accepted."""

    id: uuid.UUID
    file_number: str
    head: str
    members: int
    place_ar: str
    place_en: str
    district: str
    from_ar: str
    from_en: str
    reason: str
    offered_at: dt.datetime
    state: RelocationState
    moved: bool


@dataclass(frozen=True, slots=True)
class OutgoingOffer:
    """A family offered by this office. ``failure`` is a code; ``can_take_back`` while it is still here."""

    id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head: str
    kind: RelocationKind
    to_scope: str
    to_ar: str
    to_en: str
    reason: str
    offered_at: dt.datetime
    state: RelocationState
    decision_reason: str
    failure: str
    moved: bool
    can_take_back: bool


def incoming_offers(desk: Desk) -> tuple[IncomingOffer, ...]:
    """Offers to this office that wait for an answer, or were accepted and are on their way, oldest first."""
    with desk.reading() as connection:
        query = (
            _lines(desk, connection)
            .where(
                _RELOCATION.c.offer_id.is_not(None),
                _RELOCATION.c.done_at.is_(None),
                _RELOCATION.c.state.in_([RelocationState.OFFERED.value, RelocationState.ACCEPTED.value]),
            )
            .order_by(_RELOCATION.c.offered_at, _RELOCATION.c.id)
        )
        rows = connection.execute(query).all()
        committees = _committees(connection)
        places = _places(connection, {(row.summary or {}).get("place") for row in rows})
    return tuple(_incoming(row, committees, places) for row in rows)


def outgoing_offers(desk: Desk) -> tuple[OutgoingOffer, ...]:
    """What this office offered to other committees, the latest first."""
    with desk.reading() as connection:
        query = (
            _lines(desk, connection)
            .where(_RELOCATION.c.offer_id.is_(None), _RELOCATION.c.kind == RelocationKind.TRANSFER.value)
            .order_by(_RELOCATION.c.offered_at.desc(), _RELOCATION.c.id.desc())
        )
        rows = connection.execute(query).all()
        committees = _committees(connection)
        homes = head_query(connection, {row.household_id for row in rows})
        offered = _still_offered(connection, {row.household_id for row in rows})
    return tuple(
        _outgoing(row, committees, homes.get(row.household_id), here=row.household_id in offered)
        for row in rows
    )


def _lines(desk: Desk, connection: Connection) -> Any:
    scopes = desk.scopes_for(Action.TRANSFER_CASE, connection)
    return (
        select(_RELOCATION)
        .where(_RELOCATION.c.scope.in_(scopes), _RELOCATION.c.removed_at.is_(None))
        .limit(MOST_SHOWN)
    )


def _committees(connection: Connection) -> dict[str, Any]:
    query = select(_COMMITTEE.c.code, _COMMITTEE.c.name_ar, _COMMITTEE.c.name_en)
    return {row.code: row for row in connection.execute(query)}


def _places(connection: Connection, codes: set[Any]) -> dict[str, Any]:
    query = select(_PLACE.c.code, _PLACE.c.name_ar, _PLACE.c.name_en).where(
        _PLACE.c.code.in_([code for code in codes if isinstance(code, str)])
    )
    return {row.code: row for row in connection.execute(query)}


def _still_offered(connection: Connection, households: set[uuid.UUID]) -> set[uuid.UUID]:
    query = select(_CASE.c.household_id).where(
        _CASE.c.household_id.in_(households), _CASE.c.state == "transfer_out", _CASE.c.removed_at.is_(None)
    )
    return set(connection.execute(query).scalars())


def _moved(row: Any, *, gone: bool = False) -> bool:
    """Whether the family went; taking an offer back after that, without knowing, does not bring it home."""
    settled = row.done_at is not None and row.failure is None
    too_late = gone and row.state == RelocationState.WITHDRAWN
    return settled and (row.state == RelocationState.ACCEPTED or too_late)


def _incoming(row: Any, committees: dict[str, Any], places: dict[str, Any]) -> IncomingOffer:
    told = row.summary or {}
    sender = committees.get(committee_of(row.from_scope))
    place = places.get(told.get("place", ""))
    return IncomingOffer(
        row.id, told.get("file_number") or "", told.get("head") or "", told.get("members") or 0,
        place.name_ar if place else "", place.name_en if place else "", told.get("district") or "",
        sender.name_ar if sender else row.from_scope, sender.name_en if sender else row.from_scope,
        row.reason or "", row.offered_at, RelocationState(row.state), _moved(row),
    )  # fmt: skip


def _outgoing(row: Any, committees: dict[str, Any], home: Any, *, here: bool) -> OutgoingOffer:
    receiver = committees.get(committee_of(row.to_scope))
    told = row.summary or {}
    moved = _moved(row, gone=home is None)
    return OutgoingOffer(
        row.id, row.household_id, home.file_number if home else told.get("file_number") or "", head_name(home),
        RelocationKind(row.kind), row.to_scope, receiver.name_ar if receiver else row.to_scope,
        receiver.name_en if receiver else row.to_scope, row.reason or "", row.offered_at, RelocationState(row.state),
        row.decision_reason or "", row.failure or "", moved, here and not moved,
    )  # fmt: skip
