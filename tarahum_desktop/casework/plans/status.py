"""Where a request is: every step it has made, from the proposal to the hand-over, in one answer."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.answers import kept_answers
from tarahum_desktop.casework.plans.states import APPROVED, CANCELLED, GRANTED, REFUSED, RETURNED, WAITING
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Delivery,
    Entitlement,
    Minute,
    MinuteDecision,
    Payment,
    PaymentSheet,
    PlanItem,
    User,
)

_ITEM: Any = PlanItem.__table__
_USER: Any = User.__table__
_LINE: Any = MinuteDecision.__table__
_MINUTE: Any = Minute.__table__
_ENTITLEMENT: Any = Entitlement.__table__
_PAYMENT: Any = Payment.__table__
_SHEET: Any = PaymentSheet.__table__
_DELIVERY: Any = Delivery.__table__


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One step; ``facts`` are numbers and codes for its sentence.

    ``code`` is ``need``, ``proposed``, ``waiting``, ``minute``, ``approved``, ``refused``, ``returned``, ``cancelled``,
    ``reserved``, ``payment`` or ``delivered``.
    """

    code: str
    day: dt.date | None
    by_ar: str = ""
    by_en: str = ""
    note: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """The whole way of one request; ``waiting_days`` counts while nobody has decided."""

    item_id: uuid.UUID
    state: str
    steps: tuple[StatusStep, ...]
    waiting_days: int | None


def request_status(desk: Desk, item_id: uuid.UUID) -> RequestStatus:
    """Follow one plan item; raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        row = connection.execute(select(_ITEM).where(_ITEM.c.id == item_id)).one_or_none()
        if row is None:
            raise RecordMissing(entity="plan_item")
        desk.require(Action.VIEW_CASE, row.scope)
        answers = kept_answers(row.level, row.rules_version, row.eligibility)
        since = (answers.day if answers else None) or row.proposed_on
        waits = answers is not None and row.state in WAITING and since is not None
        days = (desk.today() - since).days if waits and since else None
        return RequestStatus(row.id, row.state, tuple(_steps(connection, row)), days)


def _steps(connection: Connection, row: Any) -> Iterator[StatusStep]:
    answers = kept_answers(row.level, row.rules_version, row.eligibility)
    yield StatusStep(
        "need" if answers is None else "proposed", row.proposed_on, *_name(connection, row.proposed_by)
    )
    if answers is not None and row.state in WAITING:
        yield StatusStep("waiting", answers.day, facts={"level": row.level})
    yield from _sittings(connection, row.id)
    if row.state in {RETURNED, REFUSED, CANCELLED} or row.state in GRANTED:
        code = APPROVED if row.state in GRANTED else row.state
        by = _name(connection, row.decided_by)
        yield StatusStep(
            code, row.decided_on, *by, note=row.decision_reason or "", facts={"amount": row.amount_halalas}
        )
    yield from _money(connection, row.id)
    yield from _handed_over(connection, row)


def _sittings(connection: Connection, item_id: uuid.UUID) -> Iterator[StatusStep]:
    query = (
        select(_MINUTE.c.number, _MINUTE.c.held_on, _MINUTE.c.state, _LINE.c.verdict)
        .join(_LINE, _LINE.c.minute_id == _MINUTE.c.id)
        .where(
            _LINE.c.plan_item_id == item_id, _LINE.c.removed_at.is_(None), _MINUTE.c.removed_at.is_(None),
            _MINUTE.c.state != "cancelled",
        )
        .order_by(_MINUTE.c.id)
    )  # fmt: skip
    for row in connection.execute(query):
        facts = {"number": row.number, "state": row.state, "verdict": row.verdict or ""}
        yield StatusStep("minute", row.held_on, facts=facts)


def _money(connection: Connection, item_id: uuid.UUID) -> Iterator[StatusStep]:
    claims = select(_ENTITLEMENT).where(
        _ENTITLEMENT.c.plan_item_id == item_id, _ENTITLEMENT.c.removed_at.is_(None)
    )
    for row in connection.execute(claims.order_by(_ENTITLEMENT.c.id)):
        yield StatusStep("reserved", row.first_day, facts={"state": row.state})
    paid = (
        select(_PAYMENT, _SHEET.c.number, _SHEET.c.made_on)
        .join(_SHEET, _SHEET.c.id == _PAYMENT.c.sheet_id)
        .where(_PAYMENT.c.plan_item_id == item_id, _PAYMENT.c.removed_at.is_(None))
        .order_by(_PAYMENT.c.id)
    )
    for row in connection.execute(paid):
        facts = {"number": row.number, "state": row.state, "amount": row.amount_halalas}
        yield StatusStep("payment", row.paid_on or row.made_on, note=row.failure or "", facts=facts)


def _handed_over(connection: Connection, row: Any) -> Iterator[StatusStep]:
    query = select(_DELIVERY).where(_DELIVERY.c.plan_item_id == row.id, _DELIVERY.c.removed_at.is_(None))
    done = 0
    for given in connection.execute(query.order_by(_DELIVERY.c.delivered_on, _DELIVERY.c.id)):
        done += given.quantity
        facts = {"done": done, "planned": row.quantity, "amount": given.amount_halalas}
        yield StatusStep("delivered", given.delivered_on, *_name(connection, given.confirmed_by), facts=facts)


def _name(connection: Connection, user_id: uuid.UUID | None) -> tuple[str, str]:
    if user_id is None:
        return "", ""
    row = connection.execute(
        select(_USER.c.name_ar, _USER.c.name_en).where(_USER.c.id == user_id)
    ).one_or_none()
    return (row.name_ar or "", row.name_en or "") if row else ("", "")
