"""What was approved against what was given, counted from the deliveries themselves."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.domain.funds import Promise
from tarahum_desktop.models import Delivery, PlanItem

APPROVED: Final = "approved"
DELIVERING: Final = "delivering"
COMPLETED: Final = "completed"
OPEN_STATES: Final = (APPROVED, DELIVERING)
_DELIVERY: Any = Delivery.__table__
_ITEM: Any = PlanItem.__table__
_AT_ONCE: Final = 500


def counted() -> tuple[Any, ...]:
    """The conditions under which a delivery counts, everywhere."""
    return _DELIVERY.c.confirmed_at.is_not(None), _DELIVERY.c.removed_at.is_(None)


def promises_of(connection: Connection, items: Sequence[Any]) -> dict[uuid.UUID, Promise]:
    """The promise of each plan item (row or object); two short queries for any screenful."""
    given = given_to(connection, [item.id for item in items])
    return {item.id: promise_from(item, given.get(item.id)) for item in items}


def given_to(connection: Connection, item_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Sums (``quantity``, ``halalas``, ``last_on``) of what was given, by plan item."""
    found: dict[uuid.UUID, Any] = {}
    ids = list(item_ids)
    for at in range(0, len(ids), _AT_ONCE):
        query = (
            select(
                _DELIVERY.c.plan_item_id,
                func.sum(_DELIVERY.c.quantity).label("quantity"),
                func.sum(_DELIVERY.c.amount_halalas).label("halalas"),
                func.max(_DELIVERY.c.delivered_on).label("last_on"),
            )
            .where(_DELIVERY.c.plan_item_id.in_(ids[at : at + _AT_ONCE]), *counted())
            .group_by(_DELIVERY.c.plan_item_id)
        )
        found |= {row.plan_item_id: row for row in connection.execute(query)}
    return found


def promise_of(connection: Connection, item: Any) -> Promise:
    """The promise of one plan item."""
    return promises_of(connection, [item])[item.id]


def state_after(promise: Promise) -> str:
    """What a plan item's state follows to once something was given or taken back."""
    if promise.kept:
        return COMPLETED
    return DELIVERING if promise.given_quantity or promise.given_amount else APPROVED


def over_given(connection: Connection, scopes: Sequence[str]) -> list[uuid.UUID]:
    """Plan items of which more was given than was approved, as two offices without a line can do."""
    query = (
        select(_ITEM.c.id)
        .join(_DELIVERY, _DELIVERY.c.plan_item_id == _ITEM.c.id)
        .where(_ITEM.c.scope.in_(scopes), _ITEM.c.removed_at.is_(None), *counted())
        .group_by(_ITEM.c.id)
        .having(
            (func.sum(_DELIVERY.c.quantity) > _ITEM.c.quantity)
            | (func.sum(_DELIVERY.c.amount_halalas) > _ITEM.c.amount_halalas)
        )
        .order_by(_ITEM.c.id)
    )
    return list(connection.scalars(query))


def promise_from(item: Any, given: Any) -> Promise:
    """The promise of a plan item from its row and the sums of what was given, none for nothing."""
    return Promise(
        max(item.quantity, 0),
        max(item.amount_halalas, 0),
        int(given.quantity) if given else 0,
        int(given.halalas) if given else 0,
        min(max(item.instalments or 0, 0), 120),
    )
