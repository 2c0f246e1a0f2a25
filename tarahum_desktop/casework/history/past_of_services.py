"""What the family was proposed, promised and given, and where it was sent: plan, minutes, money, partners, offices, merges."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.history.events import Event, EventKind, Past
from tarahum_desktop.casework.history.past_of_case import MOST_OF_A_SOURCE, day_of, newest
from tarahum_desktop.models import (
    Agreement,
    Delivery,
    Minute,
    MinuteDecision,
    Payment,
    PaymentSheet,
    PersonMerge,
    PlanItem,
    Referral,
    Relocation,
    Service,
)

_ITEM: Any = PlanItem.__table__
_SERVICE: Any = Service.__table__
_MINUTE: Any = Minute.__table__
_DECISION: Any = MinuteDecision.__table__
_DELIVERY: Any = Delivery.__table__
_PAYMENT: Any = Payment.__table__
_SHEET: Any = PaymentSheet.__table__
_REFERRAL: Any = Referral.__table__
_AGREEMENT: Any = Agreement.__table__
_RELOCATION: Any = Relocation.__table__
_MERGE: Any = PersonMerge.__table__


def plans(connection: Connection, past: Past) -> Iterator[Event]:
    """Services proposed, and what was decided on each, with the minute where there was a sitting."""
    sat = _decided_in_sittings(connection, past)
    query = (
        select(_ITEM, _SERVICE.c.name_ar, _SERVICE.c.name_en, _MINUTE.c.number)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .outerjoin(_MINUTE, _MINUTE.c.id == _ITEM.c.minute_id)
        .where(_ITEM.c.household_id == past.household_id, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.id.desc())
        .limit(MOST_OF_A_SOURCE)
    )
    for row in connection.execute(query):
        facts = _service(row) | {"amount": row.amount_halalas}
        if row.proposed_on is not None:
            what = "need" if row.level is None else "proposed"
            yield Event(
                EventKind.PLAN, what, row.proposed_on, row.id, row.proposed_by, row.person_id, "", facts
            )
        yield from sat.pop(row.id, ())
        if row.decided_on is not None and row.minute_id is None:
            yield Event(
                EventKind.PLAN, row.state, row.decided_on, row.id, row.decided_by, row.person_id,
                row.decision_reason or "", facts,
            )  # fmt: skip


def _decided_in_sittings(connection: Connection, past: Past) -> dict[Any, list[Event]]:
    """Decisions written in signed minutes, by plan item; one item may have stood before several sittings."""
    query = (
        select(
            _DECISION.c.id, _DECISION.c.plan_item_id, _DECISION.c.verdict, _DECISION.c.reason, _DECISION.c.amount_halalas,
            _MINUTE.c.number, _MINUTE.c.held_on, _MINUTE.c.signed_at, _MINUTE.c.signed_by, _ITEM.c.service_code,
            _ITEM.c.person_id, _SERVICE.c.name_ar, _SERVICE.c.name_en,
        )
        .join(_ITEM, _ITEM.c.id == _DECISION.c.plan_item_id)
        .join(_MINUTE, _MINUTE.c.id == _DECISION.c.minute_id)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .where(
            _ITEM.c.household_id == past.household_id, _DECISION.c.verdict.is_not(None),
            _MINUTE.c.signed_at.is_not(None), _DECISION.c.removed_at.is_(None), _MINUTE.c.removed_at.is_(None),
        )
        .limit(MOST_OF_A_SOURCE)
    )  # fmt: skip
    found: dict[Any, list[Event]] = {}
    for row in connection.execute(query):
        facts = _service(row) | {"amount": row.amount_halalas or 0, "minute": row.number}
        day = row.held_on or day_of(row.signed_at)
        found.setdefault(row.plan_item_id, []).append(
            Event(
                EventKind.PLAN, f"minute_{row.verdict}", day, row.id, row.signed_by, row.person_id, row.reason or "", facts
            )
        )  # fmt: skip
    return found


def money(connection: Connection, past: Past) -> Iterator[Event]:
    """Hand-overs, and payments on their way."""
    query = (
        select(_DELIVERY, _SERVICE.c.name_ar, _SERVICE.c.name_en)
        .outerjoin(_SERVICE, _SERVICE.c.code == _DELIVERY.c.service_code)
        .where(_DELIVERY.c.household_id == past.household_id, _DELIVERY.c.removed_at.is_(None))
        .order_by(_DELIVERY.c.delivered_on.desc(), _DELIVERY.c.id.desc())
        .limit(MOST_OF_A_SOURCE)
    )
    for row in connection.execute(query):
        facts = _service(row) | {
            "amount": row.amount_halalas,
            "fund": row.fund or "",
            "quantity": row.quantity,
        }
        what = "delivered" if row.confirmed_at is not None else "unconfirmed"
        yield Event(
            EventKind.MONEY, what, row.delivered_on, row.id, row.confirmed_by, row.person_id, "", facts
        )
    query = (
        select(_PAYMENT, _SHEET.c.number, _SHEET.c.made_on, _SHEET.c.made_by)
        .join(_SHEET, _SHEET.c.id == _PAYMENT.c.sheet_id)
        .where(_PAYMENT.c.household_id == past.household_id, _PAYMENT.c.removed_at.is_(None))
        .order_by(_PAYMENT.c.id.desc())
        .limit(MOST_OF_A_SOURCE)
    )
    for row in connection.execute(query):
        facts = {"amount": row.amount_halalas, "sheet": row.number}
        # What was paid is a delivery of its own; the way there is told only where it did not get there.
        if row.state != "paid":
            yield Event(
                EventKind.MONEY, f"payment_{row.state}", row.paid_on or row.made_on, row.id, row.settled_by or row.made_by,
                row.person_id, row.failure or "", facts,
            )  # fmt: skip


def referrals(connection: Connection, past: Past) -> Iterator[Event]:
    """Referrals to partners, and their answers."""
    query = (
        select(
            _REFERRAL.c.id, _REFERRAL.c.person_id, _REFERRAL.c.referred_at, _REFERRAL.c.referred_by, _REFERRAL.c.state,
            _REFERRAL.c.answered_on, _REFERRAL.c.outcome, _AGREEMENT.c.partner_ar, _AGREEMENT.c.partner_en,
        )
        .outerjoin(_AGREEMENT, _AGREEMENT.c.id == _REFERRAL.c.agreement_id)
        .where(_REFERRAL.c.household_id == past.household_id, _REFERRAL.c.removed_at.is_(None))
        .order_by(_REFERRAL.c.referred_at.desc())
        .limit(MOST_OF_A_SOURCE)
    )  # fmt: skip
    for row in connection.execute(query):
        facts = {
            "place_ar": row.partner_ar or "",
            "place_en": row.partner_en or row.partner_ar or "",
            "state": row.state,
        }
        day = day_of(row.referred_at)
        yield Event(EventKind.REFERRAL, "referred", day, row.id, row.referred_by, row.person_id, "", facts)
        if row.answered_on is not None:
            yield Event(
                EventKind.REFERRAL,
                "answered",
                row.answered_on,
                row.id,
                None,
                row.person_id,
                row.outcome or "",
                facts,
            )


def transfers(connection: Connection, past: Past) -> Iterator[Event]:
    """Offers to other offices, restrictions, and their answers; the copy laid for the receiver is not told twice."""
    table = _RELOCATION
    columns = [column for column in table.c if column.name != "summary"]
    whose = (table.c.household_id == past.household_id, table.c.offer_id.is_(None))
    for row in newest(connection, table, columns, *whose, by=table.c.offered_at):
        facts = {"move_kind": row.kind, "to": row.to_scope, "state": row.state}
        yield Event(
            EventKind.TRANSFER,
            "offered",
            day_of(row.offered_at),
            row.id,
            row.offered_by,
            None,
            row.reason or "",
            facts,
        )
        if row.decided_at is not None:
            yield Event(
                EventKind.TRANSFER, "decided", day_of(row.decided_at), row.id, row.decided_by, None,
                row.decision_reason or "", facts,
            )  # fmt: skip


def merges(connection: Connection, past: Past) -> Iterator[Event]:
    """Two records found to be one person, and merges taken back."""
    table = _MERGE
    columns = [column for column in table.c if column.name != "moved"]
    for row in newest(connection, table, columns, table.c.kept_id.in_(past.people), by=table.c.merged_at):
        yield Event(
            EventKind.MERGE,
            "merged",
            day_of(row.merged_at),
            row.id,
            row.merged_by,
            row.kept_id,
            row.reason or "",
        )
        if row.undone_at is not None:
            yield Event(EventKind.MERGE, "undone", day_of(row.undone_at), row.id, row.undone_by, row.kept_id)


def _service(row: Any) -> dict[str, str | int]:
    arabic = row.name_ar or row.service_code
    return {"service_ar": arabic, "service_en": row.name_en or arabic}
