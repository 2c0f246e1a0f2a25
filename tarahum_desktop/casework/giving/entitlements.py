"""The ledger of what may be granted once: reserved offline, compared at merge, settled by a person.

Its rows are in the national scope, so that every office sees that another has granted the same; they name no one.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.giving import catalogue
from tarahum_desktop.casework.giving.errors import LONGEST_WORDS, GivingRefused
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.entitlement import (
    LIVE,
    EntitlementState,
    Held,
    claim_of,
    claimed_days,
    double_held,
)
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Entitlement, Person, PlanItem

_ROW: Any = Entitlement.__table__
_NUMBERED: Final = frozenset({"national_id", "iqama"})


@dataclass(frozen=True, slots=True)
class DoubleGrant:
    """Two plan items that hold the same claim on a common day.

    ``mine`` says for each whether its plan item is on this machine; an office sees of another only committee and days.
    """

    claim: str
    service_code: str
    first: "Claimed"
    second: "Claimed"


@dataclass(frozen=True, slots=True)
class Claimed:
    """One side of a double grant."""

    entitlement_id: uuid.UUID
    plan_item_id: uuid.UUID
    committee_code: str
    first_day: dt.date
    last_day: dt.date | None
    state: str


def reserve(session: Session, desk: Desk, item: PlanItem) -> Entitlement | None:
    """Reserve what an approved or proposed plan item claims; once for each item, none where the service has no guard.

    A plan item keeps the rules of the day it was decided on, whatever was published since.
    """
    service = catalogue.service(session.connection(), item.service_code, item.decided_on or desk.today())
    if service is None or not service.once.guards:
        return None
    held = _of_item(session, item.id)
    if held:
        return held[0]
    first, last = claimed_days(service.once, item.decided_on or desk.today(), item.quantity)
    made = Entitlement(
        scope=NATIONAL, claim=claim_of(_subject(session, item.person_id), item.service_code),
        committee_code=item.committee_code, service_code=item.service_code, plan_item_id=item.id,
        first_day=first, last_day=last, state=EntitlementState.RESERVED.value,
    )  # fmt: skip
    session.add(made)
    return made


def release(session: Session, desk: Desk, item: PlanItem) -> None:
    """Give back what a refused or cancelled plan item held."""
    del desk
    for row in _of_item(session, item.id):
        row.state = EntitlementState.RELEASED.value


def note_given(session: Session, desk: Desk, item: PlanItem, day: dt.date) -> None:
    """The first delivery turns a reservation into a grant, from the day of the delivery on.

    Raises:
        GivingRefused: ``delivery_granted_elsewhere`` when a person settled that another office gives this.
    """
    if _lost(session, item.id):
        raise GivingRefused("delivery_granted_elsewhere")
    held = _of_item(session, item.id) or [row for row in (reserve(session, desk, item),) if row]
    service = catalogue.service(session.connection(), item.service_code, item.decided_on or day)
    for row in held:
        if row.state == EntitlementState.RESERVED.value and service is not None:
            row.state = EntitlementState.GRANTED.value
            row.first_day, row.last_day = claimed_days(service.once, day, item.quantity)


def double_grants(connection: Connection) -> list[DoubleGrant]:
    """Every pair that holds the same claim on a common day, for the queue of exceptions."""
    live = (_ROW.c.removed_at.is_(None), _ROW.c.state.in_([state.value for state in LIVE]))
    several = select(_ROW.c.claim).where(*live).group_by(_ROW.c.claim).having(func.count() > 1)
    rows = {row.id: row for row in connection.execute(select(_ROW).where(_ROW.c.claim.in_(several), *live))}
    held = [Held(row.id, row.claim, row.plan_item_id, row.first_day, row.last_day) for row in rows.values()]
    return [
        DoubleGrant(a.claim, rows[_id(a)].service_code, _claimed(rows[_id(a)]), _claimed(rows[_id(b)]))
        for a, b in double_held(held)
    ]


def may_settle(desk: Desk, found: DoubleGrant, keep: uuid.UUID) -> bool:
    """Whether this person may keep that side: they must answer for every side that would be released."""
    return all(
        desk.may(Action.RESOLVE_CONFLICT, side.committee_code)
        for side in (found.first, found.second)
        if side.entitlement_id != keep
    )


def settle_double_grant(desk: Desk, claim: str, keep: uuid.UUID, reason: str) -> ChangeSummary:
    """Keep one entitlement of a claim and release the others that share its days.

    An office may give up its own; headquarters may decide between offices.

    Raises:
        NotAllowed, RecordMissing, ReasonMissing.
    """
    if not clean(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        rows = _live_rows(work.session, claim)
        kept = next((row for row in rows if row.id == keep), None)
        if kept is None:
            raise RecordMissing(entity="entitlement")
        gone = [row for row in rows if row.id != keep and _shares_days(row, kept)]
        for row in gone:
            if not desk.may(Action.RESOLVE_CONFLICT, row.committee_code):
                raise NotAllowed(action=Action.RESOLVE_CONFLICT.value)
            _settle(desk, row, EntitlementState.RELEASED, reason)
        if desk.may(Action.RESOLVE_CONFLICT, kept.committee_code):
            _settle(desk, kept, EntitlementState.SETTLED, reason)
    return work.summary


def _settle(desk: Desk, row: Entitlement, state: EntitlementState, reason: str) -> None:
    row.state = state.value
    row.settled_by, row.settled_reason = desk.user.id, clean(reason)[:LONGEST_WORDS]


def _shares_days(a: Entitlement, b: Entitlement) -> bool:
    pair = [Held(row.id, row.claim, row.plan_item_id, row.first_day, row.last_day) for row in (a, b)]
    return bool(double_held(pair))


def _live_rows(session: Session, claim: str) -> Sequence[Entitlement]:
    live = [state.value for state in LIVE]
    return session.scalars(
        select(Entitlement).where(
            Entitlement.claim == claim, Entitlement.removed_at.is_(None), Entitlement.state.in_(live)
        )
    ).all()


def _of_item(session: Session, item_id: uuid.UUID) -> list[Entitlement]:
    live = [state.value for state in LIVE]
    query = select(Entitlement).where(
        Entitlement.plan_item_id == item_id, Entitlement.removed_at.is_(None), Entitlement.state.in_(live)
    )
    return list(session.scalars(query))


def _lost(session: Session, item_id: uuid.UUID) -> bool:
    """Whether the item's last claim was released by a person's settling."""
    query = select(_ROW.c.state, _ROW.c.settled_by).where(
        _ROW.c.plan_item_id == item_id, _ROW.c.removed_at.is_(None)
    )
    rows = session.execute(query).all()
    live = {state.value for state in LIVE}
    return any(row.settled_by for row in rows) and not any(row.state in live for row in rows)


def _subject(session: Session, person_id: uuid.UUID) -> str:
    """The identity number where it looks right, else the person's own row, which no other office can meet."""
    person = session.get(Person, person_id)
    if person is None or person.id_kind not in _NUMBERED or not person.id_number or person.id_warning:
        return str(person_id)
    return person.id_number


def _claimed(row: Any) -> Claimed:
    return Claimed(row.id, row.plan_item_id, row.committee_code, row.first_day, row.last_day, row.state)


def _id(held: Held) -> uuid.UUID:
    assert isinstance(held.key, uuid.UUID)
    return held.key
