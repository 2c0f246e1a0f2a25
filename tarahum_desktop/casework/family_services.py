"""What a household was promised and given."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.family_lines import DeliveryLine, PlanLine
from tarahum_desktop.models import Delivery, PlanItem, Service

_ITEM: Any = PlanItem.__table__
_DELIVERY: Any = Delivery.__table__
_SERVICE: Any = Service.__table__


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
            _ITEM, _SERVICE.c.name_ar, _SERVICE.c.name_en, given.c.delivered, given.c.halalas, given.c.last_on
        )
        .outerjoin(given, given.c.plan_item_id == _ITEM.c.id)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .where(_ITEM.c.household_id == household_id, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.proposed_on.desc(), _ITEM.c.id.desc())
    )
    return tuple(
        PlanLine(
            row.id, row.service_code, row.name_ar or "", row.name_en or "", row.person_id,
            names.get(row.person_id, ""), row.state, row.priority or "", row.quantity, row.amount_halalas,
            row.proposed_on, row.decided_on, row.delivered or 0, row.halalas or 0, row.last_on,
        )
        for row in connection.execute(query)
    )  # fmt: skip


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
