"""What a household was promised and given."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.family_lines import DeliveryLine, PlanLine
from tarahum_desktop.casework.plans.states import PROPOSED
from tarahum_desktop.models import Delivery, Minute, Payment, PlanItem, Service

_ITEM: Any = PlanItem.__table__
_DELIVERY: Any = Delivery.__table__
_SERVICE: Any = Service.__table__
_MINUTE: Any = Minute.__table__
_PAYMENT: Any = Payment.__table__


def read_plan(
    connection: Connection, household_id: uuid.UUID, names: Mapping[uuid.UUID, str]
) -> tuple[PlanLine, ...]:
    """Plan items, the latest first, each with the sums of its confirmed deliveries."""
    given = (
        select(
            _DELIVERY.c.plan_item_id,
            func.sum(_DELIVERY.c.quantity).label("delivered"),
            func.sum(_DELIVERY.c.amount_halalas).label("halalas"),
            func.max(_DELIVERY.c.delivered_on).label("last_on"),
        )
        .where(
            _DELIVERY.c.household_id == household_id,
            _DELIVERY.c.confirmed_at.is_not(None),
            _DELIVERY.c.removed_at.is_(None),
        )
        .group_by(_DELIVERY.c.plan_item_id)
        .subquery()
    )
    query = (
        select(
            _ITEM, _SERVICE.c.name_ar, _SERVICE.c.name_en, given.c.delivered, given.c.halalas, given.c.last_on,
            _MINUTE.c.number.label("minute_number"),
        )
        .outerjoin(given, given.c.plan_item_id == _ITEM.c.id)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .outerjoin(_MINUTE, _MINUTE.c.id == _ITEM.c.minute_id)
        .where(_ITEM.c.household_id == household_id, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.proposed_on.desc(), _ITEM.c.id.desc())
    )  # fmt: skip
    paid = _payments(connection, household_id)
    return tuple(
        PlanLine(
            row.id, row.service_code, row.name_ar or "", row.name_en or "", row.person_id,
            names.get(row.person_id, ""), row.state, row.priority or "", row.quantity, row.amount_halalas,
            row.proposed_on, row.decided_on, row.delivered or 0, row.halalas or 0, row.last_on,
            _is_need(row), row.level or "", row.decision_reason or "", row.minute_number or "",
            *paid.get(row.id, ("", "")),
        )
        for row in connection.execute(query)
    )  # fmt: skip


def _is_need(row: Any) -> bool:
    """A need waits as proposed, but nobody has put it to the rules, which would have given it a level."""
    return row.state == PROPOSED and row.level is None


def _payments(connection: Connection, household_id: uuid.UUID) -> dict[uuid.UUID, tuple[str, str]]:
    """State and failure of the latest payment of each item."""
    query = (
        select(_PAYMENT.c.plan_item_id, _PAYMENT.c.state, _PAYMENT.c.failure)
        .where(_PAYMENT.c.household_id == household_id, _PAYMENT.c.removed_at.is_(None))
        .order_by(_PAYMENT.c.id)
    )
    return {row.plan_item_id: (row.state, row.failure or "") for row in connection.execute(query)}


def read_deliveries(
    connection: Connection, household_id: uuid.UUID, names: Mapping[uuid.UUID, str]
) -> tuple[DeliveryLine, ...]:
    """Every hand-over to the household, the latest first."""
    query = (
        select(_DELIVERY, _SERVICE.c.name_ar, _SERVICE.c.name_en)
        .outerjoin(_SERVICE, _SERVICE.c.code == _DELIVERY.c.service_code)
        .where(_DELIVERY.c.household_id == household_id, _DELIVERY.c.removed_at.is_(None))
        .order_by(_DELIVERY.c.delivered_on.desc(), _DELIVERY.c.id.desc())
    )
    return tuple(
        DeliveryLine(
            row.id, row.plan_item_id, row.service_code, row.name_ar or "", row.name_en or "",
            names.get(row.person_id, ""), row.delivered_on, row.quantity, row.amount_halalas, row.fund or "",
            row.confirmed_at is not None,
        )
        for row in connection.execute(query)
    )  # fmt: skip
