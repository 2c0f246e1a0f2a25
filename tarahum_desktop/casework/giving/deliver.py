"""Recording that somebody received what was approved, in whole or in part, and taking a wrong record back."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import ReasonMissing, RecordMissing
from tarahum_desktop.casework.giving import catalogue, entitlements
from tarahum_desktop.casework.giving.errors import LONGEST_NUMBER, LONGEST_WORDS, GivingRefused
from tarahum_desktop.casework.giving.promises import COMPLETED, OPEN_STATES, promise_of, state_after
from tarahum_desktop.casework.kinds import kind_on, stay_of
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.funds import Promise, next_part
from tarahum_desktop.domain.money import SAR
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import CustodyEpisode, Delivery, Payment, PlanItem
from tarahum_desktop.models.ids import new_id

SELF: Final = "self"
MEMBER: Final = "member"
PROXY: Final = "proxy"
FACILITY: Final = "facility"
RECEIVERS: Final = (SELF, MEMBER, PROXY, FACILITY)
LISTED: Final = "listed"
_STAY: Any = CustodyEpisode.__table__
_PAYMENT: Any = Payment.__table__


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence that was seen: its place in the service's list, and its number and day if it has them."""

    position: int
    number: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """What was given.

    Attributes:
        plan_item_id: the approved service.
        quantity: units given now; none for the next part that is due.
        amount_halalas: money, or the value of what was given in kind; none for the next part that is due.
        day: the day it was received, none for today.
        fund: none for the fund that was approved.
        receiver_kind: one of ``RECEIVERS``; ``receiver`` names a member or a proxy.
        proxy_document: the number of the proxy's document (وكالة).
        proofs: evidence seen; needed unless a session or a payment proves the delivery.
    """

    plan_item_id: uuid.UUID
    quantity: int | None = None
    amount_halalas: int | None = None
    day: dt.date | None = None
    fund: str | None = None
    receiver_kind: str = SELF
    receiver: str = ""
    proxy_document: str = ""
    proofs: tuple[Proof, ...] = ()
    agreement_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    payment_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The record made, and whether nothing is left to give."""

    delivery_id: uuid.UUID
    completed: bool
    summary: ChangeSummary


def record_delivery(desk: Desk, new: NewDelivery) -> Delivered:
    """Record one hand-over, session or completion of an approved plan item.

    Raises:
        NotAllowed: not this person's to give.
        RecordMissing: no such plan item here.
        GivingRefused: with the code of what is wrong.
    """
    with UnitOfWork(desk) as work:
        made, promise = add_delivery(work.session, desk, new)
    return Delivered(made.id, promise.kept, work.summary)


def add_delivery(
    session: Session, desk: Desk, new: NewDelivery, action: Action = Action.RECORD_DELIVERY
) -> tuple[Delivery, Promise]:
    """The same inside somebody else's transaction; returns the row and what is left of the promise after it."""
    item = session.get(PlanItem, new.plan_item_id)
    if item is None or item.removed_at is not None:
        raise RecordMissing(entity="plan_item")
    desk.require(action, item.scope)
    if item.state not in (*OPEN_STATES, COMPLETED):
        raise GivingRefused("delivery_not_approved")
    if new.payment_id is None and _is_on_sheet(session, item.id):
        raise GivingRefused("payment_on_sheet")
    day = _checked_day(desk, item, new.day)
    session.flush()
    promise = promise_of(session.connection(), item)
    quantity, amount = _checked_part(promise, new)
    service = catalogue.service(session.connection(), item.service_code, item.decided_on or day)
    receiver = _checked_receiver(new)
    made = Delivery(
        id=new_id(), scope=item.scope, plan_item_id=item.id, person_id=item.person_id,
        household_id=item.household_id, committee_code=item.committee_code, service_code=item.service_code,
        delivered_on=day, quantity=quantity, amount_halalas=amount,
        fund=_checked_fund(service, item, new.fund, amount),
        person_kind=_kind_on(session, item.person_id, day), receiver=receiver or None,
        receiver_kind=new.receiver_kind, proxy_document=clean(new.proxy_document)[:LONGEST_NUMBER] or None,
        evidence=_checked_evidence(service, new), confirmed_at=desk.now(), confirmed_by=desk.user.id,
        agreement_id=new.agreement_id, payment_id=new.payment_id, session_id=new.session_id,
    )  # fmt: skip
    entitlements.note_given(session, desk, item, day)
    session.add(made)
    after = Promise(
        promise.quantity, promise.amount, promise.given_quantity + quantity, promise.given_amount + amount,
        promise.parts,
    )  # fmt: skip
    item.state = state_after(after)
    return made, after


def take_back(desk: Desk, delivery_id: uuid.UUID, reason: str) -> ChangeSummary:
    """Undo a wrong record: it stays on file with the reason, and no longer counts.

    Raises:
        NotAllowed, RecordMissing, ReasonMissing.
        GivingRefused: ``delivery_removed`` already, or ``delivery_paid`` for money that finance confirmed.
    """
    with UnitOfWork(desk) as work:
        row = work.session.get(Delivery, delivery_id)
        if row is None:
            raise RecordMissing(entity="delivery")
        desk.require(Action.RECORD_DELIVERY, row.scope)
        if row.removed_at is not None:
            raise GivingRefused("delivery_removed")
        if row.payment_id is not None:
            raise GivingRefused("delivery_paid")
        if not clean(reason):
            raise ReasonMissing
        row.removed_at, row.removed_reason = desk.now(), clean(reason)[:LONGEST_WORDS]
        work.session.flush()
        item = work.session.get(PlanItem, row.plan_item_id)
        if item is not None and item.state in (*OPEN_STATES, COMPLETED):
            item.state = state_after(promise_of(work.session.connection(), item))
    return work.summary


def _checked_day(desk: Desk, item: PlanItem, given: dt.date | None) -> dt.date:
    day = given or desk.today()
    if day > desk.today():
        raise GivingRefused("delivery_in_future")
    if item.decided_on is not None and day < item.decided_on:
        raise GivingRefused("delivery_before_approval")
    return day


def _checked_part(promise: Promise, new: NewDelivery) -> tuple[int, int]:
    due_quantity, due_amount = next_part(promise)
    quantity = due_quantity if new.quantity is None else new.quantity
    amount = due_amount if new.amount_halalas is None else new.amount_halalas
    if promise.allows(quantity, amount):
        return quantity, amount
    if quantity <= 0 and amount <= 0 and not promise.kept:
        raise GivingRefused("delivery_nothing")
    raise GivingRefused(
        "delivery_too_much", quantity=promise.left_quantity, riyals=f"{promise.left_amount / SAR:,.2f}"
    )


def _checked_receiver(new: NewDelivery) -> str:
    name = clean(new.receiver)[:LONGEST_WORDS]
    if new.receiver_kind not in RECEIVERS or (new.receiver_kind in {MEMBER, PROXY} and not name):
        raise GivingRefused("delivery_receiver_missing")
    if new.receiver_kind == PROXY and not clean(new.proxy_document):
        raise GivingRefused("proxy_document_missing")
    return name


def _checked_fund(
    service: catalogue.GivenService | None, item: PlanItem, chosen: str | None, amount: int
) -> str | None:
    fund = chosen or item.fund
    if fund is None and amount > 0:
        raise GivingRefused("fund_missing")
    if fund is not None and fund != item.fund and service is not None and fund not in service.funds:
        raise GivingRefused("fund_not_allowed")
    return fund


def _checked_evidence(service: catalogue.GivenService | None, new: NewDelivery) -> list[dict[str, str]]:
    known = service.evidence if service else ()
    kept = [
        {
            "ar": known[proof.position].name_ar,
            "en": known[proof.position].name_en,
            "number": clean(proof.number)[:LONGEST_NUMBER],
            "day": proof.day.isoformat() if proof.day else "",
        }
        for proof in new.proofs
        if 0 <= proof.position < len(known)
    ]
    proven = new.session_id is not None or new.payment_id is not None
    if known and not kept and not proven:
        raise GivingRefused("delivery_evidence_missing")
    return kept


def _is_on_sheet(session: Session, item_id: uuid.UUID) -> bool:
    """Whether finance is being asked to pay this item: then only its confirmation makes a delivery."""
    query = select(_PAYMENT.c.id).where(
        _PAYMENT.c.plan_item_id == item_id, _PAYMENT.c.state == LISTED, _PAYMENT.c.removed_at.is_(None)
    )
    return session.execute(query.limit(1)).first() is not None


def _kind_on(session: Session, person_id: uuid.UUID, day: dt.date) -> str:
    query = select(_STAY).where(_STAY.c.person_id == person_id, _STAY.c.removed_at.is_(None))
    return kind_on(day, (stay_of(row) for row in session.execute(query))).value
