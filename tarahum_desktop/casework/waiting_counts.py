"""What waits for one person at other desks of the program, counted: each count leads to the screen where it is worked off.

Every count reads a bounded stretch of an index: the rows of a scope since a day (ids begin with their time), or the
rows of this person's own families.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from tarahum_desktop.casework.desk import SAUDI_TIME, Desk
from tarahum_desktop.casework.moving.addenda import DECIDING, OPEN
from tarahum_desktop.casework.partners.referrals import SENT, unanswered_since
from tarahum_desktop.casework.prison.requests import WAITING
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.models import (
    Addendum,
    Amendment,
    Case,
    InmateRequest,
    Membership,
    Referral,
    Relocation,
)
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import to_milliseconds

MOST: Final = 200
"""Counting stops here: the lists behind the counts show no more at once."""
_LOOKS_BACK: Final = dt.timedelta(days=366)
_ADDENDUM: Any = Addendum.__table__
_AMENDMENT: Any = Amendment.__table__
_CASE: Any = Case.__table__
_MEMBER: Any = Membership.__table__
_REFERRAL: Any = Referral.__table__
_RELOCATION: Any = Relocation.__table__
_REQUEST: Any = InmateRequest.__table__


class Awaited(StrEnum):
    """What is counted, in the order in which people are told of it."""

    OFFERS = "offers"
    LATE_EDITS = "late_edits"
    AMENDMENTS = "amendments"
    REQUESTS = "requests"
    REFERRALS = "referrals"


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many of one kind wait, at most 200; never 0."""

    kind: Awaited
    count: int


def waiting_counts(connection: Connection, desk: Desk) -> tuple[WaitingCount, ...]:
    """Everything that waits for this person at other desks; kinds of which nothing waits are left out."""
    queries = {
        Awaited.OFFERS: _offers(connection, desk),
        Awaited.LATE_EDITS: _late_edits(connection, desk),
        Awaited.AMENDMENTS: _amendments(connection, desk),
        Awaited.REQUESTS: _requests(connection, desk),
        Awaited.REFERRALS: _referrals(connection, desk),
    }
    counts = {kind: _count(connection, query) for kind, query in queries.items() if query is not None}
    return tuple(WaitingCount(kind, count) for kind, count in counts.items() if count)


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.scalar(select(func.count()).select_from(query.limit(MOST).subquery())) or 0)


def _since(desk: Desk) -> uuid.UUID:
    return make_id(to_milliseconds(desk.now() - _LOOKS_BACK), 0)


def _offers(connection: Connection, desk: Desk) -> Select[Any] | None:
    """Families another committee offers to this one; an answer has been given to those on their way."""
    scopes = desk.scopes_for(Action.TRANSFER_CASE, connection)
    if not scopes:
        return None
    return select(_RELOCATION.c.id).where(
        _RELOCATION.c.scope.in_(scopes), _RELOCATION.c.id >= _since(desk), _RELOCATION.c.offer_id.is_not(None),
        _RELOCATION.c.state == RelocationState.OFFERED.value, _RELOCATION.c.done_at.is_(None),
        _RELOCATION.c.removed_at.is_(None),
    )  # fmt: skip


def _late_edits(connection: Connection, desk: Desk) -> Select[Any] | None:
    scopes = {scope for action in DECIDING for scope in desk.scopes_for(action, connection)}
    if not scopes:
        return None
    return select(_ADDENDUM.c.id).where(
        _ADDENDUM.c.scope.in_(sorted(scopes)), _ADDENDUM.c.id >= _since(desk), _ADDENDUM.c.state == OPEN,
        _ADDENDUM.c.removed_at.is_(None),
    )  # fmt: skip


def _amendments(connection: Connection, desk: Desk) -> Select[Any] | None:
    """Corrections others proposed: nobody decides their own."""
    scopes = desk.scopes_for(Action.DECIDE_AMENDMENT, connection)
    if not scopes:
        return None
    return select(_AMENDMENT.c.id).where(
        _AMENDMENT.c.scope.in_(scopes), _AMENDMENT.c.id >= _since(desk), _AMENDMENT.c.decided_at.is_(None),
        _AMENDMENT.c.proposed_by != desk.user.id, _AMENDMENT.c.removed_at.is_(None),
    )  # fmt: skip


def _requests(connection: Connection, desk: Desk) -> Select[Any] | None:
    """Requests of prisoners in this person's families; who has no families of their own is told of all they may answer."""
    scopes = desk.scopes_for(Action.ANSWER_REQUEST, connection)
    if not scopes:
        return None
    waiting = select(_REQUEST.c.id).where(
        _REQUEST.c.made_on >= desk.today() - _LOOKS_BACK, _REQUEST.c.state.in_(WAITING),
        _REQUEST.c.removed_at.is_(None), _REQUEST.c.scope.concat("").in_(scopes),
    )  # fmt: skip
    mine = select(_CASE.c.household_id).where(
        _CASE.c.officer_id == desk.user.id, _CASE.c.removed_at.is_(None)
    )
    if connection.scalar(mine.limit(1)) is None:
        return waiting
    members = select(_MEMBER.c.person_id).where(
        _MEMBER.c.household_id.in_(mine), _MEMBER.c.removed_at.is_(None)
    )
    return waiting.where(_REQUEST.c.person_id.in_(members))


def _referrals(connection: Connection, desk: Desk) -> Select[Any] | None:
    """Referrals a partner left without an answer: one's own, and for who hands out cases those of everybody."""
    scopes = desk.scopes_for(Action.REFER_PERSON, connection)
    if not scopes:
        return None
    day = unanswered_since(desk.today()) + dt.timedelta(days=1)
    late = select(_REFERRAL.c.id).where(
        _REFERRAL.c.scope.in_(scopes), _REFERRAL.c.id >= _since(desk), _REFERRAL.c.state == SENT,
        _REFERRAL.c.referred_at < dt.datetime.combine(day, dt.time(), SAUDI_TIME), _REFERRAL.c.removed_at.is_(None),
    )  # fmt: skip
    leads = bool(desk.scopes_for(Action.ASSIGN_CASE, connection))
    return late if leads else late.where(_REFERRAL.c.referred_by == desk.user.id)
